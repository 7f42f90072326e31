"""A device that asks while many give out at once misses nothing: on a real PostgreSQL, where
transactions commit in another order than they began, and on SQLite."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from centre_loop import closing, in_a_loop
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from centre.bookings.shelf import BOOKED, CANCELLED, alter, keep
from centre.documents.feed import FeedReader
from centre.documents.key import DocumentKey
from centre.documents.publishing import live_versions, publish, withdraw
from centre.errors import Missing
from centre.identity.caller import Caller
from centre.settings import Settings
from centre.store import Database
from centre.store.feed import next_cursor
from centre.store.tables.bookings import ApiClient, BookingRow
from centre.store.tables.devices import Site
from centre.store.tables.documents import Document, Feed

NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
SITES = ("hoan-kiem", "tay-ho")
CALLER = Caller("hoan-kiem-1", "hoan-kiem", "pilot")
BODIES = {
    "hours": b'[hours]\nmonday = ["07:30-11:30"]\n',
    "notices": b'[[notice]]\ntext_vi = "x"\n',
}


@dataclass(frozen=True)
class Gift:
    """One thing given out; its transaction stays open for `held_ms` once it has its cursor."""

    name: str
    audience: str
    removed: bool
    held_ms: int


@dataclass(frozen=True)
class Wish:
    """One booking made, or changed if it is there."""

    code: int
    site: str
    state: str
    held_ms: int


held = st.integers(0, 4)
gifts = st.builds(
    Gift,
    st.sampled_from(sorted(BODIES)),
    st.sampled_from(["", "group:pilot", "site:hoan-kiem", "site:tay-ho"]),
    st.booleans(),
    held,
)
wishes = st.builds(
    Wish, st.integers(0, 5), st.sampled_from(SITES), st.sampled_from([BOOKED, CANCELLED]), held
)


@pytest.fixture
def prepared(centre_settings: Settings) -> tuple[Settings, DocumentKey]:
    async def prepare() -> None:
        async with database.changing() as connection:
            sites = [{"code": one, "name_vi": one, "name_en": one, "made_at": NOW} for one in SITES]
            await connection.execute(insert(Site).values(sites))
            client = {"name": "app", "token_hash": "x", "scope": "bookings", "made_at": NOW}
            await connection.execute(insert(ApiClient).values(client))

    database = Database(centre_settings.database_url, pool=1)
    in_a_loop(closing(database, prepare))
    return centre_settings, DocumentKey.read(Path(centre_settings.data))


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.lists(gifts | wishes, max_size=4), min_size=2, max_size=4))
def test_whoever_asks_meanwhile_misses_nothing(
    prepared: tuple[Settings, DocumentKey], workers: list[list[Gift | Wish]]
) -> None:
    asyncio.run(play(prepared[0], prepared[1], workers))


async def play(own: Settings, key: DocumentKey, workers: Sequence[Sequence[Gift | Wish]]) -> None:
    database = Database(own.database_url, pool=5)
    try:
        async with database.changing() as connection:
            for table in (Document, Feed, BookingRow):
                await connection.execute(delete(table))
        device = Device(database)
        asking = asyncio.create_task(device.ask_on())
        await asyncio.gather(*(give(database, key, gifts) for gifts in workers))
        device.over.set()
        await asking
        await device.ask()
        fresh = Device(database)
        await fresh.ask()
        assert device.documents == fresh.documents
        assert {code: one for code, one in device.bookings.items() if one.state == BOOKED} == {
            code: one for code, one in fresh.bookings.items() if one.state == BOOKED
        }
        assert device.bookings.keys() >= fresh.bookings.keys()
        await look_at_order(database)
        await look_at_what_counts(database, fresh)
    finally:
        await database.close()


class Device:
    """Asks, keeps its cursor, and what it was told."""

    def __init__(self, database: Database) -> None:
        self.reader = FeedReader(database, look_every_s=0)
        self.cursor = ""
        self.documents: dict[str, Any] = {}
        self.bookings: dict[str, Any] = {}
        self.over = asyncio.Event()

    async def ask(self) -> None:
        more = True
        while more:
            news = await self.reader.news(CALLER, self.cursor, NOW)
            self.cursor = news.changes.cursor
            for notice in news.changes.documents:
                self.documents[notice.name] = notice
            for booking in news.changes.bookings:
                self.bookings[booking.code] = booking
            more = news.changes.more

    async def ask_on(self) -> None:
        while not self.over.is_set():
            await self.ask()


async def give(database: Database, key: DocumentKey, gifts: Sequence[Gift | Wish]) -> None:
    for one in gifts:
        async with database.changing() as connection:
            if isinstance(one, Wish):
                await book(connection, one)
            else:
                await give_out(connection, key, one)
            await asyncio.sleep(one.held_ms / 1000)


async def give_out(connection: Any, key: DocumentKey, gift: Gift) -> None:
    facts: Any = {"key": key, "by": "lan", "now": NOW}
    if not gift.removed:
        await publish(connection, gift.name, gift.audience, BODIES[gift.name], **facts)
        return
    try:
        await withdraw(connection, gift.name, gift.audience, **facts)
    except Missing:
        return


async def book(connection: Any, wish: Wish) -> None:
    cursor = await next_cursor(connection, "bookings")
    code = f"{wish.site}-{wish.code}"
    if await connection.scalar(select(BookingRow.code).where(BookingRow.code == code)):
        await alter(connection, code, state=wish.state, cursor=cursor, changed_at=NOW)
        return
    await keep(
        connection,
        code=code,
        site=wish.site,
        service="land",
        field="land",
        day=date(2026, 12, 1),
        at=NOW,
        registered_at=NOW,
        person="p",
        state=wish.state,
        cursor=cursor,
        changed_at=NOW,
        client="app",
        request_id=code,
        request_hash="x",
    )


async def look_at_order(database: Database) -> None:
    """Versions of a name rise with the cursors."""
    async with database.reading() as connection:
        for name in BODIES:
            asked = select(Document.version).where(Document.name == name).order_by(Document.cursor)
            versions = list((await connection.execute(asked)).scalars())
            assert versions == list(range(1, len(versions) + 1))


async def look_at_what_counts(database: Database, device: Device) -> None:
    """What the device was told is the narrowest that stands."""
    async with database.reading() as connection:
        for name in BODIES:
            live = await live_versions(connection, name)
            wanted = next(
                (live[one] for one in ("site:hoan-kiem", "group:pilot", "") if one in live), None
            )
            notice = device.documents.get(name)
            told = None if notice is None or notice.removed else notice.version
            assert told == wanted
