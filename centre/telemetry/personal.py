"""What can be personal in what devices told, and how it is found, given out and made to be gone.

An event says what happened, never to whom: two fields alone hold what a citizen brought along, both
in `feedback_given`.

words      what somebody wrote or dictated (long numbers and addresses are hidden at the kiosk)
call_back  a telephone number, sealed; whoever keeps the private key can read it

Both are emptied where they lie; the answer itself, a face and its reasons, stays and is nobody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    and_,
    cast,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.store.tables.events import Event

KIND = "feedback_given"
Part = Literal["words", "call_back"]
PARTS: tuple[Part, ...] = ("words", "call_back")
_OF_KIND = Event.kind == literal_column(f"'{KIND}'")
"""Spelt out, so that a database that plans before it knows the values finds the index `said`."""
_EMPTY: dict[Part, str] = {"words": '""', "call_back": "null"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer with what is personal in it; the first three name it."""

    device: str
    epoch: str
    seq: int
    site: str
    at: datetime
    service: str
    face: str
    words: str
    call_back: Any

    @property
    def reference(self) -> str:
        """Its name at the centre."""
        return f"{self.device}/{self.epoch}/{self.seq}"


async def said_between(
    connection: AsyncConnection, site: str, begin: datetime, end: datetime
) -> list[Said]:
    """What citizens of a site brought along in this time, in its order."""
    rows = await connection.execute(
        select(Event)
        .where(Event.kind == KIND, Event.site == site, Event.at >= begin, Event.at < end)
        .order_by(Event.at, Event.device, Event.epoch, Event.seq)
    )
    return [
        Said(
            device=row.device,
            epoch=row.epoch,
            seq=row.seq,
            site=row.site,
            at=row.at,
            service=row.body.get("service") or "",
            face=str(row.body.get("face") or ""),
            words=row.body.get("words") or "",
            call_back=row.body.get("call_back"),
        )
        for row in rows
        if row.body.get("words") or row.body.get("call_back")
    ]


async def erase(connection: AsyncConnection, said: Said) -> None:
    """Empty what is personal in one answer."""
    here = and_(
        Event.device == said.device,
        Event.epoch == said.epoch,
        Event.seq == said.seq,
    )
    for part in PARTS:
        await empty_in(connection, part, here)


async def first_since(connection: AsyncConnection, moment: datetime) -> datetime | None:
    """When the first answer came in that came in then or later."""
    came = select(func.min(Event.received_at))
    return await connection.scalar(came.where(_OF_KIND, Event.received_at >= moment))


async def empty_between(
    connection: AsyncConnection, part: Part, begin: datetime, end: datetime
) -> int:
    """Empty one part of every answer that came in between; how many had it."""
    came = and_(Event.received_at >= begin, Event.received_at < end)
    return await empty_in(connection, part, came)


async def empty_in(connection: AsyncConnection, part: Part, where: ColumnElement[bool]) -> int:
    """Empty one part of every answer of which `where` is true; how many had it."""
    emptied: ColumnElement[Any]
    if connection.dialect.name == "postgresql":
        emptied = Event.body.op("||")(cast({part: None if part == "call_back" else ""}, JSONB))
        is_there = func.coalesce(Event.body.op("->>")(part), "") != ""
    else:
        emptied = func.json_set(Event.body, f"$.{part}", func.json(_EMPTY[part]))
        is_there = func.coalesce(func.json_extract(Event.body, f"$.{part}"), "") != ""
    result: CursorResult[Any] = await connection.execute(
        update(Event).where(_OF_KIND, where, is_there).values(body=emptied)
    )
    return result.rowcount
