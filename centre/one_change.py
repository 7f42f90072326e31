"""What a command changes: one transaction, on a database that is brought up first."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.errors import Refused
from centre.secret import SecretError
from centre.settings import Settings
from centre.store import Database

T = TypeVar("T")


def in_one_change(settings: Settings, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    """What the work comes to. A refusal becomes a line for whoever typed the command."""
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        return asyncio.run(_change(settings, work))
    except (Refused, SecretError, SQLAlchemyError, OSError) as error:
        raise click.ClickException(str(error)) from error


def who() -> str:
    """Whose hand it was, for the record."""
    try:
        return f"console:{getpass.getuser()}"
    except (KeyError, OSError):
        return "console"


async def _change(settings: Settings, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    database = Database(settings.database_url, pool=1)
    try:
        await database.bring_up()
        async with database.changing() as connection:
            return await work(connection)
    finally:
        await database.close()
