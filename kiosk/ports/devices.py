"""What the core asks of a device: each is used by one thread alone and never raises for a fault."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from hardware.printer.slip import Slip
from hardware.scanner.forms import Form
from kiosk.words.devices import DeliveryOutcome

Condition = Literal["ready", "starting", "unavailable"]
Outcome = Literal["refused", "printed", "unknown"]
DropOutcome = Literal["refused", "dropped", "not_dropped", "unknown"]


class EdgeStatus(Protocol):
    """How an edge is. `reason` is a stable code, `detail` is for the technician."""

    @property
    def state(self) -> Condition: ...
    @property
    def reason(self) -> str: ...
    @property
    def detail(self) -> str: ...


class PrinterStatus(EdgeStatus, Protocol):
    """A printer also warns: "paper_low"."""

    @property
    def warnings(self) -> tuple[str, ...]: ...


class PrintReport(Protocol):
    """What became of a slip; see kiosk.store.print_jobs for the outcomes."""

    @property
    def outcome(self) -> Outcome: ...
    @property
    def reason(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def paper_mm(self) -> int: ...


class Printer(Protocol):
    """Blocking, used by one thread alone; every call ends within its own time-out."""

    def status(self) -> PrinterStatus:
        """Ask the printer, connecting first where necessary."""
        ...

    def print_slip(
        self, slip: Slip, job_id: int, tell: Callable[[PrinterStatus], object]
    ) -> PrintReport:
        """Print and find out what became of it. Never raises for a fault of the device.

        `tell` hears, on the same thread, how the printer is meanwhile.
        """
        ...

    def close(self) -> None:
        """Let go of the port."""
        ...


class BoardLook(Protocol):
    """How the board is, and which inputs are on."""

    @property
    def status(self) -> EdgeStatus: ...
    @property
    def inputs(self) -> tuple[bool, ...] | None:
        """None where they are not known now."""
        ...

    def on(self, terminal: int) -> bool:
        """Whether input `terminal` is known to be on; terminal 0 is wired to nothing."""
        ...


class DropReport(Protocol):
    """What became of one attempt to give one thing out; see kiosk.queueing.refreshment."""

    @property
    def outcome(self) -> DropOutcome: ...
    @property
    def reason(self) -> str: ...
    @property
    def detail(self) -> str: ...


class Board(Protocol):
    """Blocking, used by one thread alone; never raises for a fault of the board."""

    def look(self) -> BoardLook:
        """Ask the board, connecting first where necessary."""
        ...

    def give(
        self,
        output: int,
        drop: int,
        *,
        pulse_ms: int,
        within_s: float,
        tell: Callable[[BoardLook], object],
    ) -> DropReport:
        """Move a dispenser once and watch its sensor; `tell` hears what is seen meanwhile."""
        ...

    def light(self, terminal: int) -> None:
        """Keep this output on; 0: none."""
        ...

    def close(self) -> None:
        """Switch every output off and let go of the port."""
        ...


class ScannerLook(Protocol):
    """How the scanner is, and what it read since the last look."""

    @property
    def status(self) -> EdgeStatus: ...
    @property
    def reads(self) -> Sequence[Form]: ...


class Scanner(Protocol):
    """Blocking, used by one thread alone; never raises for a fault of the scanner."""

    def look(self) -> ScannerLook:
        """Listen for a moment."""
        ...

    def close(self) -> None:
        """Let go of the port."""
        ...


class DeliveryReport(Protocol):
    """What became of a delivery."""

    @property
    def outcome(self) -> DeliveryOutcome: ...
    @property
    def reason(self) -> str: ...
    @property
    def detail(self) -> str: ...


class Base(Protocol):
    """What the kiosk stands on. Blocking, used by one thread alone, but for `cancel`."""

    @property
    def places(self) -> Sequence[str]:
        """Where it can bring something; "" is here."""
        ...

    def status(self) -> EdgeStatus: ...
    def greet(self) -> None:
        """Nod, wave, or whatever its way is."""
        ...

    def deliver(self, item: str, place: str) -> DeliveryReport:
        """Carry `item` to `place`; may take minutes."""
        ...

    def cancel(self) -> None:
        """Call it back; from any thread."""
        ...

    def close(self) -> None: ...
