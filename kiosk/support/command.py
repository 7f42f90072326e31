"""`kiosk support`: shows what it would write, asks, and writes one file."""

from __future__ import annotations

import io
import os
import tarfile
import time
from datetime import datetime
from pathlib import Path

import click

from kiosk.doctor.examining import examine
from kiosk.doctor.premises import look_around
from kiosk.queueing.hours import HANOI
from kiosk.support.gathering import Bundle, gather


@click.group()
def support() -> None:
    """Help from afar."""


@support.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@click.option("--show", is_flag=True, help="Print all that would go in; write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def bundle(context: click.Context, out: Path | None, show: bool, yes: bool) -> None:
    """One file for who helps: logs, configuration, versions, findings; nothing personal.

    Telephone and ID numbers, names of staff, PIN hashes and keys are taken out. What it will hold
    is shown before it is written.
    """
    config: Path = context.meta["config"]
    premises = look_around(config, context.obj)
    found = gather(premises, config, examine(premises))
    if show:
        for part in found.parts:
            click.echo(f"===== {part.name}\n{part.text}")
        return
    _tell(found)
    target = out or Path(f"le-tan-support-{datetime.now(HANOI):%Y%m%d-%H%M}.tar.gz")
    if not yes:
        click.confirm(f"Write this to {target}?", abort=True)
    try:
        write_bundle(found, target)
    except OSError as error:
        raise click.ClickException(f"{target} cannot be written: {error}") from error
    click.echo(f"written: {target} ({target.stat().st_size // 1024 + 1} kB)")


def _tell(found: Bundle) -> None:
    for part in found.parts:
        taken = ", ".join(f"{count} {word}" for word, count in sorted(part.taken_out.items()))
        click.echo(f"{part.name:<24}{len(part.text.encode()):>9} bytes  {taken}".rstrip())
    for line in found.left_out:
        click.echo(f"left out: {line}")
    click.echo("never looked into: database, backups, journal, sessions, keys, sounds")


def write_bundle(found: Bundle, target: Path) -> None:
    """Write the bundle whole, for this user alone. Raises OSError."""
    growing = target.with_name(f".{target.name}.growing")
    handle = os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w:gz") as archive:
            for part in found.parts:
                content = part.text.encode()
                entry = tarfile.TarInfo(f"le-tan-support/{part.name}")
                entry.size, entry.mtime, entry.mode = len(content), int(time.time()), 0o600
                archive.addfile(entry, io.BytesIO(content))
        growing.replace(target)
    except OSError:
        growing.unlink(missing_ok=True)
        raise
