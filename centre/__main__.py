"""`centre`: the command line. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from centre.settings import CONFIG, SettingsError, read_settings
from kiosk.lazy import LazyGroup

EXIT_SETTINGS = 2
COMMANDS = {
    "run": "centre.serving.command:run",
    "migrate": "centre.store.command:migrate",
    "client": "centre.clients.command:client",
    "plan": "centre.bookings.command:plan",
    "site": "centre.identity.command:site",
    "enrol": "centre.identity.command:enrol",
    "device": "centre.identity.command:device",
    "document": "centre.documents.command:document",
    "dossiers": "centre.dossiers.command:dossiers",
    "personal": "centre.telemetry.command:personal",
    "account": "centre.pages.command:account",
    "sealing-key": "centre.pages.command:sealing_key",
}


@click.group(cls=LazyGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    "config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    envvar=CONFIG,
    help="The settings, a TOML file; without one all have their defaults.",
)
@click.pass_context
def centre(context: click.Context, config: Path | None) -> None:
    """Lễ Tân: the city's centre of the reception kiosks."""
    try:
        context.obj = read_settings(config)
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(EXIT_SETTINGS)
    context.meta["config"] = config


def main() -> None:
    """The entry point of the `centre` command."""
    centre.main(prog_name="centre")


if __name__ == "__main__":
    main()
