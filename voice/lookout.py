"""How a child process is: told when it changes, and looked at again while something is missing."""

import time
from collections.abc import Callable

from voice import wire

LOOK_AGAIN = (2.0, 30.0)  # seconds, first and longest wait before an absent part is tried again


class Lookout:
    """Used by the working thread alone."""

    def __init__(self, send: Callable[[wire.Event], None]) -> None:
        """`send` hears each change."""
        self.status = wire.Status("starting")
        self._send = send
        self._wait = LOOK_AGAIN[0]
        self._next = 0.0

    @property
    def until(self) -> float | None:
        """Seconds until an absent part is to be looked for again; None while all is well."""
        return None if self.status.state == "ready" else max(0.0, self._next - time.monotonic())

    def looked(self) -> None:
        """It was looked for: the next time after a longer wait."""
        self._next = time.monotonic() + self._wait
        self._wait = min(LOOK_AGAIN[1], 2 * self._wait)

    def tell(self, status: wire.Status) -> None:
        """Tell the owner, if that has changed."""
        if (status.state, status.reason) != (self.status.state, self.status.reason):
            self.status = status
            self._wait = LOOK_AGAIN[0]
            self._next = time.monotonic() + self._wait
            self._send(status)
