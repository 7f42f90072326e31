"""From the text that names a board's port to a driver that is ready to be looked at."""

import tempfile
from pathlib import Path

from hardware.board.board import IoBoard
from hardware.board.line import ModbusLine
from hardware.device_ports import BOARD_BAUDS, board_port
from hardware.port_names import SerialPort
from hardware.simulators.board import SimulatedBoard
from hardware.simulators.lines import PtyLine


def open_board(
    text: str,
    *,
    address: int = 1,
    inverted: frozenset[int] = frozenset(),
    dispensers: dict[int, int] | None = None,
) -> IoBoard:
    """The driver of the board at `text`; the line itself is opened at the first look.

    `dispensers` is for a simulated board: the terminal of the drop sensor by that of the output.
    It sits behind a pty, so that the driver is the real one. Raises `PortError`.
    """
    spec = board_port(text)
    if isinstance(spec, SerialPort):
        return IoBoard(ModbusLine(spec.device, spec.baud, address), inverted=inverted)
    board = SimulatedBoard(address=address, dispensers=dispensers)
    for terminal in inverted:
        board.hold(terminal, on=True)
    folder = tempfile.TemporaryDirectory(prefix="board-")
    line = PtyLine(board, Path(folder.name) / "tty")

    def take_away() -> None:
        line.close()
        folder.cleanup()

    return IoBoard(
        ModbusLine(str(line.link), BOARD_BAUDS[-1], address),
        inverted=inverted,
        simulator=board,
        on_close=take_away,
    )
