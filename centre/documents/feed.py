"""What is new for a device: notices of documents and its site's bookings since its cursor.

Most questions have "nothing" for an answer. A look at the feeds' heads is shared by all that ask
within LOOK_EVERY_S; what counts for a site is remembered until the head moves.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Row, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.bookings.shelf import changes_since
from centre.documents.audience import audiences_of
from centre.documents.cursor import Cursor, place_of
from centre.identity.caller import Caller
from centre.store import Database
from centre.store.tables.bookings import BookingRow
from centre.store.tables.documents import Document, Feed
from centre.store.together import Together
from centre.wire import BookingChange, Changes, DocumentNotice

Published = Row[str, str, int, int, bool, str, int, bytes]
_FEEDS = select(Feed.name, Feed.cursor)
LOOK_EVERY_S = 0.25  # so long may something new be unknown to a worker
REMEMBERED = 20_000  # places (a site in a group) a worker


@dataclass(frozen=True, slots=True)
class Heads:
    """The last cursor of each feed, and of each site the last of its bookings."""

    documents: int = 0
    bookings: int = 0
    timeline: int = 0
    of_site: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """What counts of a name, since which cursor."""

    since: int
    notice: DocumentNotice


Counting = tuple[tuple[int, int], tuple[Told, ...]]
"""What counts for a place, as of a timeline and a cursor."""


@dataclass(frozen=True, slots=True)
class News:
    """The answer to a device. `nothing`: its own cursor is still good, and there is nothing new."""

    changes: Changes
    nothing: bool


class FeedReader:
    """One worker's."""

    def __init__(self, database: Database, *, look_every_s: float = LOOK_EVERY_S) -> None:
        self._database = database
        self._look_every_s = look_every_s
        self._heads = Heads()
        self._looked_at = -math.inf
        self._looking: Together[None, Heads] = Together(self._look)
        self._places: OrderedDict[tuple[str, str], Counting] = OrderedDict()

    async def news(self, caller: Caller, since: str, now: datetime) -> News:
        """What is new since the cursor; "" is the beginning. Raises Unprocessable for no cursor."""
        asked = Cursor.read(since) if since else None
        heads = await self._heads_for(asked)
        place = place_of(caller, heads.timeline)
        whole = asked is None or not _can_follow(asked, heads, place)
        at = Cursor(0, 0, place) if asked is None or whole else asked
        documents = tuple(
            told.notice for told in await self._counting(caller, heads) if told.since > at.documents
        )
        bookings, booked, more = await self._bookings(caller, at, heads)
        cursor = Cursor(heads.documents, booked, place)
        changes = Changes(
            cursor=str(cursor),
            now=now.isoformat(timespec="milliseconds"),
            documents=documents,
            bookings=bookings,
            more=more,
            whole=whole,
        )
        return News(changes, nothing=not (whole or documents or bookings))

    async def _heads_for(self, asked: Cursor | None) -> Heads:
        """The heads as of a moment ago; looked at again for a cursor that another worker gave."""
        age_s = time.monotonic() - self._looked_at
        ahead = asked is not None and (
            asked.documents > self._heads.documents or asked.bookings > self._heads.bookings
        )
        if age_s < self._look_every_s and not ahead:
            return self._heads
        return await self._looking.ask(None)

    async def _bookings(
        self, caller: Caller, at: Cursor, heads: Heads
    ) -> tuple[tuple[BookingChange, ...], int, bool]:
        if heads.of_site.get(caller.site, 0) <= at.bookings:
            return (), heads.bookings, False
        async with self._database.reading() as connection:
            return await changes_since(connection, caller.site, at.bookings)

    async def _counting(self, caller: Caller, heads: Heads) -> tuple[Told, ...]:
        place = (caller.site, caller.group)
        known = self._places.get(place)
        as_of = (heads.timeline, heads.documents)
        if known is not None and known[0] == as_of:
            return known[1]
        async with self._database.reading() as connection:
            told = await what_counts(connection, caller, heads.documents)
        self._places[place] = (as_of, told)
        self._places.move_to_end(place)
        if len(self._places) > REMEMBERED:
            self._places.popitem(last=False)
        return told

    async def _look(self, questions: Sequence[None]) -> list[Heads]:
        looked_at = time.monotonic()
        async with self._database.reading() as connection:
            rows = await connection.execute(_FEEDS)
            found = {row.name: row.cursor for row in rows}
            bookings, timeline = found.get("bookings", 0), found.get("timeline", 0)
            before = self._heads
            if before.timeline != timeline or before.bookings > bookings:
                before = Heads()
            of_site = before.of_site
            if bookings > before.bookings:
                of_site = {**of_site, **await _moved(connection, before.bookings, bookings)}
        self._heads = Heads(found.get("documents", 0), bookings, timeline, of_site)
        self._looked_at = looked_at
        return [self._heads] * len(questions)


async def what_counts(connection: AsyncConnection, caller: Caller, head: int) -> tuple[Told, ...]:
    """Of each name what counts for the caller, as of a cursor."""
    audiences = audiences_of(caller.site, caller.group)
    newest = (
        select(Document.name, Document.audience, func.max(Document.version).label("version"))
        .where(Document.audience.in_(audiences), Document.cursor <= head)
        .group_by(Document.name, Document.audience)
        .subquery()
    )
    question = select(
        Document.name,
        Document.audience,
        Document.version,
        Document.cursor,
        Document.removed,
        Document.sha256,
        Document.size,
        Document.signature,
    ).join(
        newest,
        (Document.name == newest.c.name)
        & (Document.audience == newest.c.audience)
        & (Document.version == newest.c.version),
    )
    by_name: dict[str, dict[str, Published]] = {}
    for row in await connection.execute(question):
        by_name.setdefault(row.name, {})[row.audience] = row
    return tuple(_told(rows, audiences) for _, rows in sorted(by_name.items()))


async def begin_new_timeline(connection: AsyncConnection) -> None:
    """After the centre was put back from a backup: every device is told everything again."""
    await connection.execute(
        text(
            "INSERT INTO feed (name, cursor) VALUES ('timeline', 1) "
            "ON CONFLICT (name) DO UPDATE SET cursor = feed.cursor + 1"
        )
    )


def _can_follow(cursor: Cursor, heads: Heads, place: str) -> bool:
    """Whether the cursor is of this timeline and place; one from a future that a backup undid is
    not."""
    return (
        cursor.place == place
        and cursor.documents <= heads.documents
        and cursor.bookings <= heads.bookings
    )


def _told(rows: Mapping[str, Published], audiences: Sequence[str]) -> Told:
    """The narrowest that is not withdrawn; where all are, the last withdrawal."""
    standing = [rows[one] for one in audiences if one in rows and not rows[one].removed]
    row = standing[0] if standing else max(rows.values(), key=lambda one: one.version)
    notice = DocumentNotice(
        name=row.name,
        version=row.version,
        audience=row.audience,
        sha256=row.sha256,
        size=row.size,
        signature=row.signature.hex(),
        removed=row.removed,
    )
    return Told(max(one.cursor for one in rows.values()), notice)


async def _moved(connection: AsyncConnection, after: int, until: int) -> dict[str, int]:
    """The sites whose bookings changed between two cursors, each with its last."""
    question = (
        select(BookingRow.site, func.max(BookingRow.cursor).label("last"))
        .where(BookingRow.cursor > after, BookingRow.cursor <= until)
        .group_by(BookingRow.site)
    )
    return {row.site: row.last for row in await connection.execute(question)}
