"""Ask, watch and try a receipt printer."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from hardware.errors import PortError
from hardware.printer.paper import PAPERS
from hardware.printer.ports import open_printer
from hardware.printer.printer import EscposPrinter
from hardware.printer.test_slip import TEST_SLIP
from hardware.status import DeviceStatus

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
LOOK_EVERY_S = 1.0

port_option = click.option(
    "--port", required=True, help="Such as tcp:192.168.1.50 or usb:04b8:0202."
)
paper_option = click.option(
    "--paper", type=click.Choice([str(mm) for mm in PAPERS]), default="80", help="Width in mm."
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("slips"),
    help="Folder for the slips of a simulated printer.",
)


def opened(port: str, paper_mm: str, out: Path) -> EscposPrinter:
    """The printer; a port that makes no sense ends the command with status 2."""
    try:
        return open_printer(port, paper_mm=int(paper_mm), fonts=FONTS, out_dir=out)
    except PortError as error:
        raise click.UsageError(f"{error} [{error.code}]") from error


def in_words(status: DeviceStatus) -> str:
    """On one line."""
    words = (status.state, status.reason, status.detail, *status.warnings)
    return " · ".join(word for word in words if word)


@click.command()
@port_option
@paper_option
@out_option
def probe(port: str, paper: str, out: Path) -> None:
    """Say what the printer is and how it is. Ends with 0 when it is ready, else 1."""
    machine = opened(port, paper, out)
    status = machine.status()
    what = machine.describe()
    machine.close()
    click.echo(in_words(status))
    if what.model:
        click.echo(f"model: {what.model}")
    if what.confirms is not None:
        click.echo(f"tells when a slip is on paper: {'yes' if what.confirms else 'no'}")
    sys.exit(0 if status.ready else 1)


@click.command()
@port_option
@paper_option
@out_option
def test_slip(port: str, paper: str, out: Path) -> None:
    """Print a slip with every Vietnamese mark. Ends with 0 when it was printed, else 1."""
    machine = opened(port, paper, out)
    report = machine.print_slip(TEST_SLIP, job_id=int(time.time()))
    machine.close()
    words = (report.outcome, report.reason, report.detail, f"{report.seconds:.2f} s")
    click.echo(" · ".join(word for word in words if word))
    sys.exit(0 if report.outcome == "printed" else 1)


@click.command()
@port_option
@paper_option
@out_option
def watch(port: str, paper: str, out: Path) -> None:
    """Tell each change of the printer until interrupted, with the time of day."""
    machine = opened(port, paper, out)
    told = ""
    try:
        while True:
            status = machine.status()
            words = in_words(status)
            if words != told:
                told = words
                click.echo(f"{time.strftime('%H:%M:%S')}  {words}")
            time.sleep(LOOK_EVERY_S)
    except KeyboardInterrupt:
        pass
    finally:
        machine.close()
