"""The text that names a port in the configuration, and what it means. Opens nothing.

simulated                     a simulated printer in this process
file:PATH                     append the bytes to a file or to a node such as /dev/usb/lp0
tcp:ADDRESS[:PORT]            a network printer, port 9100 unless told
serial:DEVICE[:BAUD[:FLOW]]   115200 and none unless told; FLOW is none, rtscts or xonxoff
usb:VVVV:PPPP[:WHICH]         vendor and product in hexadecimal; WHICH of several alike: its
                              serial number, or @BUS-PORT[.PORT...] as the kernel numbers them

Names that stay when another cable moves: /dev/serial/by-path/..., /dev/serial/by-id/..., those of
our own udev rules (/dev/le-tan/...), and usb: with WHICH. /dev/ttyUSB0 is whoever came first.
"""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hardware.errors import PortError

Flow = Literal["none", "rtscts", "xonxoff"]

_SERIAL = re.compile(r"(.*?)(?::(\d+))?(?::(none|rtscts|xonxoff))?", re.ASCII | re.DOTALL)
_USB_PATH = re.compile(r"@\d+-\d+(\.\d+)*", re.ASCII)

# Below 38,400 a slip takes over 4 s; a printer set so slow is set wrongly.
BAUDS = (38400, 57600, 115200, 230400, 460800, 921600)


@dataclass(frozen=True, slots=True)
class SimulatedPort:
    """`simulated`"""


@dataclass(frozen=True, slots=True)
class FilePort:
    """`file:PATH`"""

    path: Path


@dataclass(frozen=True, slots=True)
class TcpPort:
    """`tcp:ADDRESS[:PORT]`"""

    host: str
    port: int = 9100


@dataclass(frozen=True, slots=True)
class SerialPort:
    """`serial:DEVICE[:BAUD[:FLOW]]`"""

    device: str
    baud: int = 115200
    flow: Flow = "none"


@dataclass(frozen=True, slots=True)
class UsbPort:
    """`usb:VVVV:PPPP[:WHICH]`"""

    vendor: int
    product: int
    serial: str = ""
    path: str = ""


PortSpec = SimulatedPort | FilePort | TcpPort | SerialPort | UsbPort


def parse_port(text: str, *, bauds: Collection[int] = BAUDS) -> PortSpec:
    """What `text` names; opens nothing. `bauds` are the speeds that the device at the far end of a
    serial line can be set to. Raises `PortError`."""
    kind, _, rest = text.strip().partition(":")
    match kind:
        case "simulated" if not rest:
            return SimulatedPort()
        case "file":
            return FilePort(Path(_needed(rest, "file:PATH")))
        case "tcp":
            return _tcp(_needed(rest, "tcp:ADDRESS:PORT"))
        case "serial":
            return _serial(_needed(rest, "serial:/dev/ttyUSB0:115200"), bauds)
        case "usb":
            return _usb(_needed(rest, "usb:VVVV:PPPP"))
    raise PortError(
        "port_unknown",
        f"{text!r} is no port: simulated, file:PATH, tcp:ADDRESS:PORT, "
        "serial:DEVICE:BAUD or usb:VVVV:PPPP",
    )


def _needed(rest: str, shape: str) -> str:
    if not rest:
        raise PortError("port_incomplete", f"the port lacks a part: {shape}")
    return rest


def _tcp(rest: str) -> TcpPort:
    """An IPv4 address, not a name: a kiosk prints with the network cable out, and a name server
    that does not answer would be waited for."""
    host, _, port = rest.rpartition(":") if ":" in rest else (rest, "", "9100")
    if host == "localhost":
        host = "127.0.0.1"
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        raise PortError("port_value", f"{host!r} is no address such as 192.168.1.50") from None
    return TcpPort(host, _number(port, "a TCP port", 1, 65535))


def _serial(rest: str, bauds: Collection[int]) -> SerialPort:
    """From the right, because names below /dev/serial/by-path hold colons themselves."""
    device, speed, flow = _SERIAL.fullmatch(rest).groups()  # type: ignore[union-attr]  # any text
    baud = _number(speed, "a speed", 1, 10**7) if speed else 115200
    flow = flow or "none"
    if not device.startswith("/"):
        raise PortError("port_value", f"{device!r} is no device such as /dev/ttyUSB0")
    if baud not in bauds:
        speeds = ", ".join(str(speed) for speed in bauds)
        raise PortError("port_value", f"{baud} baud: set device and port to one of {speeds}")
    if ":" in device and not device.startswith("/dev/serial/"):
        raise PortError("port_value", f"{rest!r}: DEVICE:BAUD:FLOW, flow none, rtscts or xonxoff")
    return SerialPort(device, baud, flow)  # type: ignore[arg-type]  # the pattern's words


def _usb(rest: str) -> UsbPort:
    vendor, colon, product = rest.partition(":")
    product, _, which = product.partition(":")
    if not colon:
        raise PortError("port_incomplete", "the port lacks a part: usb:VVVV:PPPP")
    try:
        ids = int(vendor, 16), int(product, 16)
    except ValueError:
        raise PortError("port_value", f"{rest!r}: two hexadecimal numbers are needed") from None
    if not all(0 < number <= 0xFFFF for number in ids):
        raise PortError("port_value", f"{rest!r}: two hexadecimal numbers up to ffff are needed")
    if not which.startswith("@"):
        return UsbPort(*ids, serial=which)
    if _USB_PATH.fullmatch(which) is None:
        raise PortError("port_value", f"{which!r} is no place such as @1-2.4")
    return UsbPort(*ids, path=which[1:])


def _number(text: str, what: str, low: int, high: int) -> int:
    if text.isascii() and text.isdigit() and low <= int(text) <= high:
        return int(text)
    raise PortError("port_value", f"{text!r} is not {what}")
