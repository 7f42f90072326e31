"""Be a receipt printer, on a TCP port or a pty."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

import click

from hardware.command_line.printer import FONTS, out_option, paper_option
from hardware.printer.paper import paper as paper_of
from hardware.simulators.lines import PtyLine, TcpLine
from hardware.simulators.printer import ROLL_MM, SimulatedPrinter
from hardware.simulators.printer_faults import FAULTS


@click.command()
@click.option("--tcp", "tcp_port", type=click.IntRange(0, 65535), help="Listen on this TCP port.")
@click.option("--pty", "use_pty", is_flag=True, help="Be a serial port; its name is printed.")
@click.option(
    "--fault", "faults", multiple=True, help=f"NAME[:AMOUNT][@BYTES] of {', '.join(FAULTS)}"
)
@click.option("--roll", default=ROLL_MM, show_default=True, help="Paper in the machine, in mm.")
@paper_option
@out_option
def simulate(
    tcp_port: int | None, use_pty: bool, faults: tuple[str, ...], roll: int, paper: str, out: Path
) -> None:
    """Be a receipt printer until interrupted; slips are left in --out as PNG and bytes."""
    if (tcp_port is None) == (not use_pty):
        raise click.UsageError("give either --tcp PORT or --pty")
    machine = _simulated(paper, out, faults)
    machine.load(roll)
    with tempfile.TemporaryDirectory(prefix="printer-") as folder:
        line: TcpLine | PtyLine
        if tcp_port is None:
            line = PtyLine(machine, Path(folder) / "tty")
            click.echo(f"serial:{line.link}")
        else:
            line = TcpLine(machine, port=tcp_port)
            click.echo(f"tcp:127.0.0.1:{line.port}")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            pass
        finally:
            line.close()


def _simulated(paper_mm: str, out: Path, faults: tuple[str, ...]) -> SimulatedPrinter:
    machine = SimulatedPrinter(paper=paper_of(int(paper_mm)), fonts=FONTS, out_dir=out)
    for fault in faults:
        try:
            machine.set_fault(fault)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
    return machine
