"""A USB printer by its bulk endpoints, without the kernel's usblp driver.

pyusb and the system's libusb are loaded on first use: a site without USB printers needs neither.
"""

import time
from typing import Any

from hardware.errors import LineLost, LineStalled, NotConnected
from hardware.port_names import UsbPort

PRINTER_CLASS = 7
CHUNK = 4096


class UsbTransport:
    """The first printer interface of the device that the port names.

    Where several are alike, the one with that serial number or in that socket. It is looked for
    anew whenever the line is opened: a printer that was pulled out and put in again has a new
    address on its bus.
    """

    one_way = False

    def __init__(self, port: UsbPort, *, backend: object = None) -> None:
        """`backend` is pyusb's: the system's libusb unless told."""
        which = port.serial or (port.path and f"@{port.path}")
        self.name = f"usb:{port.vendor:04x}:{port.product:04x}" + (which and f":{which}")
        self._port = port
        self._backend = backend
        self._device: Any = None
        self._interface = 0
        self._out: Any = None
        self._in: Any = None

    def open(self) -> None:
        """See `Transport.open`."""
        if self._device is not None:
            return
        import usb.core  # noqa: PLC0415 - needs libusb, which a site without USB lacks
        import usb.util  # noqa: PLC0415

        port = self._port
        try:
            device = usb.core.find(
                idVendor=port.vendor,
                idProduct=port.product,
                custom_match=lambda found: _is_named(found, port),
                backend=self._backend,
            )
        except (usb.core.USBError, usb.core.NoBackendError) as error:
            raise NotConnected(f"{self.name}: {error}") from error
        if device is None:
            raise NotConnected(f"{self.name}: no such device")
        try:
            self._claim(device)
        except (usb.core.USBError, NotImplementedError, NotConnected) as error:
            usb.util.dispose_resources(device)
            raise NotConnected(f"{self.name}: {error}") from error
        self._device = device

    def _claim(self, device: Any) -> None:
        """Take the printer's interface away from the kernel and find its two pipes."""
        import usb.util  # noqa: PLC0415

        interface = usb.util.find_descriptor(
            device.get_active_configuration(), bInterfaceClass=PRINTER_CLASS
        )
        if interface is None:
            raise NotConnected(f"{self.name}: not a printer")
        self._interface = interface.bInterfaceNumber
        if device.is_kernel_driver_active(self._interface):
            device.detach_kernel_driver(self._interface)
        usb.util.claim_interface(device, self._interface)
        self._out = _endpoint(interface, usb.util.ENDPOINT_OUT)
        self._in = _endpoint(interface, usb.util.ENDPOINT_IN)
        if self._out is None or self._in is None:
            raise NotConnected(f"{self.name}: endpoints are missing")

    def write(self, data: bytes, deadline_s: float) -> None:
        """See `Transport.write`."""
        self._check_open()
        import usb.core  # noqa: PLC0415

        end = time.monotonic() + deadline_s
        sent = 0
        while sent < len(data):
            left_ms = int((end - time.monotonic()) * 1000)
            if left_ms <= 0:
                raise LineStalled(f"{self.name} takes no more bytes", sent)
            try:
                sent += self._out.write(data[sent : sent + CHUNK], left_ms)
            except usb.core.USBTimeoutError as error:
                raise LineStalled(f"{self.name} takes no more bytes", sent) from error
            except usb.core.USBError as error:
                raise LineLost(f"{self.name}: {error}", sent) from error

    def read(self, max_bytes: int, timeout_s: float) -> bytes:
        """See `Transport.read`. libusb reads 0 as "for ever", so a poll waits 1 ms."""
        self._check_open()
        import usb.core  # noqa: PLC0415

        try:
            return bytes(self._in.read(max_bytes, max(1, int(timeout_s * 1000))))
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as error:
            raise LineLost(f"{self.name}: {error}") from error

    def _check_open(self) -> None:
        if self._device is None:
            raise NotConnected(f"{self.name} is not open")

    def close(self) -> None:
        """See `Transport.close`."""
        device, self._device = self._device, None
        if device is None:
            return
        import usb.core  # noqa: PLC0415
        import usb.util  # noqa: PLC0415

        try:
            usb.util.release_interface(device, self._interface)
            usb.util.dispose_resources(device)
        except usb.core.USBError:
            pass  # the device was already gone


def _is_named(device: Any, port: UsbPort) -> bool:
    if port.path:
        return place_of(device) == port.path
    return not port.serial or serial_number(device) == port.serial


def place_of(device: Any) -> str:
    """The socket that it is in, as the kernel numbers them: "1-2.4"."""
    return f"{device.bus}-{'.'.join(str(number) for number in device.port_numbers or ())}"


def is_printer(device: Any) -> bool:
    """Whether it has an interface of the printer class."""
    import usb.core  # noqa: PLC0415
    import usb.util  # noqa: PLC0415

    try:
        return any(
            usb.util.find_descriptor(configuration, bInterfaceClass=PRINTER_CLASS)
            for configuration in device
        )
    except usb.core.USBError:
        return False


def serial_number(device: Any) -> str:
    """What the device says its serial number is; "" where it has none or may not be asked."""
    import usb.core  # noqa: PLC0415

    try:
        return str(device.serial_number or "")
    except (usb.core.USBError, ValueError):  # ValueError: it tells no language
        return ""


def _endpoint(interface: Any, direction: int) -> Any:
    import usb.util  # noqa: PLC0415

    return usb.util.find_descriptor(
        interface,
        custom_match=lambda e: (
            usb.util.endpoint_direction(e.bEndpointAddress) == direction
            and usb.util.endpoint_type(e.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        ),
    )
