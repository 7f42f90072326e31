"""`kiosk monitors`: what is connected, and everything put in its place on the X server."""

from __future__ import annotations

import click

from kiosk.errors import ConfigError, Trouble
from kiosk.monitors import arrange, look
from kiosk.settings.keeping import shelf_of


@click.command()
@click.option(
    "--arrange", "wanted", is_flag=True, help="Side by side, the citizen's first; touch with it."
)
@click.pass_context
def monitors(context: click.Context, *, wanted: bool) -> None:
    """The monitors as X names them, for [screen] monitor and [hall] board_monitor."""
    try:
        if not wanted:
            for one in look():
                click.echo(f"{one.name:<12}{one.place if one.connected else 'nothing connected'}")
            return
        config = shelf_of(context.meta["config"], context.obj).in_force().config
        done = arrange(
            citizens=config.screen.monitor,
            board=config.hall.board_monitor,
            rotation=config.screen.rotation,
        )
    except (ConfigError, Trouble) as error:
        raise click.ClickException(error.detail) from error
    click.echo("\n".join(done))
