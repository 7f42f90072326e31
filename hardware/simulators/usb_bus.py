"""A USB bus with simulated printers in its sockets, as a backend of pyusb.

pyusb's own code runs on it, from enumeration to bulk transfers; only libusb and the kernel are
played. Pulling a device out makes its handle fail with ENODEV, and each time it is put in it has a
new address, as on a real bus. One handle at a time may claim its interface (EBUSY).
"""

from __future__ import annotations

import errno
import threading
import time
from array import array
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core

from hardware.transport.loopback import Device
from hardware.transport.usb import PRINTER_CLASS

OUT, IN = 0x01, 0x82
PACKET = 64
STEP_S = 0.002
SERIAL_INDEX = 3
LANGUAGES = b"\x04\x03\x09\x04"
GET_DESCRIPTOR, STRING = 6, 3


@dataclass(eq=False)
class Socket:
    """A place on the bus, such as 1-2.4, and the printer in it."""

    machine: Device
    vendor: int
    product: int
    place: str
    serial: str = ""
    address: int = 0
    kernel_has_it: bool = True
    claimed_by: Handle | None = None
    seen_plugged: bool = False


@dataclass(eq=False)
class Handle:
    """An opened device; what the machine answers waits here."""

    socket: Socket
    address: int
    arrived: threading.Condition = field(default_factory=threading.Condition)
    incoming: bytearray = field(default_factory=bytearray)

    def answer(self, data: bytes) -> None:
        """The machine says something."""
        with self.arrived:
            self.incoming += data
            self.arrived.notify_all()


class SimulatedUsbBus(usb.backend.IBackend):  # type: ignore[misc]  # pyusb has no types
    """Give it to whatever takes a pyusb backend."""

    def __init__(self, *sockets: Socket) -> None:
        super().__init__()
        self._sockets = sockets
        self._addresses = 0

    def enumerate_devices(self) -> list[Socket]:
        """The sockets in which a device is now."""
        for socket in self._sockets:
            if socket.machine.plugged and not socket.seen_plugged:
                self._addresses += 1
                socket.address = self._addresses
                socket.kernel_has_it = True
            socket.seen_plugged = socket.machine.plugged
        return [socket for socket in self._sockets if socket.machine.plugged]

    # Descriptors: a printer with one configuration, one interface, two bulk endpoints

    def get_device_descriptor(self, dev: Socket) -> Any:
        """See pyusb."""
        bus, _, ports = dev.place.partition("-")
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x0200, bDeviceClass=0, bDeviceSubClass=0,
            bDeviceProtocol=0, bMaxPacketSize0=PACKET, idVendor=dev.vendor, idProduct=dev.product,
            bcdDevice=0x0100, iManufacturer=0, iProduct=0,
            iSerialNumber=SERIAL_INDEX if dev.serial else 0, bNumConfigurations=1,
            address=dev.address, bus=int(bus), port_number=int(ports.split(".")[-1]),
            port_numbers=tuple(int(port) for port in ports.split(".")), speed=2,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: Socket, config: int) -> Any:
        """See pyusb."""
        del dev
        if config:
            raise IndexError(config)
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1,
            iConfiguration=0, bmAttributes=0xC0, bMaxPower=1, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: Socket, intf: int, alt: int, config: int) -> Any:
        """See pyusb."""
        del dev
        if intf or alt or config:
            raise IndexError(intf)
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2,
            bInterfaceClass=PRINTER_CLASS, bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0,
            extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(
        self, dev: Socket, ep: int, intf: int, alt: int, config: int
    ) -> Any:
        """See pyusb."""
        del dev, intf, alt, config
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(OUT, IN)[ep], bmAttributes=2,
            wMaxPacketSize=PACKET, bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    # Opening and claiming

    def open_device(self, dev: Socket) -> Handle:
        """See pyusb."""
        return Handle(dev, dev.address)

    def close_device(self, dev_handle: Handle) -> None:
        """See pyusb."""
        self.release_interface(dev_handle, 0)

    def get_configuration(self, dev_handle: Handle) -> int:
        """See pyusb."""
        self._check(dev_handle)
        return 1

    def is_kernel_driver_active(self, dev_handle: Handle, intf: int) -> bool:
        """Whether usblp sits on it."""
        del intf
        return dev_handle.socket.kernel_has_it

    def detach_kernel_driver(self, dev_handle: Handle, intf: int) -> None:
        """See pyusb."""
        del intf
        dev_handle.socket.kernel_has_it = False

    def claim_interface(self, dev_handle: Handle, intf: int) -> None:
        """See pyusb."""
        del intf
        self._check(dev_handle)
        socket = dev_handle.socket
        if socket.kernel_has_it or socket.claimed_by not in {None, dev_handle}:
            raise usb.core.USBError("Resource busy", errno=errno.EBUSY)
        if socket.claimed_by is None:
            socket.claimed_by = dev_handle
            socket.machine.attach(dev_handle.answer)

    def release_interface(self, dev_handle: Handle, intf: int) -> None:
        """See pyusb."""
        del intf
        if dev_handle.socket.claimed_by is dev_handle:
            dev_handle.socket.claimed_by = None
            dev_handle.socket.machine.detach()

    # Transfers

    def ctrl_transfer(
        self,
        dev_handle: Handle,
        bmRequestType: int,  # noqa: N803 - pyusb's names
        bRequest: int,  # noqa: N803
        wValue: int,  # noqa: N803
        wIndex: int,  # noqa: N803
        data: array[int],
        timeout: int,
    ) -> int:
        """String descriptors alone."""
        del bmRequestType, wIndex, timeout
        self._check(dev_handle)
        if bRequest != GET_DESCRIPTOR or wValue >> 8 != STRING:
            raise usb.core.USBError("Pipe error", errno=errno.EPIPE)
        words = dev_handle.socket.serial.encode("utf-16-le")
        answer = bytes((len(words) + 2, STRING)) + words if wValue & 0xFF else LANGUAGES
        data[: len(answer)] = array("B", answer)
        return len(answer)

    def bulk_write(self, dev_handle: Handle, ep: int, intf: int, data: Any, timeout: int) -> int:
        """As many bytes as the machine takes in time; a time-out only where it takes none."""
        del ep, intf
        end = time.monotonic() + timeout / 1000
        left = bytes(data)
        while left:
            self._check(dev_handle)
            taken = dev_handle.socket.machine.receive(left)
            left = left[taken:]
            if not taken and time.monotonic() >= end:
                break
            if not taken:
                time.sleep(STEP_S)
        if len(left) == len(data):
            raise usb.core.USBTimeoutError("Operation timed out", errno=errno.ETIMEDOUT)
        return len(data) - len(left)

    def bulk_read(
        self, dev_handle: Handle, ep: int, intf: int, buff: array[int], timeout: int
    ) -> int:
        """What has come."""
        del ep, intf
        with dev_handle.arrived:
            dev_handle.arrived.wait_for(
                lambda: dev_handle.incoming or not dev_handle.socket.machine.plugged, timeout / 1000
            )
            data = bytes(dev_handle.incoming[: len(buff)])
            del dev_handle.incoming[: len(data)]
        if data:
            buff[: len(data)] = array("B", data)
            return len(data)
        self._check(dev_handle)
        raise usb.core.USBTimeoutError("Operation timed out", errno=errno.ETIMEDOUT)

    def _check(self, handle: Handle) -> None:
        """A handle is of one plugging-in: after the next the device has another address."""
        if not handle.socket.machine.plugged or handle.address != handle.socket.address:
            raise usb.core.USBError("No such device", errno=errno.ENODEV)
