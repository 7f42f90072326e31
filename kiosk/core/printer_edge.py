"""The printer on its own thread, and what the faces are told of it."""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from hardware.printer.slip import Slip
from kiosk.core.device_thread import DeviceThread
from kiosk.core.paper import PaperForecast
from kiosk.ports import Condition, Outcome, Printer, PrinterStatus

log = logging.getLogger(__name__)

STATUS_WITHIN_S = 5.0
PRINT_WITHIN_S = 45.0
PAPER_LOW = "paper_low"


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of one slip."""

    outcome: Outcome
    reason: str
    detail: str = ""


class PrinterHost(Protocol):
    """Whoever is told how the printer is."""

    def printer_is(
        self,
        state: Condition,
        *,
        reason: str = "",
        detail: str = "",
        warnings: tuple[str, ...] = (),
        left: int | None = None,
    ) -> None: ...


class PrinterEdge:
    """Asks one thing at a time; an edge may raise or hang as it likes, the kiosk goes on."""

    def __init__(
        self, host: PrinterHost, open_printer: Callable[[], Printer], paper: PaperForecast
    ) -> None:
        self._host = host
        self._open_printer = open_printer
        self._paper = paper
        self._device = DeviceThread("printer")
        self._printer: Printer | None = None

    async def open(self) -> None:
        """Make the driver where that has not worked yet."""
        if self._printer is not None:
            return
        try:
            self._printer = await self._device.call(self._open_printer, STATUS_WITHIN_S)
        except Exception as error:  # an edge may raise anything
            self._host.printer_is("unavailable", reason="not_connected", detail=str(error))

    def close(self) -> None:
        """Let go of the driver, when its thread comes to it."""
        self._device.close(self._printer.close if self._printer is not None else None)
        self._printer = None

    @property
    def why_not(self) -> str:
        """The reason why nothing can be asked of it now, or ""."""
        if self._printer is None:
            return "not_connected"
        return "hung" if self._device.hangs else ""

    def is_busy(self) -> bool:
        """Whether its thread carries out a call now."""
        return self._device.hangs

    async def look(self) -> bool:
        """Ask how the printer is and tell; whether it is ready."""
        if self._printer is None:
            return False
        try:
            status = await self._device.call(self._printer.status, STATUS_WITHIN_S)
        except TimeoutError:
            self._host.printer_is("unavailable", reason="hung", detail="no answer")
            return False
        except Exception as error:  # as above
            self._host.printer_is("unavailable", reason="driver", detail=str(error))
            return False
        self._tell(status)
        return status.state == "ready"

    async def print(self, slip: Slip, job_id: int) -> Printed:
        """Print a slip, once."""
        if self._printer is None or self._device.hangs:
            return Printed("refused", self.why_not)
        loop = asyncio.get_running_loop()

        def tell(status: PrinterStatus) -> None:
            loop.call_soon_threadsafe(self._tell, status)

        ask = functools.partial(self._printer.print_slip, slip, job_id, tell)
        try:
            report = await self._device.call(ask, PRINT_WITHIN_S)
        except TimeoutError:
            return Printed("unknown", "hung", "the driver did not come back")
        except Exception as error:  # a driver's bug costs its slip, never the core
            log.exception("the printer's driver failed")
            return Printed("unknown", "driver", str(error))
        self._paper.took(report.paper_mm)
        return Printed(report.outcome, report.reason, report.detail)

    def _tell(self, status: PrinterStatus) -> None:
        if status.state == "ready":
            self._paper.sees(low=PAPER_LOW in status.warnings)
        self._host.printer_is(
            status.state,
            reason=status.reason,
            detail=status.detail,
            warnings=status.warnings,
            left=self._paper.slips_left if PAPER_LOW in status.warnings else None,
        )
