"""`centre plan`: which services can be booked where, how many a slot, and on which days."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.bookings.planning import (
    keep_day,
    keep_plan,
    known_sites,
    plan_row,
    plans,
    remove_plan,
)
from centre.bookings.plans import EVERY_SITE
from centre.bookings.week import hours_of
from centre.errors import CentreError
from centre.rows import RowError, read_rows
from centre.settings import Settings
from centre.store import Database

T = TypeVar("T")
Work = Callable[[AsyncConnection], Awaitable[T]]


@click.group()
def plan() -> None:
    """What the city's app can book."""


@plan.command(name="import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def import_plans(settings: Settings, path: Path) -> None:
    """Bring in FILE: CSV with a first line of names, or JSON lines (.jsonl).

    \b
    site        the code of a site
    service     the code of a service of its kiosks: a [[service]] of their config.toml
    field       one person has one booking a day in a field
    a_slot      bookings that a slot takes, 1 to 500
    slot_min    minutes from slot to slot, 5 to 240
    hours       mon-fri 07:30-11:30 13:30-17:00; sat 07:30-11:30

    A line puts its plan in the place of the one before; other plans stay. A line that is refused
    is told with its number, and costs itself alone; the status is 1 then.
    """
    kept, refused = _do(settings, lambda connection: _take_in(connection, path))
    click.echo(f"{kept} kept, {refused} refused")
    if refused:
        raise SystemExit(1)


@plan.command(name="list")
@click.pass_obj
def list_plans(settings: Settings) -> None:
    """Every plan."""
    for row in _do(settings, plans):
        click.echo(
            f"{row.site:20} {row.service:20} {row.field:16} "
            f"{row.a_slot} each {row.slot_min} min  {hours_of(row.week)}"
        )


@plan.command()
@click.argument("site")
@click.argument("service")
@click.pass_obj
def remove(settings: Settings, site: str, service: str) -> None:
    """Nothing more of SERVICE can be booked at SITE. What is booked already stays."""
    _do(settings, lambda connection: remove_plan(connection, site, service))


@plan.command()
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("how", type=click.Choice(["closed", "open", "usual"]))
@click.option("--site", default=EVERY_SITE, help="Of one site alone; its word counts first.")
@click.pass_obj
def day(settings: Settings, day: datetime, how: str, site: str) -> None:
    """Close DAY, open it (a make-up day: Monday's hours), or leave it as usual.

    Public holidays are closed without being said.
    """
    is_open = {"closed": False, "open": True}.get(how)

    async def keep(connection: AsyncConnection) -> None:
        if site != EVERY_SITE and site not in await known_sites(connection):
            raise click.ClickException(f"there is no site {site}")
        await keep_day(connection, site, day.date(), is_open=is_open)

    _do(settings, keep)


async def _take_in(connection: AsyncConnection, path: Path) -> tuple[int, int]:
    sites = await known_sites(connection)
    kept = refused = 0
    for number, row in read_rows(path):
        try:
            if isinstance(row, RowError):
                raise row
            await keep_plan(connection, plan_row(row, sites))
            kept += 1
        except RowError as error:
            refused += 1
            click.echo(f"line {number}: {error}", err=True)
    return kept, refused


def _do(settings: Settings, work: Work[T]) -> T:
    async def do() -> T:
        database = Database(settings.database_url, pool=1)
        try:
            await database.bring_up()
            async with database.changing() as connection:
                return await work(connection)
        finally:
            await database.close()

    try:
        return asyncio.run(do())
    except (CentreError, RowError, OSError) as error:
        raise click.ClickException(str(error)) from error
