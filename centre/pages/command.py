"""`centre account`, `centre sealing-key`: what is done at the server itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.clock import utc_now
from centre.identity.surroundings import SEALING
from centre.one_change import in_one_change, who
from centre.pages.accounts import account_book
from centre.pages.accounts.passwords import SHORTEST, first_password, tidied, weakness
from centre.pages.sealed import make_pair
from centre.settings import Settings
from kiosk.pins import hash_pin


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
        by=who(),
        now=utc_now(),
    )
    in_one_change(settings, work)
    click.echo(f"{name} may log in" + ("" if ask else f", first password: {password}"))


@account.command("list")
@click.pass_obj
def list_accounts(settings: Settings) -> None:
    """Everybody, with role, site and second factor."""
    for one in in_one_change(settings, account_book.all_accounts):
        state = f"closed {one.closed_at:%Y-%m-%d}" if one.closed_at else "open"
        second = "second factor" if one.has_second else "password alone"
        where = one.site or "the city"
        click.echo(f"{one.name:20} {one.role:5} {where:12} {state:18} {second:14} {one.shown_as}")


@account.command("close")
@click.argument("name")
@click.pass_obj
def close(settings: Settings, name: str) -> None:
    """NAME cannot log in any more, and is logged out."""
    work = partial(account_book.close_account, name=name, by=who(), now=utc_now())
    in_one_change(settings, work)
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
        await account_book.renew_password(connection, name, hashed, by=who(), now=now)
        if no_second_factor:
            await account_book.set_second_factor(connection, name, "", by=who(), now=now)

    in_one_change(settings, work)
    click.echo(f"{name} has a new password" + ("" if ask else f": {chosen}"))


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
