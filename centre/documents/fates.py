"""What became of the documents on the devices, and how far a roll-out has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.documents.audience import audiences_of
from centre.documents.checking import NAMES
from centre.documents.publishing import live_versions
from centre.errors import Unprocessable
from centre.identity.caller import Caller
from centre.store.tables.devices import Device, Site
from centre.store.tables.documents import Document, DocumentFate
from centre.wire import DocumentFate as ToldFate
from centre.wire import DocumentFates

MOST_REASONS = 100


@dataclass(frozen=True, slots=True)
class VersionStatus:
    """A version that is given out now: for how many devices it counts, and what they made of it.

    `waiting` have not told yet.
    """

    version: int
    audience: str
    published_at: datetime
    published_by: str
    note: str
    meant: int
    in_use: int
    rolled_back: int

    @property
    def waiting(self) -> int:
        """Devices that have not told yet."""
        return self.meant - self.in_use - self.rolled_back


async def keep_fates(
    connection: AsyncConnection, caller: Caller, told: DocumentFates, now: datetime
) -> None:
    """Write down what a device made of the versions that it was given.

    Raises Unprocessable for a version that was never for it; then none is written down.
    """
    names = sorted({fate.name for fate in told.fates} & set(NAMES))
    question = select(Document.name, Document.version).where(
        Document.name.in_(names),
        Document.version.in_(sorted({fate.version for fate in told.fates})),
        Document.audience.in_(audiences_of(caller.site, caller.group)),
    )
    known = {(row.name, row.version) for row in await connection.execute(question)}
    if any((fate.name, fate.version) not in known for fate in told.fates):
        raise Unprocessable("a version that is not for this device", code="unknown_version")
    last: Mapping[str, ToldFate] = {fate.name: fate for fate in told.fates}
    rows = [
        {
            "device": caller.device,
            "name": name,
            "version": last[name].version,
            "state": last[name].state,
            "reason": last[name].reason.replace("\0", ""),
            "at": now,
        }
        for name in names
    ]
    is_postgresql = connection.dialect.name == "postgresql"
    insert = (postgresql.insert if is_postgresql else sqlite.insert)(DocumentFate).values(rows)
    changed = {key: insert.excluded[key] for key in ("version", "state", "reason", "at")}
    await connection.execute(
        insert.on_conflict_do_update(index_elements=["device", "name"], set_=changed)
    )


async def rollout(connection: AsyncConnection, name: str) -> Sequence[VersionStatus]:
    """Each version of a document that counts for somebody now, the newest first."""
    live = await live_versions(connection, name)
    question = (
        select(Site.code, Site.group, DocumentFate.version, DocumentFate.state, func.count())
        .join_from(Device, Site, Device.site == Site.code)
        .outerjoin(DocumentFate, (DocumentFate.device == Device.id) & (DocumentFate.name == name))
        .where(Device.revoked_at.is_(None))
        .group_by(Site.code, Site.group, DocumentFate.version, DocumentFate.state)
    )
    meant: Counter[int] = Counter()
    fates: Counter[tuple[int, str]] = Counter()
    for site, group, version, state, devices in await connection.execute(question):
        counting = next((live[one] for one in audiences_of(site, group) if one in live), None)
        if counting is not None:
            meant[counting] += devices
            if version == counting:
                fates[counting, state] += devices
    published = select(
        Document.version,
        Document.audience,
        Document.published_at,
        Document.published_by,
        Document.note,
    ).where(Document.name == name, Document.version.in_(live.values()))
    return [
        VersionStatus(
            version=row.version,
            audience=row.audience,
            published_at=row.published_at,
            published_by=row.published_by,
            note=row.note,
            meant=meant[row.version],
            in_use=fates[row.version, "in_use"],
            rolled_back=fates[row.version, "rolled_back"],
        )
        for row in await connection.execute(published.order_by(Document.version.desc()))
    ]


async def roll_backs(
    connection: AsyncConnection, name: str, version: int
) -> Sequence[Row[Any, Any, Any]]:
    """Who could not run with a version, and why: device, reason, at; the newest first."""
    question = (
        select(DocumentFate.device, DocumentFate.reason, DocumentFate.at)
        .where(
            DocumentFate.name == name,
            DocumentFate.version == version,
            DocumentFate.state == "rolled_back",
        )
        .order_by(DocumentFate.at.desc())
        .limit(MOST_REASONS)
    )
    return (await connection.execute(question)).all()
