"""Asking a database from a test that has no loop of its own, or one that must not be borrowed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Executable, delete, text

from centre.settings import Settings
from centre.store import Database
from centre.store.tables import metadata

T = TypeVar("T")


def in_a_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run it to its end in a loop and a thread of its own: also where a loop runs already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def closing(database: Database, work: Callable[[], Awaitable[T]]) -> T:
    """Do the work, and close the database in the loop that opened it."""
    try:
        return await work()
    finally:
        await database.close()


def rows(database: Database, question: Executable | str, **values: object) -> list[Any]:
    """What the tables hold now, asked through a connection of its own."""
    asked = Database(database.url, pool=1)

    async def ask() -> list[Any]:
        statement = text(question) if isinstance(question, str) else question
        async with asked.reading() as connection:
            return list(await connection.execute(statement, values))

    return in_a_loop(closing(asked, ask))


def change(database: Database, *statements: Executable) -> None:
    """Change the tables in one transaction, through a connection of its own."""
    asked = Database(database.url, pool=1)

    async def make() -> None:
        async with asked.changing() as connection:
            for statement in statements:
                await connection.execute(statement)

    in_a_loop(closing(asked, make))


def emptied(settings: Settings) -> Settings:
    """The same centre, and nothing in its tables."""
    tables = [delete(table) for table in reversed(metadata.sorted_tables)]
    change(Database(settings.database_url), *tables)
    return settings
