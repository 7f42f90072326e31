"""Giving out: a version is checked, signed and put into the feed, in one transaction.

    publish ("group:pilot") ─▶ fates are looked at ─▶ widen ("") | withdraw ("group:pilot")

Whoever gives out holds the feed's row first (`next_cursor`), so that versions and cursors rise in
the order of commits. Versions never change and never go away; a withdrawal is one more.
"""

from __future__ import annotations

import asyncio
import hashlib
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.documents.audience import EVERYBODY, check_audience, is_group
from centre.documents.checking import checked
from centre.documents.key import DocumentKey
from centre.errors import Conflict, Missing, Unprocessable
from centre.identity.agreement import DOCUMENTS, agree_on_key
from centre.store.feed import next_cursor
from centre.store.tables.documents import Document, DocumentFate

LONGEST_NOTE = 300
NOTHING = hashlib.sha256(b"").hexdigest()


async def publish(
    connection: AsyncConnection,
    name: str,
    audience: str,
    body: bytes,
    *,
    key: DocumentKey,
    by: str,
    now: datetime,
    note: str = "",
) -> int:
    """Give out a document to an audience; its version. `by` and `note` are for whoever looks later.

    Raises what `checked` and `check_audience` raise, and Conflict where the key is not this
    database's; nothing is given out then.
    """
    await check_audience(connection, audience)
    body = await asyncio.to_thread(checked, name, body)
    return await _append(connection, name, audience, body, key=key, by=by, now=now, note=note)


async def withdraw(
    connection: AsyncConnection,
    name: str,
    audience: str,
    *,
    key: DocumentKey,
    by: str,
    now: datetime,
    note: str = "",
) -> int:
    """From now on there is none for this audience: the next wider one's counts, or what the kiosk
    has of its own. The tombstone's version. Raises Missing where there is none now."""
    await next_cursor(connection, "documents")  # holds the feed: what counts now stays so
    if audience not in await live_versions(connection, name):
        raise Missing(f"there is no {name} for {audience or 'everybody'}")
    return await _append(
        connection, name, audience, b"", key=key, by=by, now=now, note=note, removed=True
    )


async def widen(
    connection: AsyncConnection,
    name: str,
    version: int,
    audience: str,
    *,
    key: DocumentKey,
    by: str,
    now: datetime,
    note: str = "",
    in_spite: bool = False,
) -> int:
    """Give a group's version to one more audience, as a version of its own. To everybody: the
    groups' own ones end, the roll-out is over.

    Raises Conflict where a device rolled the version back, unless `in_spite` of that it is meant;
    Missing where that version does not count for a group now; Unprocessable for a narrower one.
    """
    await check_audience(connection, audience)
    await next_cursor(connection, "documents")  # holds the feed: what counts now stays so
    live = await live_versions(connection, name)
    source = next((one for one, has in live.items() if has == version and is_group(one)), None)
    if source is None:
        raise Missing(f"{name} {version} does not count for a group now")
    if audience == source or not (audience == EVERYBODY or is_group(audience)):
        raise Unprocessable("a roll-out goes from a group to another, or to all", code="audience")
    failed = await _rolled_back(connection, name, version)
    if failed and not in_spite:
        raise Conflict(f"{failed} devices rolled it back", code="rolled_back")
    body = await connection.scalar(
        select(Document.body).where(Document.name == name, Document.version == version)
    )
    assert body is not None, "a version stays"
    wide = await _append(connection, name, audience, body, key=key, by=by, now=now, note=note)
    if audience == EVERYBODY:
        for group in filter(is_group, live):
            words = f"{wide} is for everybody"
            await _append(
                connection, name, group, b"", key=key, by=by, now=now, note=words, removed=True
            )
    return wide


async def live_versions(connection: AsyncConnection, name: str) -> dict[str, int]:
    """What counts now: the newest version of each audience that has one."""
    newest = (
        select(func.max(Document.version)).where(Document.name == name).group_by(Document.audience)
    )
    question = select(Document.audience, Document.version).where(
        Document.name == name, Document.version.in_(newest), Document.removed.is_(False)
    )
    return {row.audience: row.version for row in await connection.execute(question)}


async def _rolled_back(connection: AsyncConnection, name: str, version: int) -> int:
    question = select(func.count()).where(
        DocumentFate.name == name,
        DocumentFate.version == version,
        DocumentFate.state == "rolled_back",
    )
    return await connection.scalar(question) or 0


async def _append(
    connection: AsyncConnection,
    name: str,
    audience: str,
    body: bytes,
    *,
    key: DocumentKey,
    by: str,
    now: datetime,
    note: str,
    removed: bool = False,
) -> int:
    await agree_on_key(connection, DOCUMENTS, key.public, now)
    cursor = await next_cursor(connection, "documents")
    last = await connection.scalar(select(func.max(Document.version)).where(Document.name == name))
    version = (last or 0) + 1
    sha256 = hashlib.sha256(body).hexdigest()
    row = {
        "name": name,
        "audience": audience,
        "version": version,
        "cursor": cursor,
        "removed": removed,
        "sha256": sha256,
        "size": len(body),
        "signature": key.sign(name, audience, version, sha256, removed=removed),
        "body": body,
        "published_at": now,
        "published_by": by,
        "note": note[:LONGEST_NOTE],
    }
    await connection.execute(insert(Document).values(row))
    return version
