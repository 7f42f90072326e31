"""The pipe between a driver and its device: bytes out, bytes in, every wait bounded.

A transport knows nothing of what the bytes mean. Those that are file descriptors share one pair
of loops (`descriptor`); `usb` has its own; `loopback` is a cable in memory.
"""

from typing import Protocol


class Transport(Protocol):
    """One line to one device, used by one thread."""

    one_way: bool
    """True where the device can never answer (a file, a raw printer node)."""

    def open(self) -> None:
        """Open the line; does nothing when it is open. Raises `NotConnected`."""
        ...

    def write(self, data: bytes, deadline_s: float) -> None:
        """Hand all of `data` to the line within `deadline_s` seconds.

        Raises `LineLost` or `LineStalled`; their `sent` says how many bytes had gone out, so that
        a caller knows nothing (0) from something.
        """
        ...

    def read(self, max_bytes: int, timeout_s: float) -> bytes:
        """What has come in, at most `max_bytes`; empty when `timeout_s` seconds passed silently.

        Raises `LineLost`.
        """
        ...

    def close(self) -> None:
        """Close the line; never waits for the other end, never raises."""
        ...
