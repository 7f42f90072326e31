"""What the steps make is what the tables say, on both databases; a step that is there stays."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from centre_loop import closing, in_a_loop
from sqlalchemy import Connection, inspect

from centre.store import Database
from centre.store.partitions import make_partitions
from centre.store.tables import metadata


def looked_at(database: Database, look: Any) -> Any:
    async def ask() -> Any:
        async with database.changing() as connection:
            await make_partitions(connection, datetime(2026, 11, 30, tzinfo=UTC))
        async with database.reading() as connection:
            return await connection.run_sync(look)

    return in_a_loop(closing(database, ask))


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Months of events are made by the running centre, not by a step."""
    return not (kind == "table" and str(name).startswith("event_"))


def differences(connection: Connection) -> list[Any]:
    options = {"compare_type": True, "include_name": is_ours}
    return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


def test_the_steps_make_what_the_tables_say(database: Database) -> None:
    assert looked_at(database, differences) == []


def constraints(connection: Connection) -> dict[str, Any]:
    """What `compare_metadata` does not look at."""
    found = inspect(connection)
    return {
        name: (
            found.get_pk_constraint(name)["constrained_columns"],
            {one["name"] for one in found.get_foreign_keys(name)},
            {one["name"] for one in found.get_unique_constraints(name)},
            {str(one["name"]): one["column_names"] for one in found.get_indexes(name)},
        )
        for name in metadata.tables
    }


def test_keys_and_indexes_are_those_of_the_tables(database: Database) -> None:
    made = looked_at(database, constraints)
    for name, table in metadata.tables.items():
        key, foreign, unique, indexes = made[name]
        assert key == [column.name for column in table.primary_key], name
        assert foreign == {one.name for one in table.foreign_key_constraints}
        wanted = {one.name: [column.name for column in one.columns] for one in table.indexes}
        assert {one: columns for one, columns in indexes.items() if one in wanted} == wanted
        assert indexes.keys() - wanted.keys() <= unique, name
