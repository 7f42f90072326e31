"""`kiosk technician`: who may enter the technician's pages of the screen.

A PIN is made its hash here and never travels. Where no core runs, the keys are kept here.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from kiosk.badges import PREFIX, hash_token, new_token
from kiosk.errors import CommandRefused, KioskError, LinkError
from kiosk.link.client import LinkClient
from kiosk.paths import DataFolder
from kiosk.pins import hash_pin, is_good_technician_pin
from kiosk.ports.technician import TechnicianKeys
from kiosk.technician_keys import KeyFile
from kiosk.words import AnyCommand, ForgiveTechnician, KeepTechnicianBadge, KeepTechnicianPin

MODULE_PIXELS = 12


@click.group()
def technician() -> None:
    """Who may enter the technician's pages: hold the upper right corner for five seconds."""


@technician.command()
@click.option("--pin-stdin", is_flag=True, help="Read the PIN from standard input, one line.")
@click.option("--none", "nobody", is_flag=True, help="Nobody may enter any more, by badge neither.")
@click.pass_obj
def pin(data: DataFolder, pin_stdin: bool, nobody: bool) -> None:
    """Set the technician's PIN: 6 to 12 figures; wrong ones tried before are forgiven."""
    if nobody:
        _keep(data, pin_hash="")
        click.echo("nobody can enter the technician's pages")
        return
    if pin_stdin:
        wanted = sys.stdin.readline().strip()
    else:
        wanted = click.prompt("PIN", hide_input=True, confirmation_prompt=True)
    if not is_good_technician_pin(wanted):
        raise click.ClickException("a PIN has 6 to 12 figures, not all the same, no plain run")
    _keep(data, pin_hash=hash_pin(wanted))
    click.echo("this PIN opens the technician's pages")


@technician.command()
@click.option("--out", type=click.Path(path_type=Path), help="A PNG to be printed as a card.")
@click.option("--none", "nobody", is_flag=True, help="No badge is taken any more.")
@click.pass_obj
def badge(data: DataFolder, out: Path | None, nobody: bool) -> None:
    """Make a new badge for the scanner; the former one is void. Who has it can enter."""
    if nobody:
        _keep(data, badge_hash="")
        click.echo("no badge opens the technician's pages")
        return
    if out is None:
        raise click.UsageError("say where to: --out FILE.png, or --none")
    token = new_token()
    _keep(data, badge_hash=hash_token(token))
    _draw(PREFIX + token, out)
    click.echo(f"{out}: whoever holds this before the scanner enters the technician's pages")


@technician.command()
@click.pass_obj
def forgive(data: DataFolder) -> None:
    """Forget wrong PINs, so that the right one may be typed at once."""
    try:
        with LinkClient(data.socket) as client:
            client.ask(ForgiveTechnician())
    except LinkError:
        book = KeyFile(data.technician)
        book.keep(replace(book.read(), wrong=0))
    except KioskError as error:
        raise click.ClickException(f"{error.code}: {error.detail}") from error
    click.echo("forgiven")


def keep_keys(
    data: DataFolder, *, pin_hash: str | None = None, badge_hash: str | None = None
) -> None:
    """Through the core, or where none runs into the file itself. Raises KioskError."""
    command: AnyCommand
    if pin_hash is not None:
        command = KeepTechnicianPin(pin_hash=pin_hash)
    else:
        command = KeepTechnicianBadge(badge_hash=badge_hash or "")
    try:
        with LinkClient(data.socket) as client:
            client.ask(command)
    except LinkError:
        _keep_here(data, pin_hash, badge_hash)


def _keep(data: DataFolder, *, pin_hash: str | None = None, badge_hash: str | None = None) -> None:
    try:
        keep_keys(data, pin_hash=pin_hash, badge_hash=badge_hash)
    except KioskError as error:
        raise click.ClickException(f"{error.code}: {error.detail}") from error


def _keep_here(data: DataFolder, pin_hash: str | None, badge_hash: str | None) -> None:
    book = KeyFile(data.technician)
    keys = book.read()
    if pin_hash is not None:
        badge_hash = keys.badge_hash if pin_hash else ""
        book.keep(TechnicianKeys(pin_hash=pin_hash, badge_hash=badge_hash))
    elif not keys.pin_hash:
        raise CommandRefused("a badge needs a PIN beside it", code="no_pin")
    else:
        book.keep(replace(keys, badge_hash=badge_hash or ""))


def _draw(text: str, out: Path) -> None:
    import qrcode

    try:
        out.touch(mode=0o600)
        with out.open("wb") as file:
            qrcode.make(text, box_size=MODULE_PIXELS).save(file)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error}") from error
