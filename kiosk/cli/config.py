"""`kiosk config`: check, explain, change, put back. A running core takes over what it can."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from kiosk.cli.link import as_json, print_json
from kiosk.errors import CommandRefused, ConfigError, KioskError, LinkError
from kiosk.link.client import LinkClient
from kiosk.paths import ASSETS, DataFolder
from kiosk.settings.keeping import ConfigShelf, shelf_of
from kiosk.words import ConfigResult, ReloadConfig

if TYPE_CHECKING:
    from kiosk.words import Language

EXIT_CONFIG = 2
language_option = click.option(
    "--language", type=click.Choice(["vi", "en"]), default="en", show_default=True
)


@click.group()
def config() -> None:
    """The configuration: config.toml."""


@config.command()
@click.pass_context
def check(context: click.Context) -> None:
    """Read the configuration as the kiosk would; status 2 and line by line what is wrong."""
    shelf = _shelf(context)
    try:
        found = shelf.read()
    except ConfigError as error:
        click.echo(error.detail, err=True)
        try:
            kept = shelf.in_force().kept
        except ConfigError:
            click.echo("no former version is good: the kiosk does not start", err=True)
        else:
            click.echo(f"until it is mended the last good version counts: {kept}", err=True)
        sys.exit(EXIT_CONFIG)
    if found.given_fault:
        click.echo(found.given_fault, err=True)
        click.echo("what the centre gave does not go with the file: the file counts", err=True)
    counters, count = len(found.config.counter), len(found.config.service)
    click.echo(f"{context.meta['config']}: good ({count} services, {counters} counters)")


@config.command()
@click.argument("name", metavar="[KEY]", default="")
@language_option
@as_json
@click.pass_context
def explain(context: click.Context, name: str, language: Language, as_json: bool) -> None:
    """What KEY ("screen.timeout_s"), a table ("screen") or every key means."""
    from kiosk.config.applying import applies_at_once
    from kiosk.config.keys import as_toml, keys, tables
    from kiosk.settings.explaining import Explanations

    explanations = Explanations(ASSETS / "i18n")
    wanted = [key for key in keys().values() if name in {"", key.table, key.path}]
    if not wanted:
        _fail(ConfigError(f"unknown key {name}; known tables: {', '.join(tables())}"))
    rows = [
        {
            "key": key.path,
            "meaning": explanations.of(key, language),
            "kind": key.kind,
            "unit": key.unit,
            "low": key.low if key.low is not None else key.shortest,
            "high": key.high if key.high is not None else key.longest,
            "choices": list(key.choices),
            "required": key.required,
            "default": None if key.required or key.whole_house else as_toml(key.default),
            "restart": not applies_at_once(key.path),
        }
        for key in wanted
    ]
    if as_json:
        print_json(rows)
        return
    for key in wanted:
        when = "counts at once" if applies_at_once(key.path) else "counts after a restart"
        click.echo(f"{key.path}: {explanations.comment(key, language)} ({when})")


@config.command(name="get")
@click.argument("name", metavar="KEY")
@click.option(
    "--is", "expected", metavar="VALUE", help="Say nothing; status 0 where it is VALUE, else 1."
)
@click.pass_context
def get_key(context: click.Context, name: str, expected: str | None) -> None:
    """The value of KEY that counts, be it a default."""
    from kiosk.config.keys import as_toml
    from kiosk.settings.editing import value_of

    try:
        value = value_of(_shelf(context).in_force().config, name)
    except ConfigError as error:
        _fail(error)
    shown = value if isinstance(value, str) else as_toml(value)
    if expected is None:
        click.echo(shown)
    else:
        sys.exit(shown != expected)


@config.command(name="set")
@click.argument("name", metavar="KEY")
@click.argument("value")
@click.pass_context
def set_key(context: click.Context, name: str, value: str) -> None:
    """Set KEY ("screen.timeout_s", "service[land].daily_quota") to VALUE; comments stay.

    The whole file is checked before it is saved, the former one is kept, and a running core
    takes over what it can.
    """
    from kiosk.settings.editing import changed

    shelf = _shelf(context)
    try:
        shelf.save(changed(_text(shelf.path), name, value))
    except KioskError as error:
        _fail(error)
    _tell_core(context.obj)


@config.command()
@click.argument("name", metavar="KEY")
@click.pass_context
def reset(context: click.Context, name: str) -> None:
    """Take KEY out of the file, so that its default counts."""
    from kiosk.settings.editing import reset as without

    shelf = _shelf(context)
    try:
        shelf.save(without(_text(shelf.path), name))
    except KioskError as error:
        _fail(error)
    _tell_core(context.obj)


@config.command()
@as_json
@click.pass_context
def history(context: click.Context, as_json: bool) -> None:
    """The versions that are kept, newest first; the numbers are those of `kiosk config back`."""
    shelf = _shelf(context)
    number, rows, there = 0, [], shelf.text()
    for one in shelf.kept():
        counts = one.text == there
        number += not counts
        since = one.since.astimezone().isoformat(timespec="seconds")
        rows.append({"number": 0 if counts else number, "since": since, "counts": counts})
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['number']:>2}  {row['since']}{'  in force' if row['counts'] else ''}")


@config.command()
@click.argument("steps", metavar="[NUMBER]", type=click.IntRange(1), default=1)
@click.pass_context
def back(context: click.Context, steps: int) -> None:
    """As it was: put back the version before this one, or that NUMBER of `history`."""
    try:
        chosen = _shelf(context).back(steps)
    except KioskError as error:
        _fail(error)
    click.echo(f"as it was on {chosen.since.astimezone().isoformat(timespec='seconds')}")
    _tell_core(context.obj)


@config.command()
@click.pass_obj
def reload(data: DataFolder) -> None:
    """After an edit by hand: let the running core take over what it can."""
    if not _tell_core(data):
        raise click.ClickException("no core runs here")


def _shelf(context: click.Context) -> ConfigShelf:
    return shelf_of(context.meta["config"], context.obj)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error


def _tell_core(data: DataFolder) -> bool:
    """Have the core read the file again; False where none runs."""
    try:
        with LinkClient(data.socket) as client:
            result = client.ask(ReloadConfig())
    except CommandRefused as error:
        _fail(error)
    except LinkError:
        return False
    assert isinstance(result, ConfigResult)
    if result.at_once:
        click.echo(f"changed since the start, and counts: {', '.join(result.at_once)}")
    if result.restart:
        click.echo(f"counts after a restart: {', '.join(result.restart)}")
    return True


def _fail(error: KioskError) -> NoReturn:
    click.echo(error.detail, err=True)
    sys.exit(EXIT_CONFIG if isinstance(error, ConfigError) else 1)
