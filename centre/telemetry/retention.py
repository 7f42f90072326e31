"""How long what is kept: once an hour each worker looks, and what is over goes.

events            keep_events_months, whole months at a time       drop a partition, or delete
words, numbers    keep_words_months, keep_call_back_days           emptied where they lie
set aside         the shorter of both
sessions, codes, tries    a day after they ended                   alerts, audit: months

Each step is a transaction of its own, and none is long: an hour, or so many rows. Several workers
may look at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, Delete, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.clock import Clock
from centre.rounds import Rounds
from centre.settings import Settings
from centre.store import Database
from centre.store.partitions import drop_before, first_of_month, make_partitions
from centre.store.tables.accounts import AccountSession, Audit
from centre.store.tables.alerts import Alert, AlertMessage
from centre.store.tables.call_backs import CallBack
from centre.store.tables.chores import Chore
from centre.store.tables.devices import EnrolmentCode, EnrolmentTry
from centre.store.tables.events import Quarantined
from centre.telemetry.metrics import FORGOTTEN
from centre.telemetry.personal import Part, empty_between, first_since

EVERY_S = 3600.0
SLICE = timedelta(days=1)
A_DAY = timedelta(days=1)
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
Forget = Callable[[Database, datetime], Awaitable[object]]
"""What another room forgets by itself, in transactions of its own."""


class Housekeeping:
    """One worker's. `rooms` forget what is theirs."""

    def __init__(
        self, database: Database, settings: Settings, now: Clock, rooms: tuple[Forget, ...] = ()
    ) -> None:
        self._database, self._settings, self._now = database, settings, now
        self._rooms = rooms
        self._looks = Rounds(
            self.look,
            every_s=EVERY_S,
            failed_s=60.0,
            failed="what is over could not be thrown away",
            mended="what is over was thrown away again",
        )

    async def begin(self) -> None:
        """Start to look, now and every hour."""
        await self._looks.begin()

    async def end(self) -> None:
        """Stop after the look under way."""
        await self._looks.end()

    async def look(self) -> None:
        """Make the months ahead, and throw away what is over."""
        now, keep = self._now(), self._settings
        async with self._database.changing() as connection:
            await make_partitions(connection, now)
        await self._forget_events(months_before(now, keep.keep_events_months))
        await self._empty("words", months_before(now, keep.keep_words_months))
        await self._empty("call_back", now - timedelta(days=keep.keep_call_back_days))
        for what, statement in _over(now, keep):
            async with self._database.changing() as connection:
                result: CursorResult[Any] = await connection.execute(statement)
            FORGOTTEN.labels(what).inc(result.rowcount)
        for forget in self._rooms:
            await forget(self._database, now)

    async def _forget_events(self, before: datetime) -> None:
        while True:
            async with self._database.changing() as connection:
                gone = await drop_before(connection, before.date())
            if not gone:
                return
            FORGOTTEN.labels("event_months" if self._database.is_postgresql else "events").inc(gone)

    async def _empty(self, part: Part, until: datetime) -> None:
        """In slices, each remembered in the transaction that did it."""
        is_done = False
        while not is_done:
            async with self._database.changing() as connection:
                done = await _done_until(connection, part)
                begin = await first_since(connection, done)
                end = until if begin is None else min(begin + SLICE, until)
                is_done = begin is None or end >= until
                if begin is not None and begin < end:
                    emptied = await empty_between(connection, part, begin, end)
                    FORGOTTEN.labels(part).inc(emptied)
                moved = update(Chore).where(Chore.name == part, Chore.until < end)
                await connection.execute(moved.values(until=end))


def months_before(now: datetime, months: int) -> datetime:
    """The first moment of the month so many months before this one."""
    month = first_of_month(now.astimezone(UTC).date(), -months)
    return datetime(month.year, month.month, 1, tzinfo=UTC)


async def _done_until(connection: AsyncConnection, name: str) -> datetime:
    """How far a chore has come, its row locked."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    row = {"name": name, "until": BEGINNING}
    await connection.execute(insert(Chore).values(row).on_conflict_do_nothing())
    locked = select(Chore.until).where(Chore.name == name).with_for_update()
    return (await connection.execute(locked)).scalar_one()


def _over(now: datetime, keep: Settings) -> list[tuple[str, Delete]]:
    events = months_before(now, keep.keep_events_months)
    aside = max(events, months_before(now, keep.keep_words_months))
    audit = months_before(now, keep.keep_audit_months)
    return [
        ("quarantined", delete(Quarantined).where(Quarantined.received_at < aside)),
        ("sessions", delete(AccountSession).where(AccountSession.ends_at < now - A_DAY)),
        ("codes", delete(EnrolmentCode).where(EnrolmentCode.ends_at < now - A_DAY)),
        ("tries", delete(EnrolmentTry).where(EnrolmentTry.tried_at < now - A_DAY)),
        ("alerts", delete(Alert).where(Alert.over_at < events)),
        ("messages", delete(AlertMessage).where(AlertMessage.made_at < events)),
        ("call_backs", delete(CallBack).where(CallBack.at < events)),
        ("audit", delete(Audit).where(Audit.at < audit)),
    ]
