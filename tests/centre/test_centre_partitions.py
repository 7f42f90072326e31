"""Months of events on PostgreSQL; the same thrown away on SQLite."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from centre_loop import change, closing, in_a_loop, rows
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.store import Database
from centre.store.partitions import drop_before, first_of_month, make_partitions, name_of
from centre.store.tables.events import Event

NOW = datetime(2026, 12, 31, 23, 0, tzinfo=UTC)
WHERE = "SELECT tableoid::regclass::text AS place, seq FROM event ORDER BY seq"


def within(database: Database, work: Callable[[AsyncConnection], Awaitable[Any]]) -> Any:
    """What this work answers, in one transaction."""

    async def run() -> Any:
        async with database.changing() as connection:
            return await work(connection)

    return in_a_loop(closing(database, run))


def event(seq: int, received_at: datetime) -> Any:
    return insert(Event).values(
        received_at=received_at,
        device="k1",
        epoch="e",
        seq=seq,
        site="s",
        kind="k",
        at=NOW,
        body={},
    )


@given(day=st.dates(date(1970, 1, 1), date(2100, 1, 1)), months=st.integers(-600, 600))
def test_months_are_counted_over_the_years(day: date, months: int) -> None:
    found = first_of_month(day, months)
    assert found.day == 1
    assert (found.year - day.year) * 12 + found.month - day.month == months


def test_months_are_made_ahead_once(database: Database) -> None:
    made = within(database, lambda one: make_partitions(one, NOW))
    again = within(database, lambda one: make_partitions(one, NOW))
    later = within(database, lambda one: make_partitions(one, NOW + timedelta(hours=2)))
    if database.is_postgresql:
        assert made == [f"event_{month}" for month in ("2026_11", "2026_12", "2027_01", "2027_02",
                                                       "2027_03")]  # fmt: skip
        assert (again, later) == ([], ["event_2027_04"])
    else:
        assert made == again == later == []


def test_what_came_in_before_its_month_was_made_moves_there(database: Database) -> None:
    if not database.is_postgresql:
        pytest.skip("SQLite has one table")
    change(database, event(1, NOW), event(2, NOW + timedelta(hours=1)))
    assert {row.place for row in rows(database, WHERE)} == {"event_rest"}
    within(database, lambda one: make_partitions(one, NOW))
    change(database, event(3, NOW - timedelta(days=20)), event(4, NOW + timedelta(days=900)))
    assert [row.place for row in rows(database, WHERE)] == [
        "event_2026_12", "event_2027_01", "event_2026_12", "event_rest",
    ]  # fmt: skip
    indexes = "SELECT count(*) AS n FROM pg_indexes WHERE tablename = 'event_2026_12'"
    assert rows(database, indexes)[0].n == 5


def test_months_whose_time_is_over_are_dropped(database: Database) -> None:
    within(database, lambda one: make_partitions(one, NOW))
    change(database, event(1, NOW - timedelta(days=31)), event(2, NOW), event(3, NOW))
    assert within(database, lambda one: drop_before(one, date(2026, 12, 31))) == 1
    assert [row.seq for row in rows(database, "SELECT seq FROM event ORDER BY seq")] == [2, 3]
    assert within(database, lambda one: drop_before(one, date(2026, 12, 31))) == 0


def test_a_months_name_sorts_as_its_time() -> None:
    months = [first_of_month(date(2026, 9, 1), ahead) for ahead in range(12)]
    assert sorted(map(name_of, months)) == [name_of(month) for month in months]
