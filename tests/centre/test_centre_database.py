"""Both databases stand, with fresh tables for each test."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from centre_loop import change, closing, in_a_loop, rows
from sqlalchemy import insert

from centre.store import Database
from centre.store.sqlite_library import newest_library
from centre.store.tables.devices import Site

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
HOUSE = insert(Site).values(code="tan-an", name_vi="Tân An", name_en="Tan An", made_at=NOW)


@pytest.mark.parametrize("again", [1, 2])
def test_each_test_has_tables_of_its_own(database: Database, again: int) -> None:
    assert rows(database, "SELECT code FROM site") == []
    change(database, HOUSE)
    assert rows(database, "SELECT code, made_at FROM site")[0][0] == "tan-an"


def test_a_failed_decision_leaves_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.changing() as connection:
            await connection.execute(HOUSE)
            raise LookupError

    with pytest.raises(LookupError):
        in_a_loop(closing(database, fail))
    assert rows(database, "SELECT code FROM site") == []


def test_sqlite_is_one_that_two_connections_cannot_break(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'centre.sqlite3'}")
    version = rows(database, "SELECT sqlite_version() AS version")[0].version
    assert version == newest_library().sqlite_version
    assert newest_library() is sqlite3 or tuple(map(int, version.split("."))) > (3, 51, 2)


def test_bringing_up_twice_changes_nothing(database: Database) -> None:
    change(database, HOUSE)
    in_a_loop(closing(database, database.bring_up))
    assert len(rows(database, "SELECT code FROM site")) == 1
