"""`centre document`: give out, look how far it has come, widen, withdraw."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TypedDict

import click

from centre.clock import utc_now
from centre.documents.checking import NAMES, checked
from centre.documents.fates import roll_backs, rollout
from centre.documents.feed import begin_new_timeline
from centre.documents.key import DocumentKey
from centre.documents.publishing import publish, widen, withdraw
from centre.errors import Refused
from centre.one_change import in_one_change, who
from centre.secret import SecretError
from centre.settings import Settings

_NAME = click.argument("name", type=click.Choice(NAMES))
_TO = click.option(
    "--to",
    "audience",
    default="",
    metavar="AUDIENCE",
    help='"group:NAME" or "site:CODE"; without it, everybody.',
)
_NOTE = click.option("--note", default="", help="For whoever looks later.")


class _Facts(TypedDict):
    key: DocumentKey
    by: str
    now: datetime
    note: str


@click.group()
def document() -> None:
    """What the kiosks are given: catalogue, services, hours, notices, survey, config."""


@document.command(name="check")
@_NAME
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def document_check(name: str, path: Path) -> None:
    """Look whether PATH could be published as NAME; each mistake with its line."""
    try:
        body = checked(name, path.read_bytes())
    except Refused as error:
        raise click.ClickException(error.detail) from error
    click.echo(f"{name}: good, {len(body)} bytes")


@document.command(name="publish")
@_NAME
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_TO
@_NOTE
@click.pass_obj
def document_publish(settings: Settings, name: str, path: Path, audience: str, note: str) -> None:
    """Give out the file PATH as the document NAME."""
    body, facts = path.read_bytes(), _facts(settings, note)
    version = in_one_change(
        settings, lambda connection: publish(connection, name, audience, body, **facts)
    )
    click.echo(f"{name} {version} for {audience or 'everybody'}")


@document.command(name="widen")
@_NAME
@click.argument("version", type=int)
@_TO
@_NOTE
@click.option("--in-spite", is_flag=True, help="Though devices rolled it back.")
@click.pass_obj
def document_widen(
    settings: Settings, name: str, version: int, audience: str, note: str, in_spite: bool
) -> None:
    """Give a group's VERSION to another group, or to everybody: the roll-out is over then."""
    facts = _facts(settings, note)
    wide = in_one_change(
        settings,
        lambda connection: widen(connection, name, version, audience, in_spite=in_spite, **facts),
    )
    click.echo(f"{name} {wide} for {audience or 'everybody'}")


@document.command(name="withdraw")
@_NAME
@_TO
@_NOTE
@click.pass_obj
def document_withdraw(settings: Settings, name: str, audience: str, note: str) -> None:
    """Take NAME away from an audience: the next wider one counts, or what the kiosk has itself."""
    facts = _facts(settings, note)
    version = in_one_change(
        settings, lambda connection: withdraw(connection, name, audience, **facts)
    )
    click.echo(f"{name} {version}: none for {audience or 'everybody'}")


@document.command(name="status")
@_NAME
@click.pass_obj
def document_status(settings: Settings, name: str) -> None:
    """Each version that counts for somebody: devices meant, in use, rolled back, waiting."""
    for one in in_one_change(settings, lambda connection: rollout(connection, name)):
        click.echo(
            f"{name} {one.version:4} {one.audience or 'everybody':20} {one.meant:5} meant "
            f"{one.in_use:5} in use {one.rolled_back:5} rolled back {one.waiting:5} waiting"
        )
        for device, reason in _reasons(settings, name, one.version):
            click.echo(f"    {device}: {reason}")


@document.command(name="retell")
@click.pass_obj
def document_retell(settings: Settings) -> None:
    """After the centre was put back from a backup: tell every device everything again."""
    in_one_change(settings, begin_new_timeline)
    click.echo("every device is told everything at its next question")


def _reasons(settings: Settings, name: str, version: int) -> list[tuple[str, str]]:
    rows = in_one_change(settings, lambda connection: roll_backs(connection, name, version))
    return [(row.device, row.reason) for row in rows]


def _facts(settings: Settings, note: str) -> _Facts:
    try:
        key = DocumentKey.read(settings.folder)
    except (SecretError, OSError) as error:
        raise click.ClickException(str(error)) from error
    return {"key": key, "by": who(), "now": utc_now(), "note": note}
