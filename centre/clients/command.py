"""`centre client`: who of the city's systems may ask us, and for what. Each change is audited."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

import click

from centre.clients.register import SCOPES, Scope, add_client, clients, revoke_client
from centre.clock import utc_now
from centre.errors import CentreError
from centre.settings import Settings
from centre.store import Database
from kiosk.queueing.hours import HANOI

T = TypeVar("T")


@click.group()
def client() -> None:
    """Systems that ask with a token: the city's app."""


@client.command()
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    type=click.Choice(SCOPES),
    multiple=True,
    required=True,
    help="What it may do; may be given several times.",
)
@click.pass_obj
def add(settings: Settings, name: str, scopes: tuple[Scope, ...]) -> None:
    """Make NAME known and print its token: once, for it is kept nowhere."""
    token = _ask(settings, lambda data: add_client(data, name, set(scopes), _who(), utc_now()))
    click.echo(token)


@client.command(name="list")
@click.pass_obj
def list_clients(settings: Settings) -> None:
    """All there have been: name, scope, since when, and when revoked."""
    for name, scope, made_at, revoked_at in _ask(settings, clients):
        revoked = f"revoked {_told(revoked_at)}" if revoked_at else ""
        click.echo(f"{name:24} {scope:16} {_told(made_at)}  {revoked}".rstrip())


@client.command()
@click.argument("name")
@click.pass_obj
def revoke(settings: Settings, name: str) -> None:
    """From now on NAME's token opens nothing. Its bookings stay; the name is not given again."""
    _ask(settings, lambda data: revoke_client(data, name, _who(), utc_now()))


def _ask(settings: Settings, work: Callable[[Database], Awaitable[T]]) -> T:
    async def ask() -> T:
        database = Database(settings.database_url, pool=1)
        try:
            await database.bring_up()
            return await work(database)
        finally:
            await database.close()

    try:
        return asyncio.run(ask())
    except CentreError as error:
        raise click.ClickException(error.detail) from error


def _who() -> str:
    """Of the audit: whose shell it was."""
    return f"shell:{getpass.getuser()}"


def _told(moment: datetime) -> str:
    return moment.astimezone(HANOI).strftime("%Y-%m-%d %H:%M")
