"""Which ports a board, a scanner or a robot base can be at. Opens nothing."""

from hardware.errors import PortError
from hardware.port_names import SerialPort, SimulatedPort, TcpPort, parse_port

BOARD_BAUDS = (9600, 19200, 38400, 57600, 115200)
"""Speeds that the boards can be set to; they come set to 9,600."""
SCANNER_BAUDS = (9600, 19200, 38400, 57600, 115200)
"""USB scanners take any; the ones with a real serial port come set to 9,600."""


def board_port(text: str) -> SerialPort | SimulatedPort:
    """What `text` names, if an I/O board can be there. Raises `PortError`."""
    spec = parse_port(text, bauds=BOARD_BAUDS)
    if not isinstance(spec, SerialPort | SimulatedPort):
        raise PortError("port_unknown", f"{text!r}: a board is at serial:DEVICE:BAUD or simulated")
    return spec


def scanner_port(text: str) -> SerialPort | TcpPort | SimulatedPort:
    """What `text` names, if a scanner can be there. Raises `PortError`."""
    spec = parse_port(text, bauds=SCANNER_BAUDS)
    if not isinstance(spec, SerialPort | TcpPort | SimulatedPort):
        raise PortError(
            "port_unknown", f"{text!r}: a scanner is at serial:DEVICE:BAUD, tcp: or simulated"
        )
    return spec


def base_port(text: str) -> TcpPort | None:
    """Where the base named by `text` listens; None for "fixed". Raises `PortError`.

    fixed                        a kiosk that stands
    rosbridge:ADDRESS[:PORT]     a robot; rosbridge listens at 9090
    """
    kind, _, address = text.strip().partition(":")
    if kind == "fixed" and not address:
        return None
    if kind != "rosbridge":
        raise PortError("port_unknown", f"{text!r}: a base is fixed, or rosbridge:ADDRESS:PORT")
    spec = parse_port(f"tcp:{address if ':' in address else f'{address}:9090'}")
    assert isinstance(spec, TcpPort), "it was named so"
    return spec
