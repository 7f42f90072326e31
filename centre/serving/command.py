"""`centre run`."""

from __future__ import annotations

import os
import sys

import click

from centre.serving.server import serve
from centre.settings import CONFIG, read_settings
from centre.telemetry.logs import log_as_lines


@click.command()
@click.option("--host", help="Serve on this address in place of the settings'.")
@click.option("--port", type=click.IntRange(0, 65535), help="The same for the port; 0: a free one.")
@click.option("--workers", type=click.IntRange(1, 64), help="So many processes.")
@click.pass_context
def run(context: click.Context, host: str | None, port: int | None, workers: int | None) -> None:
    """Serve, with as many workers as the settings say; the tables are brought up first."""
    log_as_lines()
    for key, one in (("HOST", host), ("PORT", port), ("WORKERS", workers)):
        if one is not None:
            os.environ[f"CENTRE_{key}"] = str(one)  # the workers read it too
    config = context.meta["config"]
    if config is not None:
        os.environ[CONFIG] = str(config.absolute())
    try:
        sys.exit(serve(read_settings(config)))
    except OSError as error:
        raise click.ClickException(str(error)) from error
