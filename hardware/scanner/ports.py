"""From the text that names a scanner's port to a driver that is ready to be looked at."""

import tempfile
from pathlib import Path

from hardware.device_ports import scanner_port
from hardware.port_names import SerialPort, TcpPort
from hardware.scanner.scanner import QrScanner
from hardware.simulators.lines import PtyLine
from hardware.simulators.scanner import SimulatedScanner
from hardware.transport.serial_port import SerialTransport
from hardware.transport.tcp import TcpTransport

SIMULATED_BAUD = 115200


def open_scanner(text: str, *, cards: bool = False) -> QrScanner:
    """The driver of the scanner at `text`; the line itself is opened at the first look.

    A simulated one sits behind a pty, so that the driver is the real one. Raises `PortError`.
    """
    match scanner_port(text):
        case SerialPort(device, baud, flow):
            return QrScanner(SerialTransport(device, baud, flow=flow), cards=cards)
        case TcpPort(host, port):
            return QrScanner(TcpTransport(host, port), cards=cards)
        case _:
            return _simulated(cards=cards)


def _simulated(*, cards: bool) -> QrScanner:
    scanner = SimulatedScanner()
    folder = tempfile.TemporaryDirectory(prefix="scanner-")
    line = PtyLine(scanner, Path(folder.name) / "tty")

    def take_away() -> None:
        line.close()
        folder.cleanup()

    return QrScanner(
        SerialTransport(str(line.link), SIMULATED_BAUD),
        cards=cards,
        simulator=scanner,
        on_close=take_away,
    )
