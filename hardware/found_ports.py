"""The ports of this computer, each by the name that stays when another cable moves.

In order of preference: the names of our own udev rules (/dev/le-tan/...), then, for adapters that
have a serial number, /dev/serial/by-id, for all others (CH340) the socket, /dev/serial/by-path.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

DEV = Path("/dev")


@dataclass(frozen=True, slots=True)
class FoundPort:
    """`port` as a configuration writes it; `now` is what the kernel calls it today."""

    port: str
    now: str
    about: str
    stays: bool = True


class SerialNode(Protocol):
    """What pyserial tells of a serial port."""

    device: str
    description: str
    serial_number: str | None


def serial_ports(nodes: Iterable[SerialNode] | None = None, dev: Path = DEV) -> list[FoundPort]:
    """The serial ports and USB adapters; `nodes` are those that pyserial finds unless told."""
    if nodes is None:
        from serial.tools.list_ports import comports  # noqa: PLC0415 - reads /sys when imported

        nodes = comports()
    return [_found(node, dev) for node in sorted(nodes, key=lambda node: node.device)]


def _found(node: SerialNode, dev: Path) -> FoundPort:
    folders = ["le-tan", "serial/by-id", "serial/by-path"]
    if not node.serial_number:
        folders.remove("serial/by-id")  # made of maker and model alone: the same for all
    names = (name for folder in folders for name in _links_to(Path(node.device), dev / folder))
    stable = next(names, None)
    return FoundPort(f"serial:{stable or node.device}", node.device, node.description, bool(stable))


def _links_to(device: Path, folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [link for link in sorted(folder.iterdir()) if link.resolve() == device.resolve()]


def usb_printers(backend: object = None) -> list[FoundPort]:
    """The printers on USB; none where there is no libusb. `backend` as in `UsbTransport`."""
    import usb.core  # noqa: PLC0415 - needs libusb, which a site without USB lacks

    from hardware.transport.usb import is_printer, place_of, serial_number  # noqa: PLC0415

    try:
        devices = list(usb.core.find(find_all=True, custom_match=is_printer, backend=backend))
    except (usb.core.USBError, usb.core.NoBackendError):
        return []
    found = []
    for device in devices:
        place = place_of(device)
        which = serial_number(device) or f"@{place}"
        port = f"usb:{device.idVendor:04x}:{device.idProduct:04x}:{which}"
        found.append(FoundPort(port, f"socket {place}", "USB printer"))
    return found
