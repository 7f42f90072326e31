"""A cable in memory between a driver and a simulated device in the same process.

It can be damaged and pulled out at any byte, so that what happens to real cables can be tried.
"""

import threading
import time
from collections.abc import Callable
from typing import Protocol

from hardware.errors import LineLost, LineStalled, NotConnected

Answer = Callable[[bytes], None]
STEP_S = 0.002
"""How often a device that takes no bytes is offered them again."""


class Device(Protocol):
    """The far end of a cable: a simulator."""

    @property
    def plugged(self) -> bool:
        """Whether the cable is in."""
        ...

    def attach(self, answer: Answer) -> None:
        """A line is connected; answers go to `answer`, from any thread."""
        ...

    def detach(self) -> None:
        """The line is gone."""
        ...

    def receive(self, data: bytes) -> int:
        """Take bytes; returns how many were taken (fewer when busy)."""
        ...


def undamaged(data: bytes) -> bytes:
    """What a good cable does to bytes."""
    return data


class LoopbackTransport:
    """The driver's end. `damage` is applied to everything that comes back."""

    one_way = False

    def __init__(self, device: Device) -> None:
        self.damage: Callable[[bytes], bytes] = undamaged
        self._device = device
        self._arrived = threading.Condition()
        self._incoming = bytearray()
        self._open = False

    def open(self) -> None:
        """See `Transport.open`."""
        if self._open:
            return
        if not self._device.plugged:
            raise NotConnected("loopback: unplugged")
        self._incoming.clear()
        self._device.attach(self._answer)
        self._open = True

    def _answer(self, data: bytes) -> None:
        with self._arrived:
            self._incoming += self.damage(data)
            self._arrived.notify_all()

    def write(self, data: bytes, deadline_s: float) -> None:
        """See `Transport.write`."""
        self._check_open()
        end = time.monotonic() + deadline_s
        sent = 0
        while sent < len(data):
            if not self._device.plugged:
                raise LineLost("loopback: unplugged", sent)
            taken = self._device.receive(data[sent:])
            sent += taken
            if not taken and time.monotonic() > end:
                raise LineStalled("loopback takes no more bytes", sent)
            if not taken:
                time.sleep(STEP_S)

    def read(self, max_bytes: int, timeout_s: float) -> bytes:
        """See `Transport.read`."""
        self._check_open()
        with self._arrived:
            self._arrived.wait_for(lambda: self._incoming or not self._device.plugged, timeout_s)
            data = bytes(self._incoming[:max_bytes])
            del self._incoming[:max_bytes]
        if not data and not self._device.plugged:
            raise LineLost("loopback: unplugged")
        return data

    def _check_open(self) -> None:
        if not self._open:
            raise NotConnected("loopback is not open")

    def close(self) -> None:
        """See `Transport.close`."""
        if self._open:
            self._device.detach()
        self._open = False
