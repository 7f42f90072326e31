"""The scanner: is it there, and what did it read.

A scanner is asked nothing and says nothing until it reads: that its line is open is all that can
be known of it. Nothing that it reads is logged.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hardware.errors import LineError
from hardware.scanner.forms import Foreign, Form, form_of
from hardware.scanner.framing import Assembler, OnceEach, text_of
from hardware.status import DeviceStatus
from hardware.transport import Transport

if TYPE_CHECKING:
    from hardware.simulators.scanner import SimulatedScanner

READY = DeviceStatus("ready")
STARTING = DeviceStatus("starting")
LISTEN_S = 0.1
RETRY_S = 0.5
CHUNK = 4096


@dataclass(frozen=True, slots=True)
class ScannerLook:
    """How the scanner is, and what it read since the last look, oldest first."""

    status: DeviceStatus
    reads: tuple[Form, ...] = ()


class QrScanner:
    """One scanner on one line, used by one thread. It connects by itself and never raises for
    what a scanner or a cable does."""

    def __init__(
        self,
        line: Transport,
        *,
        cards: bool = False,
        simulator: "SimulatedScanner | None" = None,
        on_close: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`cards`: chip ID cards may be read; see `forms.CardForm`."""
        self.simulator = simulator
        """The scanner at the far end where it is simulated in this process, else None."""
        self._line = line
        self._cards = cards
        self._on_close = on_close
        self._clock = clock
        self._is_open = False
        self._status = STARTING
        self._next_attempt = 0.0
        self._assembler = Assembler()
        self._once = OnceEach()

    def look(self, listen_s: float = LISTEN_S) -> ScannerLook:
        """Listen for `listen_s` seconds, or until bytes come. While the line is away it does not
        wait; how often it is tried is its own affair."""
        if not self._is_open and self._clock() < self._next_attempt:
            return ScannerLook(self._status)
        try:
            self._connect()
            data = self._line.read(CHUNK, listen_s)
        except LineError as error:
            self._hang_up()
            self._status = DeviceStatus("unavailable", "not_connected", str(error))
            return ScannerLook(self._status)
        self._status = READY
        now = self._clock()
        self._once.forget(now)
        raw = self._assembler.feed(data, now)
        return ScannerLook(READY, tuple(self._forms(raw, now)))

    def _forms(self, raw: list[bytes], now: float) -> list[Form]:
        texts = [text_of(read) for read in raw]
        news = [text for text in texts if self._once.is_new(text, now)]
        return [form_of(text, cards=self._cards) if text else Foreign() for text in news]

    def _connect(self) -> None:
        if self._is_open:
            return
        self._next_attempt = self._clock() + RETRY_S
        self._line.open()
        self._is_open = True
        self._assembler = Assembler()

    def _hang_up(self) -> None:
        self._is_open = False
        self._line.close()

    def close(self) -> None:
        """Let go of the line."""
        self._hang_up()
        self._on_close()
