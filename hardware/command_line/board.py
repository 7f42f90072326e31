"""Ask, watch and try an I/O board; or be one."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import click

from hardware.board.board import IoBoard
from hardware.board.ports import open_board
from hardware.board.report import BoardLook
from hardware.command_line.printer import in_words
from hardware.errors import PortError
from hardware.simulators.board import FAULTS, SimulatedBoard
from hardware.simulators.lines import PtyLine

LOOK_EVERY_S = 0.1
SETTLES_S = 2.0
"""A board is away only after a second of silence: a probe waits for it to say which it is."""

port_option = click.option(
    "--port", required=True, help="Such as serial:/dev/le-tan/board:115200, or simulated."
)
address_option = click.option(
    "--address", type=click.IntRange(1, 247), default=1, show_default=True, help="Modbus address."
)
terminal = click.IntRange(1, 8)


def opened(port: str, address: int, dispensers: dict[int, int] | None = None) -> IoBoard:
    """The board; a port that makes no sense ends the command with status 2."""
    try:
        return open_board(port, address=address, dispensers=dispensers)
    except PortError as error:
        raise click.UsageError(f"{error} [{error.code}]") from error


def settled(board: IoBoard) -> BoardLook:
    """How the board is, once it is known."""
    end = time.monotonic() + SETTLES_S
    while (look := board.look()).status.state == "starting" and time.monotonic() < end:
        time.sleep(LOOK_EVERY_S)
    return look


def look_in_words(look: BoardLook) -> str:
    """On one line: how it is, and which inputs are on."""
    if look.inputs is None:
        return in_words(look.status)
    on = [str(at) for at, is_on in enumerate(look.inputs, start=1) if is_on]
    return f"{in_words(look.status)} · inputs on: {', '.join(on) or 'none'}"


@click.command()
@port_option
@address_option
def probe(port: str, address: int) -> None:
    """Say how the board is and which inputs are on; all outputs are switched off. Ends with 0 when
    it is ready, else 1."""
    board = opened(port, address)
    look = settled(board)
    board.close()
    click.echo(look_in_words(look))
    sys.exit(0 if look.status.ready else 1)


@click.command()
@port_option
@address_option
def watch(port: str, address: int) -> None:
    """Tell each change of the board and its inputs until interrupted: stand before the sensor,
    press the button, open the door."""
    board = opened(port, address)
    told = ""
    try:
        while True:
            look = board.look()
            words = look_in_words(look)
            if words != told and (look.inputs is not None or not look.status.ready):
                told = words
                click.echo(f"{time.strftime('%H:%M:%S')}  {words}")
            time.sleep(LOOK_EVERY_S)
    except KeyboardInterrupt:
        pass
    finally:
        board.close()


@click.command()
@port_option
@address_option
@click.option("--output", type=terminal, required=True, help="Terminal that moves the dispenser.")
@click.option("--drop", type=terminal, required=True, help="Terminal of its drop sensor.")
@click.option("--pulse-ms", default=800, show_default=True, help="Milliseconds that it is moved.")
@click.option("--wait-s", default=4.0, show_default=True, help="Seconds to watch the sensor.")
def test_drop(
    port: str, address: int, output: int, drop: int, pulse_ms: int, wait_s: float
) -> None:
    """Move a dispenser once. Ends with 0 when the sensor saw something fall, else 1."""
    board = opened(port, address, {output: drop})
    settled(board)
    report = board.give(output, drop, pulse_ms=pulse_ms, within_s=wait_s)
    board.close()
    words = (report.outcome, report.reason, report.detail, f"{report.seconds:.2f} s")
    click.echo(" · ".join(word for word in words if word))
    sys.exit(0 if report.outcome == "dropped" else 1)


@click.command()
@address_option
@click.option("--dispenser", "dispensers", multiple=True, help="OUTPUT:DROP, such as 1:4.")
@click.option("--fault", "faults", multiple=True, help=f"NAME[:AMOUNT] of {', '.join(FAULTS)}")
def simulate(address: int, dispensers: tuple[str, ...], faults: tuple[str, ...]) -> None:
    """Be an I/O board on a pty until the input ends. Each line typed does something: "on 1" and
    "off 1" hold an input, a fault's name switches it on, "clear" mends everything."""
    try:
        wired = {int(one): int(other) for one, other in (text.split(":") for text in dispensers)}
        board = SimulatedBoard(address=address, dispensers=wired)
        for fault in faults:
            board.set_fault(fault)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    with tempfile.TemporaryDirectory(prefix="board-") as folder:
        line = PtyLine(board, Path(folder) / "tty")
        click.echo(f"serial:{line.link}")
        try:
            for typed in sys.stdin:
                _obey(board, typed.split())
        except KeyboardInterrupt:
            pass
        finally:
            line.close()


def _obey(board: SimulatedBoard, words: list[str]) -> None:
    match words:
        case []:
            return
        case ["on" | "off" as how, number] if number in "12345678":
            board.hold(int(number), on=how == "on")
        case ["clear"]:
            board.clear_faults()
        case _:
            try:
                board.set_fault(" ".join(words))
            except ValueError as error:
                click.echo(error, err=True)
