"""From the name of a port to the printer behind it."""

from pathlib import Path

from hardware.port_names import (
    FilePort,
    SerialPort,
    SimulatedPort,
    TcpPort,
    UsbPort,
    parse_port,
)
from hardware.printer.escpos_bytes import Form
from hardware.printer.paper import paper
from hardware.printer.printer import EscposPrinter
from hardware.simulators.printer import SimulatedPrinter
from hardware.transport import Transport
from hardware.transport.file import FileTransport
from hardware.transport.loopback import LoopbackTransport
from hardware.transport.serial_port import SerialTransport
from hardware.transport.tcp import TcpTransport
from hardware.transport.usb import UsbTransport

__all__ = ["open_printer", "parse_port"]


def open_printer(port: str, *, paper_mm: int, fonts: Path, out_dir: Path) -> EscposPrinter:
    """The printer on `port`. Nothing is connected yet: a missing printer is a printer that says
    `not_connected`. `out_dir` is where the simulated one leaves its slips.

    Raises `PortError` for a port or a paper width (58 or 80) that makes no sense.
    """
    roll = paper(paper_mm)
    spec = parse_port(port)
    if isinstance(spec, SimulatedPort):
        machine = SimulatedPrinter(paper=roll, fonts=fonts, out_dir=out_dir)
        return EscposPrinter(LoopbackTransport(machine), paper=roll, fonts=fonts, simulator=machine)
    form: Form = "banded" if isinstance(spec, SerialPort) else "raster"
    return EscposPrinter(_transport(spec), paper=roll, fonts=fonts, form=form)


def _transport(spec: FilePort | TcpPort | SerialPort | UsbPort) -> Transport:
    match spec:
        case FilePort(path):
            return FileTransport(path)
        case TcpPort(host, port):
            return TcpTransport(host, port)
        case SerialPort(device, baud, flow):
            return SerialTransport(device, baud, flow=flow)
        case UsbPort():
            return UsbTransport(spec)
