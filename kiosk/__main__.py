"""`kiosk`: the command line. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

import functools
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.errors import ConfigError, KioskError
from kiosk.lazy import LazyGroup
from kiosk.paths import DEFAULT_CONFIG, DEFAULT_DATA, DataFolder
from kiosk.settings.keeping import ConfigShelf, InForce, shelf_of

if TYPE_CHECKING:
    from kiosk.guide.answer import Site

EXIT_CONFIG = 2


ASKING_THE_CORE = {
    "services": "kiosk.cli.link:services",
    "ticket": "kiosk.cli.link:ticket",
    "staff": "kiosk.cli.staff:staff",
    "bookings": "kiosk.cli.bookings:bookings",
    "printer": "kiosk.cli.printer:printer",
    "devices": "kiosk.cli.devices:devices",
    "fault": "kiosk.cli.devices:fault",
    "refreshment": "kiosk.cli.devices:refreshment",
    "maintenance": "kiosk.cli.devices:maintenance",
}
ANSWERING_ALONE = {
    "ask": "kiosk.cli.ask:ask",
    "catalogue": "kiosk.cli.catalogue:catalogue",
    "voice": "kiosk.cli.voice:voice",
    "config": "kiosk.cli.config:config",
    "monitors": "kiosk.cli.monitors:monitors",
    "history": "kiosk.cli.devices:history",
    "technician": "kiosk.cli.technician:technician",
    "doctor": "kiosk.doctor.command:doctor",
    "support": "kiosk.support.command:support",
    "enrol": "kiosk.centre_commands:enrol",
    "centre": "kiosk.centre_commands:centre",
    "first-start": "kiosk.setting_up:first_start",
    "upgrade": "kiosk.upgrade.command:upgrade",
}


@click.group(
    cls=LazyGroup,
    lazy=ASKING_THE_CORE | ANSWERING_ALONE,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    default=DEFAULT_CONFIG,
    envvar="KIOSK_CONFIG",
    help="The configuration; default config.toml of the project.",
)
@click.option(
    "--data",
    "data_path",
    type=click.Path(path_type=Path),
    default=DEFAULT_DATA,
    envvar="KIOSK_DATA",
    help="The folder that the kiosk writes to; default var/ of the project.",
)
@click.pass_context
def kiosk(context: click.Context, config_path: Path, data_path: Path) -> None:
    """Lễ Tân: the reception kiosk of a ward's public service centre."""
    context.obj = DataFolder(data_path.resolve())
    context.meta["config"] = config_path
    context.meta["site"] = functools.partial(_site, context)


@kiosk.command()
@click.pass_context
def run(context: click.Context) -> None:
    """Start core, screen and hall board, watch them, start again what dies."""
    from kiosk.supervisor import Supervisor, commands_of_kiosk

    board = _in_force(context).config.hall.board
    _log("run", context.obj)
    commands = commands_of_kiosk(context.meta["config"].resolve(), context.obj.root, board=board)
    sys.exit(Supervisor(commands).run())


@kiosk.command()
@click.pass_context
def core(context: click.Context) -> None:
    """The core process alone: queue, store, printer, speech."""
    from kiosk.app import run_core

    _log("core", context.obj)
    find = functools.partial(_in_force, context)
    try:
        sys.exit(run_core(find, _shelf(context), context.obj))
    except (KioskError, OSError) as error:
        raise click.ClickException(str(error)) from error


@kiosk.command()
@click.option(
    "--face",
    type=click.Choice(["citizen", "board"]),
    default="citizen",
    help="The citizen's screen, or the hall board on another monitor.",
)
@click.option(
    "--beside",
    is_flag=True,
    help="The board: never on the monitor of a citizen's screen; wait for another one.",
)
@click.pass_context
def screen(context: click.Context, face: str, *, beside: bool) -> None:
    """The screen process alone."""
    _in_force(context)
    if face == "board":
        from kiosk.screen.board import run_board

        _log("board", context.obj)
        sys.exit(run_board(context.meta["config"], context.obj.root, beside=beside))
    from kiosk.screen.app import run as run_screen

    _log("screen", context.obj)
    sys.exit(run_screen(context.meta["config"], context.obj.root))


def _shelf(context: click.Context) -> ConfigShelf:
    return shelf_of(context.meta["config"], context.obj)


def _in_force(context: click.Context) -> InForce:
    """What counts: the file, or the last good one, and then it is said."""
    try:
        found = _shelf(context).in_force()
    except ConfigError as error:
        click.echo(error.detail, err=True)
        sys.exit(EXIT_CONFIG)
    if found.fault:
        click.echo(f"{found.fault}\nthe last good configuration counts ({found.kept})", err=True)
    return found


def _site(context: click.Context) -> Site:
    """What is so at this ward alone, for the commands that answer without a core."""
    from kiosk.guide_source import site_of

    return site_of(_in_force(context).config)


def _log(name: str, data: DataFolder) -> None:
    """To standard error, for the service manager, and into the data folder, for a technician."""
    from kiosk.log_files import keep_log

    logging.basicConfig(
        level=logging.INFO, format=f"%(asctime)s {name} %(levelname).1s %(name)s: %(message)s"
    )
    keep_log(data.logs, name)


def main() -> None:
    """The entry point of the `kiosk` command."""
    kiosk.main(prog_name="kiosk")


if __name__ == "__main__":
    main()
