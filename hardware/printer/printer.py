"""The ESC/POS printer: is it ready, and was the slip really printed.

preflight ──not ready──> refused
    │ ready
  send ──nothing went out──> refused
    │  └──a part went out──> unknown
  wait for our process id ──came──> printed
    │  └──status says stopped, or the time is over──> unknown
    └ no process ids on this model: GS r behind the slip ──came, and ready──> printed, probable
"""

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hardware.errors import LineError, LineStalled
from hardware.printer import frames
from hardware.printer.conversation import Conversation, Tell, Waits
from hardware.printer.escpos_bytes import Form, compile_slip
from hardware.printer.paper import Paper
from hardware.printer.report import PrintReport
from hardware.printer.slip import Slip
from hardware.status import DeviceStatus
from hardware.transport import Transport

if TYPE_CHECKING:
    from hardware.simulators.printer import SimulatedPrinter


@dataclass(frozen=True, slots=True)
class Description:
    """What a printer says of itself; empty and None where it does not."""

    model: str = ""
    confirms: bool | None = None
    """Whether it tells when a slip is on paper (GS ( H); else its slips are "probable"."""


BUSY = DeviceStatus("unavailable", "busy", "it still works off what it was sent before")
PASSING = ("no_answer", "noise")
"""Reasons that may pass while a slip is printed: its outcome is waited for all the same."""


def _nobody(status: DeviceStatus) -> None:
    """Whoever does not want to be told."""


class EscposPrinter:
    """One printer on one line, used by one thread; every call ends within its stated time.

    It connects by itself whenever it is asked something and the line is down, and never raises
    for what a device or a cable does.
    """

    def __init__(
        self,
        line: Transport,
        *,
        paper: Paper,
        fonts: Path,
        form: Form = "raster",
        waits: Waits | None = None,
        simulator: "SimulatedPrinter | None" = None,
    ) -> None:
        self.simulator = simulator
        """The machine at the far end where it is simulated in this process, else None."""
        self._line = line
        self._paper = paper
        self._fonts = fonts
        self._form: Form = form
        self._waits = waits or Waits()
        self._talk: Conversation | None = None
        self._torn = True  # a process before this one may have died in the middle of a slip

    def status(self) -> DeviceStatus:
        """How the printer is now; takes at most 2 s, and the first time, or after a slip that
        broke off, as long as its line needs for 9 kB more."""
        try:
            return self._ask()
        except LineError as error:
            self._hang_up()
            return DeviceStatus("unavailable", "not_connected", str(error))

    def print_slip(self, slip: Slip, job_id: int, tell: Tell = _nobody) -> PrintReport:
        """Print `slip`, once. `job_id` names it to the printer and must differ from recent ones.
        What the printer shows meanwhile is told at once, on this thread: the outcome may take
        longer than a technician should wait to hear of a fault.

        Takes at most 2 s to refuse, and else the time of the paper plus `Waits.printing_s`.
        """
        began = time.monotonic()
        report = self._print(slip, frames.process_id(job_id), tell)
        return replace(report, seconds=time.monotonic() - began)

    def describe(self) -> Description:
        """What the printer is: asked of it, never taken from a list of names. Takes at most 4 s."""
        if not self.status().ready or self._line.one_way:
            return Description()
        talk = self._connect()
        try:
            return Description(talk.model(), talk.knows_process_id)
        except LineError:
            self._hang_up()
            return Description()

    def close(self) -> None:
        """Let go of the line; the next call opens it again."""
        self._hang_up()

    def _connect(self) -> Conversation:
        if self._talk is None:
            self._line.open()
            self._talk = Conversation(self._line, self._waits)
        return self._talk

    def _hang_up(self) -> None:
        self._talk = None
        self._line.close()

    def _ask(self) -> DeviceStatus:
        """The status. A printer that is ready is freed of a torn slip, asked, once for each
        connection, whether it knows process ids, and otherwise whether it is done with the slips
        before."""
        old = self._talk is not None
        talk = self._connect()
        if self._line.one_way:
            return DeviceStatus("ready", detail="this line carries no answers")
        try:
            status = talk.status()
            if status.ready and self._torn:
                talk.start_afresh()
                self._torn = False
            if status.ready:
                talk.probe()
                if not talk.settled():
                    return BUSY
        except LineError:
            self._hang_up()
            if not old:
                raise
            return self._ask()  # the other end hung up long ago, which only this use showed
        return status

    def _print(self, slip: Slip, name: bytes, tell: Tell) -> PrintReport:
        status = self.status()
        tell(status)
        if not status.ready:
            return PrintReport("refused", status.reason, status.detail)
        compiled = compile_slip(slip, self._paper, self._fonts, self._form)
        report = self._send(compiled.data, name, tell)
        return (
            report if report.outcome == "refused" else replace(report, paper_mm=compiled.paper_mm)
        )

    def _send(self, data: bytes, name: bytes, tell: Tell) -> PrintReport:
        try:
            talk = self._connect()
        except LineError as error:
            return PrintReport("refused", error.code, str(error))
        try:
            talk.send(data, name, tell)
        except LineError as error:
            return self._broken(error, talk)
        if self._line.one_way:
            return PrintReport("printed", detail="written; this line carries no answers")
        try:
            return self._outcome(talk, name, tell)
        except LineError as error:
            self._torn = True
            self._hang_up()
            return PrintReport("unknown", error.code, str(error))

    def _broken(self, error: LineError, talk: Conversation) -> PrintReport:
        """The line failed while sending. A stalled line stays open: it may tell more."""
        if not isinstance(error, LineStalled):
            self._hang_up()
        if not error.sent:
            return PrintReport("refused", error.code, str(error))
        self._torn = True
        cause = talk.stopped or DeviceStatus("unavailable", error.code, str(error))
        return PrintReport("unknown", cause.reason, f"{cause.detail}; {error.sent} bytes were sent")

    def _outcome(self, talk: Conversation, name: bytes, tell: Tell) -> PrintReport:
        if not talk.knows_process_id:
            return self._probable(talk, tell)
        end = time.monotonic() + self._waits.printing_s
        status = DeviceStatus("ready")
        while time.monotonic() < end:
            if talk.wait_done(name, self._waits.poll_s):
                return PrintReport("printed")
            status = talk.status()
            tell(status)
            if not status.ready and status.reason not in PASSING:
                break
        if talk.wait_done(name, 0):
            return PrintReport("printed")
        return PrintReport("unknown", status.reason or "not_finished", status.detail)

    def _probable(self, talk: Conversation, tell: Tell) -> PrintReport:
        """For models without process ids: the question asked behind the slip was answered, and
        then all was well. The paper is not proven, so it is `probable`."""
        end = time.monotonic() + self._waits.printing_s
        status = DeviceStatus("ready")
        fence = None
        while fence is None and time.monotonic() < end:
            fence = talk.wait_fence(self._waits.poll_s)
            status = talk.status()
            tell(status)
            if not status.ready and status.reason not in PASSING:
                return PrintReport("unknown", status.reason, status.detail)
        if fence is None or not status.ready:
            return PrintReport("unknown", status.reason or "not_finished", status.detail)
        if fence.paper_out:
            return PrintReport("unknown", "paper_out", "the roll of paper has ended")
        return PrintReport("printed", "probable", "answered behind the slip")
