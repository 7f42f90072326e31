"""`kiosk doctor`: the checks told, with an exit status, and written into the devices' history."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from datetime import datetime

import click
import msgspec

from kiosk.cli.link import as_json, print_json
from kiosk.device_history import HistoryLine, write_history
from kiosk.doctor.examining import CHECKS, DEVICES, examine
from kiosk.doctor.finding import Finding, Words, exit_status
from kiosk.doctor.premises import Premises, holding, look_around
from kiosk.errors import KioskError
from kiosk.link.client import LinkClient
from kiosk.paths import DataFolder
from kiosk.queueing.hours import HANOI
from kiosk.words import Language, NoteDevice

MARKS = {"ok": "ok     ", "warning": "WARNING", "fault": "FAULT  ", "skipped": "-      "}


@click.command()
@click.option("--only", multiple=True, type=click.Choice(list(CHECKS)), help="Only these checks.")
@click.option("--language", type=click.Choice(["vi", "en"]), default="en", show_default=True)
@as_json
@click.pass_context
def doctor(
    context: click.Context, only: tuple[str, ...], language: Language, as_json: bool
) -> None:
    """Look at everything: what is well, what is not, what to do.

    Needs no running core and no good configuration. Exit status 0: all well, 1: warnings,
    2: faults. Ends within five seconds.
    """
    logging.getLogger().addHandler(logging.NullHandler())  # what checks log is in their words
    data: DataFolder = context.obj
    premises = look_around(context.meta["config"], data)
    wanted = {name: check for name, check in CHECKS.items() if not only or name in only}
    findings = examine(premises, wanted)
    note(premises, findings)
    words = Words(language)
    told = [words.tell(one) for one in findings]
    if as_json:
        status = exit_status(findings)
        print_json({"status": status, "checks": msgspec.to_builtins(told)})
    else:
        for one in told:
            click.echo(f"{MARKS[one.state]} {words.name(one.check)}: {one.means}")
            if one.do and one.state in {"warning", "fault"}:
                click.echo(f"{'':<8}→ {one.do}")
    sys.stdout.flush()
    os._exit(exit_status(findings))  # a driver that hangs on its thread holds nobody up


def note(premises: Premises, findings: Sequence[Finding]) -> None:
    """Leave a line of each device in its history: through the core, or here where none runs."""
    tested = [one for one in findings if one.check in DEVICES and one.state != "skipped"]
    try:
        if premises.state is not None:
            _tell_core(premises.data, tested)
        elif not premises.hung:
            _write(premises.data, tested)
    except (KioskError, OSError):
        pass  # the finding about the data folder says why


def _tell_core(data: DataFolder, tested: Sequence[Finding]) -> None:
    with LinkClient(data.socket, timeout_s=1.0) as client:
        for one in tested:
            state = one.state
            assert state != "skipped", "those are left out"
            client.ask(NoteDevice(device=one.check, state=state, source="doctor", reason=one.code))


def _write(data: DataFolder, tested: Sequence[Finding]) -> None:
    now = datetime.now(HANOI).isoformat(timespec="seconds")
    lines = [
        HistoryLine(at=now, device=one.check, state=one.state, reason=one.code, source="doctor")
        for one in tested
    ]
    with holding(data):
        write_history(data.device_history, lines)
