"""Drafts, and what is given out: what an editor begins with, and what it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.documents.audience import EVERYBODY, audiences_of
from centre.documents.key import DocumentKey
from centre.documents.publishing import live_versions, publish
from centre.errors import Conflict, Missing
from centre.pages.accounts.audit import write_down
from centre.pages.publishing.shipped import shipped_body
from centre.store.tables.devices import Site
from centre.store.tables.documents import Document
from centre.store.tables.drafts import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What an editor shows. `source` is draft, published, wider (another audience's that counts
    there now) or shipped; `base` the version that counts for this very audience, 0 for none."""

    name: str
    audience: str
    body: bytes
    source: str
    base: int
    changed_by: str = ""
    changed_at: datetime | None = None
    overtaken: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """A draft in a list."""

    name: str
    audience: str
    changed_by: str
    changed_at: datetime


async def begin(connection: AsyncConnection, name: str, audience: str) -> Begun:
    """The draft for this audience; else what counts for it now; else what is shipped."""
    live = await live_versions(connection, name)
    base = live.get(audience, 0)
    wanted = select(Draft).where(Draft.name == name, Draft.audience == audience)
    if (draft := (await connection.execute(wanted)).one_or_none()) is not None:
        return Begun(
            name=name,
            audience=audience,
            body=draft.body,
            source="draft",
            base=draft.base,
            changed_by=draft.changed_by,
            changed_at=draft.changed_at,
            overtaken=draft.base != base,
        )
    for wider in await _audiences(connection, audience):
        if wider in live:
            body = await _body(connection, name, live[wider])
            source = "published" if wider == audience else "wider"
            return Begun(name=name, audience=audience, body=body, source=source, base=base)
    return Begun(name=name, audience=audience, body=shipped_body(name), source="shipped", base=0)


async def drafts(connection: AsyncConnection) -> Sequence[Pending]:
    """All that is being written."""
    wanted = select(Draft.name, Draft.audience, Draft.changed_by, Draft.changed_at)
    rows = await connection.execute(wanted.order_by(Draft.name, Draft.audience))
    return [Pending(row.name, row.audience, row.changed_by, row.changed_at) for row in rows]


async def keep_draft(
    connection: AsyncConnection, begun: Begun, body: bytes, *, by: str, now: datetime
) -> None:
    """Keep what was written; a draft's base stays that of its beginning."""
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(Draft)
    changed = {"body": body, "changed_by": by, "changed_at": now}
    row = {"name": begun.name, "audience": begun.audience, "base": begun.base, **changed}
    await connection.execute(
        insert.values(row).on_conflict_do_update(index_elements=["name", "audience"], set_=changed)
    )


async def discard_draft(
    connection: AsyncConnection, name: str, audience: str, *, by: str, now: datetime
) -> None:
    """Throw away what was written."""
    await _forget(connection, name, audience)
    await write_down(connection, now, by, "draft.discarded", name, audience=audience)


async def publish_draft(
    connection: AsyncConnection,
    name: str,
    audience: str,
    to: str,
    *,
    key: DocumentKey,
    by: str,
    now: datetime,
    note: str,
    in_spite: bool = False,
) -> int:
    """Give the draft out to the audience `to`; its version. It is no draft any more.

    Raises Missing where there is none, Conflict (overtaken) where another version came since it
    was begun, unless `in_spite` of that it is meant, and what centre.documents.publishing raises.
    """
    begun = await begin(connection, name, audience)
    if begun.source != "draft":
        raise Missing("there is no draft", code="no_draft")
    if begun.overtaken and not in_spite:
        raise Conflict("another version came in between", code="overtaken")
    version = await publish(connection, name, to, begun.body, key=key, by=by, now=now, note=note)
    await _forget(connection, name, audience)
    await write_down(connection, now, by, "document.published", name, audience=to, version=version)
    return version


async def versions_of(connection: AsyncConnection, name: str) -> Sequence[tuple[str, int, str]]:
    """The last versions of a name: audience, version, note; tombstones left out."""
    wanted = (
        select(Document.audience, Document.version, Document.note)
        .where(Document.name == name, Document.removed.is_(False))
        .order_by(Document.version.desc())
        .limit(20)
    )
    return [(row.audience, row.version, row.note) for row in await connection.execute(wanted)]


async def _audiences(connection: AsyncConnection, audience: str) -> tuple[str, ...]:
    """This audience and the wider ones that its devices belong to, the narrowest first."""
    kind, _, name = audience.partition(":")
    if kind == "site":
        group = await connection.scalar(select(Site.group).where(Site.code == name))
        return audiences_of(name, group or "")
    return (audience, EVERYBODY) if audience else (EVERYBODY,)


async def _body(connection: AsyncConnection, name: str, version: int) -> bytes:
    wanted = select(Document.body).where(Document.name == name, Document.version == version)
    return bytes((await connection.execute(wanted)).scalar_one())


async def _forget(connection: AsyncConnection, name: str, audience: str) -> None:
    mine = (Draft.name == name) & (Draft.audience == audience)
    await connection.execute(delete(Draft).where(mine))
