"""The database behind one address: opened, brought up, one transaction a decision.

SQLite is for a trial or a small city: one writer, WAL, FULL; a transaction that writes begins
IMMEDIATE, so that two workers wait for each other and never fail half-way. PostgreSQL is for the
rest; the pool never grows beyond its size (`max_overflow=0`), or it reconnects all the time. An
error's words never hold what was to be stored (`hide_parameters`): they go into logs.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import event, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from centre.store.sqlite_library import asyncio_driver

BUSY_S = 10.0
ANSWER_WITHIN_S = 30.0
MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """An engine of SQLAlchemy, with the two ways in: `reading` and `changing`."""

    def __init__(self, url: str, *, pool: int = 10) -> None:
        """Nothing is connected yet."""
        self.url = url
        self.is_brought_up = False
        self.is_postgresql = make_url(url).get_backend_name() == "postgresql"
        self.engine = _engine(url, pool, postgresql=self.is_postgresql)

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection for questions; nothing that is done in it stays."""
        async with self.engine.connect() as connection:
            yield connection

    @contextlib.asynccontextmanager
    async def changing(self) -> AsyncIterator[AsyncConnection]:
        """One transaction, committed at the end; an exception undoes all of it."""
        async with self.engine.connect() as connection:
            if not self.is_postgresql:
                await connection.execute(text("BEGIN IMMEDIATE"))
            async with connection.begin() if self.is_postgresql else _kept(connection):
                yield connection

    async def bring_up(self) -> None:
        """Bring the schema to the newest step; may be asked by several workers at once."""
        async with self.engine.connect() as connection:
            await connection.run_sync(_upgrade)
        self.is_brought_up = True

    async def answers(self) -> bool:
        """Whether the database answers now."""
        try:
            async with self.reading() as connection:
                await connection.execute(text("SELECT 1"))
        except Exception:
            return False
        return True

    async def close(self) -> None:
        """Give back every connection."""
        await self.engine.dispose()


@contextlib.asynccontextmanager
async def _kept(connection: AsyncConnection) -> AsyncIterator[None]:
    try:
        yield
    except BaseException:
        await connection.rollback()
        raise
    await connection.commit()


def _engine(url: str, pool: int, *, postgresql: bool) -> AsyncEngine:
    if postgresql:
        return create_async_engine(
            url,
            pool_size=pool,
            max_overflow=0,
            pool_timeout=ANSWER_WITHIN_S,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"timeout": 5.0, "command_timeout": ANSWER_WITHIN_S},
        )
    engine = create_async_engine(
        url, module=asyncio_driver(), hide_parameters=True, connect_args={"timeout": BUSY_S}
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _leave_begin_to_us)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _leave_begin_to_us(_connection: Connection) -> None:
    """Reading needs none; `changing` says BEGIN IMMEDIATE itself."""


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
