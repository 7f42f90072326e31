"""Months of events on PostgreSQL: a table each, made ahead, dropped when their time is over.

An event lies in the month in which it came in. A month's table is filled before it is attached, so
that nobody who writes meanwhile waits for more than a moment. `event_rest` takes what has no month,
which is nothing where months are made daily; what it holds moves when its month is made.
SQLite has one table, and its rows are deleted.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import CursorResult, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.store.base import Moment

REST = "event_rest"
MONTHS_BACK, MONTHS_AHEAD = 1, 3
PIECE = 5000
_LOCK = 0x4C455442  # "LETB": one worker at a time makes and drops
_THERE = text(
    "SELECT child.relname FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid"
    " WHERE inhparent = 'event'::regclass"
)


def first_of_month(day: date, months: int = 0) -> date:
    """The first day of the month so many months after this day's."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def name_of(month: date) -> str:
    """The table of a month."""
    return f"event_{month:%Y_%m}"


async def make_partitions(connection: AsyncConnection, now: datetime) -> list[str]:
    """Make the months from last month to some ahead that are not there; their names."""
    if connection.dialect.name != "postgresql":
        return []
    await _take_turn(connection)
    there = set((await connection.scalars(_THERE)).all())
    today = now.astimezone(UTC).date()
    made = []
    for ahead in range(-MONTHS_BACK, MONTHS_AHEAD + 1):
        month = first_of_month(today, ahead)
        if name_of(month) not in there:
            await _make(connection, month)
            made.append(name_of(month))
    return made


async def _make(connection: AsyncConnection, month: date) -> None:
    name, end = name_of(month), first_of_month(month, 1)
    low, high = f"'{month} 00:00:00+00'", f"'{end} 00:00:00+00'"
    within = f"received_at >= {low} AND received_at < {high}"
    for statement in (
        f"CREATE TABLE {name} (LIKE event INCLUDING DEFAULTS INCLUDING CONSTRAINTS)",
        f"LOCK TABLE {REST} IN ACCESS EXCLUSIVE MODE",
        f"INSERT INTO {name} SELECT * FROM {REST} WHERE {within}",
        f"DELETE FROM {REST} WHERE {within}",
        f"ALTER TABLE {name} ADD CONSTRAINT month CHECK ({within})",
        f"ALTER TABLE event ATTACH PARTITION {name} FOR VALUES FROM ({low}) TO ({high})",
        f"ALTER TABLE {name} DROP CONSTRAINT month",
    ):
        await connection.execute(text(statement))


async def drop_before(connection: AsyncConnection, day: date) -> int:
    """Throw away what came in before the month of this day: how many tables and rows.

    Rows, PIECE at most, where there is no table to drop: ask again until there is nothing.
    """
    month = first_of_month(day)
    if connection.dialect.name != "postgresql":
        return await _delete(connection, "event", "rowid", month)
    await _take_turn(connection)
    there = (await connection.scalars(_THERE)).all()
    months = sorted(name for name in there if name != REST and name < name_of(month))
    for name in months:
        await connection.execute(text(f"DROP TABLE {name}"))
    return len(months) + await _delete(connection, REST, "ctid", month)


async def _delete(connection: AsyncConnection, table: str, row: str, month: date) -> int:
    statement = text(
        f"DELETE FROM {table} WHERE {row} IN"
        f" (SELECT {row} FROM {table} WHERE received_at < :month LIMIT {PIECE})"
    ).bindparams(bindparam("month", type_=Moment))
    begin = datetime(month.year, month.month, 1, tzinfo=UTC)
    result: CursorResult[Any] = await connection.execute(statement, {"month": begin})
    return result.rowcount


async def _take_turn(connection: AsyncConnection) -> None:
    """One worker at a time; and none makes those who store wait behind it for long."""
    await connection.execute(text("SET LOCAL lock_timeout = '3s'"))
    await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
