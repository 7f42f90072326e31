"""`centre account`, `centre site`, `centre sealing-key`: what is done at the server itself."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import click
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.clock import utc_now
from centre.errors import CentreError, Refused
from centre.identity.surroundings import SEALING
from centre.pages.accounts import account_book
from centre.pages.accounts.account_book import BY_COMMAND, NAME
from centre.pages.accounts.passwords import SHORTEST, first_password, tidied, weakness
from centre.pages.sealed import make_pair
from centre.pages.site_book import SiteFacts, all_sites, enter_site
from centre.pages.wards import ward_sites
from centre.settings import Settings
from centre.store import Database
from kiosk.pins import hash_pin

T = TypeVar("T")


@click.group()
def account() -> None:
    """Who may log in to the pages."""


@account.command("add")
@click.argument("name")
@click.option("--shown-as", required=True, help="The name that others see.")
@click.option("--site", default="", help="The ward's account; without it, the city's.")
@click.option("--ask", is_flag=True, help="Ask for a password; without it one is drawn and shown.")
@click.pass_obj
def add(settings: Settings, name: str, shown_as: str, site: str, ask: bool) -> None:
    """Add an account: NAME is small letters, figures, dots and dashes."""
    name = name.casefold()
    password = _asked(name) if ask else first_password()
    work = partial(
        account_book.add_account,
        name=name,
        shown_as=shown_as,
        role="ward" if site else "city",
        site=site,
        password_hash=hash_pin(tidied(password)),
        by=BY_COMMAND,
        now=utc_now(),
    )
    _change(settings, work)
    click.echo(f"{name} may log in" + ("" if ask else f", first password: {password}"))


@account.command("list")
@click.pass_obj
def list_accounts(settings: Settings) -> None:
    """Everybody, with role, site and second factor."""
    for one in _change(settings, account_book.all_accounts):
        state = f"closed {one.closed_at:%Y-%m-%d}" if one.closed_at else "open"
        second = "second factor" if one.has_second else "password alone"
        where = one.site or "the city"
        click.echo(f"{one.name:20} {one.role:5} {where:12} {state:18} {second:14} {one.shown_as}")


@account.command("close")
@click.argument("name")
@click.pass_obj
def close(settings: Settings, name: str) -> None:
    """NAME cannot log in any more, and is logged out."""
    work = partial(account_book.close_account, name=name, by=BY_COMMAND, now=utc_now())
    _change(settings, work)
    click.echo(f"{name} is closed")


@account.command("password")
@click.argument("name")
@click.option("--ask", is_flag=True, help="Ask for it; without it one is drawn and shown.")
@click.option("--no-second-factor", is_flag=True, help="Ask for no code either from now on.")
@click.pass_obj
def password(settings: Settings, name: str, ask: bool, no_second_factor: bool) -> None:
    """A new password for NAME; their sessions and lock-outs end."""
    chosen = _asked(name) if ask else first_password()

    async def work(connection: AsyncConnection) -> None:
        now = utc_now()
        hashed = hash_pin(tidied(chosen))
        await account_book.renew_password(connection, name, hashed, by=BY_COMMAND, now=now)
        if no_second_factor:
            await account_book.set_second_factor(connection, name, "", by=BY_COMMAND, now=now)

    _change(settings, work)
    click.echo(f"{name} has a new password" + ("" if ask else f": {chosen}"))


@click.group()
def site() -> None:
    """The wards' buildings."""


@site.command("add")
@click.argument("code")
@click.argument("name_vi")
@click.argument("name_en")
@click.option("--group", default="", help="Its step in a staged roll-out, as pilot.")
@click.option("--place", type=(float, float), default=None, help="Latitude and longitude.")
@click.pass_obj
def add_site(
    settings: Settings,
    code: str,
    name_vi: str,
    name_en: str,
    group: str,
    place: tuple[float, float] | None,
) -> None:
    """Add a site: CODE is small letters, figures and dashes."""
    latitude, longitude = place or (None, None)
    facts = SiteFacts(
        code=code,
        name_vi=name_vi,
        name_en=name_en,
        group=group,
        latitude=latitude,
        longitude=longitude,
    )
    _change(settings, partial(enter_site, facts=facts, by=BY_COMMAND, now=utc_now()))
    click.echo(f"{code} is there")


@site.command("wards")
@click.pass_obj
def wards(settings: Settings) -> None:
    """Add the 126 wards and communes of Hanoi, those that are not there yet."""

    async def work(connection: AsyncConnection) -> int:
        known = {one.code for one in await all_sites(connection)}
        fresh = [one for one in ward_sites() if one.code not in known]
        for one in fresh:
            await enter_site(connection, one, by=BY_COMMAND, now=utc_now())
        return len(fresh)

    click.echo(f"{_change(settings, work)} wards added")


@site.command("list")
@click.pass_obj
def list_sites(settings: Settings) -> None:
    """Every site."""
    for one in _change(settings, all_sites):
        click.echo(f"{one.code:20} {one.group:10} {one.name_vi}")


@click.command("sealing-key")
@click.argument("private_file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def sealing_key(settings: Settings, private_file: Path) -> None:
    """Make the pair of keys for citizens' telephone numbers.

    PRIVATE_FILE is written readable by its owner alone: keep it away from this server, whoever
    calls citizens back shows it in the browser. The public key stays in the data folder; kiosks
    that are enrolled from now on seal numbers to it.
    """
    try:
        fingerprint = make_pair(private_file, settings.folder / SEALING)
    except OSError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{private_file}: keep it safe, and a copy elsewhere. Fingerprint {fingerprint}")


def _asked(name: str) -> str:
    chosen: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if weak := weakness(chosen, name):
        raise click.ClickException(f"too {weak}: {SHORTEST} characters or more, not easily guessed")
    return chosen


def _change(settings: Settings, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    """Do it in one transaction. What is refused is said, and the exit status is 1."""

    async def run() -> T:
        database = Database(settings.database_url, pool=1)
        try:
            settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            await database.bring_up()
            async with database.changing() as connection:
                return await work(connection)
        finally:
            await database.close()

    try:
        return asyncio.run(run())
    except Refused as error:
        click.echo(_words_of(error), err=True)
        sys.exit(1)


def _words_of(error: CentreError) -> str:
    return f"a name is {NAME}" if error.code == "bad_name" else f"{error.detail} ({error.code})"
