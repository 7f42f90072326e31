"""Ask and watch a scanner; or be one."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import click

from hardware.command_line.printer import in_words
from hardware.errors import PortError
from hardware.scanner.forms import CardForm, Form
from hardware.scanner.ports import open_scanner
from hardware.scanner.scanner import RETRY_S, QrScanner
from hardware.simulators.lines import PtyLine
from hardware.simulators.scanner import FAULTS, SimulatedScanner

port_option = click.option(
    "--port", required=True, help="Such as serial:/dev/le-tan/scanner:115200, or simulated."
)


def opened(port: str) -> QrScanner:
    """The scanner; a port that makes no sense ends the command with status 2."""
    try:
        return open_scanner(port, cards=True)
    except PortError as error:
        raise click.UsageError(f"{error} [{error.code}]") from error


@click.command()
@port_option
def probe(port: str) -> None:
    """Say whether the scanner's port opens: it tells no more by itself. Ends with 0, else 1."""
    scanner = opened(port)
    status = scanner.look().status
    scanner.close()
    click.echo(in_words(status))
    sys.exit(0 if status.ready else 1)


def form_in_words(form: Form) -> str:
    """What was read; of a card only its last figures, of what is foreign nothing."""
    return f"id_card · {form.masked}" if isinstance(form, CardForm) else repr(form)


@click.command()
@port_option
def watch(port: str) -> None:
    """Tell what is read, as the kiosk would take it, until interrupted."""
    scanner = opened(port)
    told = ""
    try:
        while True:
            look = scanner.look()
            if (words := in_words(look.status)) != told:
                told = words
                click.echo(f"{time.strftime('%H:%M:%S')}  {words}")
            for form in look.reads:
                click.echo(f"{time.strftime('%H:%M:%S')}  {form_in_words(form)}")
            if not look.status.ready:
                time.sleep(RETRY_S)
    except KeyboardInterrupt:
        pass
    finally:
        scanner.close()


@click.command()
@click.option("--fault", "faults", multiple=True, type=click.Choice(FAULTS), help="Switch it on.")
def simulate(faults: tuple[str, ...]) -> None:
    """Be a scanner on a pty until the input ends: each line typed is what it is shown."""
    scanner = SimulatedScanner()
    for fault in faults:
        scanner.set_fault(fault)
    with tempfile.TemporaryDirectory(prefix="scanner-") as folder:
        line = PtyLine(scanner, Path(folder) / "tty")
        click.echo(f"serial:{line.link}")
        try:
            for typed in sys.stdin:
                scanner.show(typed.rstrip("\n"))
        except KeyboardInterrupt:
            pass
        finally:
            line.close()
