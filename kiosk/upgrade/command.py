"""`kiosk upgrade`: releases taken in, looked at, put back. Run by root on an installed kiosk."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

import click

from kiosk.cli.link import as_json, print_json
from kiosk.errors import UpgradeRefused
from kiosk.paths import PROJECT
from kiosk.upgrade.incoming import take_incoming
from kiosk.upgrade.rehearsing import rehearse as run_rehearsal
from kiosk.upgrade.releases import Releases
from kiosk.upgrade.services import SystemdServices
from kiosk.upgrade.upgrading import SETTLE, Machine, go_back, look_at
from kiosk.upgrade.upgrading import upgrade as run_upgrade

file_argument = click.argument("archive", type=click.Path(path_type=Path))


@click.group()
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=Path("/opt/le-tan"),
    show_default=True,
    help="Where releases lie.",
)
@click.pass_context
def upgrade(context: click.Context, root: Path) -> None:
    """Another release, in one step, watched; back by itself where it does not live."""
    context.meta["releases"] = Releases(root)


@upgrade.command()
@file_argument
@click.option("--older", is_flag=True, help="Even one that is not newer.")
@click.pass_context
def install(context: click.Context, archive: Path, older: bool) -> None:
    """Take in a signed ARCHIVE and let it run; status 1: nothing has changed, and why."""
    try:
        version = run_upgrade(_machine(context), archive, _tell, older=older)
    except UpgradeRefused as error:
        _refused(error)
    click.echo(f"{version} runs" if version else "it runs already")


@upgrade.command()
@file_argument
@as_json
@click.pass_context
def check(context: click.Context, archive: Path, as_json: bool) -> None:
    """Is the ARCHIVE whole, and signed by a key that is trusted here? Changes nothing."""
    try:
        about, key = look_at(context.meta["releases"], archive)
    except UpgradeRefused as error:
        _refused(error)
    row = {"version": about.version, "made_at": about.made_at, "key": key}
    if as_json:
        print_json(row)
    else:
        click.echo(f"{about.version}, made {about.made_at}, signed by {key}")


@upgrade.command()
@click.argument("version", default="")
@click.pass_context
def back(context: click.Context, version: str) -> None:
    """Let the release before run again, or VERSION of those that `list` shows."""
    try:
        chosen = go_back(_machine(context), version, _tell)
    except UpgradeRefused as error:
        _refused(error)
    click.echo(f"{chosen} runs")


@upgrade.command(name="list")
@as_json
@click.pass_context
def list_releases(context: click.Context, as_json: bool) -> None:
    """The releases that lie here, and what became of each upgrade."""
    releases: Releases = context.meta["releases"]
    good, running = releases.of("good"), releases.of("current")
    rows = [
        {"version": one, "runs": one == running, "good": one == good} for one in releases.versions()
    ]
    if as_json:
        print_json({"releases": rows, "history": releases.history()})
        return
    for row in rows:
        marks = [word for word in ("runs", "good") if row[word]]
        click.echo(f"{row['version']:<20}{', '.join(marks)}".rstrip())
    for line in releases.history()[-10:]:
        what = line.get("version") or line.get("archive")
        told = f"{line.get('at')}  {what}  {line.get('outcome')}"
        click.echo(f"{told}  {line.get('reason', '')}".rstrip())


@upgrade.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("/var/lib/le-tan/incoming"))
@click.pass_context
def incoming(context: click.Context, folder: Path) -> None:
    """Unattended: the newest archive (*.le-tan) of FOLDER; what is refused is set aside there."""
    refused = take_incoming(_machine(context), folder, _tell)
    for line in refused:
        click.echo(line, err=True)
    sys.exit(1 if refused else 0)


@upgrade.command()
@click.pass_context
def rehearse(context: click.Context) -> None:
    """Start this release's core with a copy of the data, and without devices: does it live?"""
    try:
        seconds = run_rehearsal(context.meta["config"], context.obj)
    except UpgradeRefused as error:
        _refused(error)
    click.echo(f"ready after {seconds:.1f} s")


def _machine(context: click.Context) -> Machine:
    if os.geteuid() != 0:
        raise click.ClickException("only root may change what runs")
    os.umask(0o022)  # core and screen read what root unpacks
    for number in (signal.SIGTERM, signal.SIGHUP):  # whoever ends this ends it in order
        signal.signal(number, lambda *_: sys.exit(1))
    script = SETTLE if SETTLE.exists() else PROJECT / "deploy" / "files" / SETTLE.relative_to("/")
    return Machine(context.meta["releases"], SystemdServices, settle=script)


def _tell(step: str) -> None:
    click.echo(f"== {step}")


def _refused(error: UpgradeRefused) -> NoReturn:
    raise click.ClickException(f"{error.code}: {error.detail}") from error
