"""The life of a slip: from a durable job to paper, or to a known reason why not.

A slip that belongs to no ticket (a checklist) promises nothing and has no job: it is printed once,
when the slips of tickets are done, or not at all.

One job at a time, on the printer's own thread. Before a byte goes out the job is marked
`sending` on the disk: if the core dies then, the next start knows that the outcome is unknown.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from hardware.printer.slip import Slip
from kiosk.core.printer_edge import PrinterEdge, PrinterHost
from kiosk.errors import CommandRefused, StoreUnavailable
from kiosk.ports import Condition, Outcome, Store
from kiosk.queueing.print_job import PrintJob, PrintState

log = logging.getLogger(__name__)

STATUS_EVERY_S = 0.75  # with the driver's own waits, a fault is known within 2 s
MAX_REPRINTS = 2
MAX_LOOSE = 3  # more than that wait for a printer that is too slow for them


@dataclass(frozen=True, slots=True)
class LooseSlip:
    """A slip that belongs to no ticket; `settled` is told what became of it."""

    slip: Slip
    settled: Callable[[Outcome, str], object]


class PrintingHost(PrinterHost, Protocol):
    """What printing needs of the engine."""

    store: Store

    def now(self) -> datetime: ...
    def slip_of(self, job: PrintJob) -> Slip | None: ...
    def job_changed(self, job: PrintJob) -> None: ...
    def store_is(self, state: Condition, *, reason: str, detail: str) -> None: ...


class Printing:
    """The jobs that wait for paper."""

    def __init__(self, host: PrintingHost, printer: PrinterEdge, *, retry_s: int) -> None:
        self._host = host
        self._printer = printer
        self.try_again_for(retry_s)
        self._waiting: deque[PrintJob] = deque()
        self._refused: dict[int, PrintJob] = {}
        self._unkept: deque[PrintJob] = deque()  # outcomes that the store could not take yet
        self._loose: deque[LooseSlip] = deque()
        self._loose_sent = 0
        self._wake = asyncio.Event()
        self._start = 0  # counts the starts: after a restore, job numbers may mean other jobs

    def try_again_for(self, seconds: int) -> None:
        """So long a refused slip is tried again by itself."""
        self._retry = timedelta(seconds=seconds)

    def add(self, job: PrintJob) -> None:
        """Queue a pending job."""
        self._waiting.append(job)
        self._wake.set()

    def add_loose(self, slip: Slip, settled: Callable[[Outcome, str], object]) -> None:
        """Print a slip that belongs to no ticket: once, after theirs, and never after a restart.

        Raises CommandRefused (printer) where enough of them wait.
        """
        if len(self._loose) >= MAX_LOOSE:
            raise CommandRefused("the printer has enough to do", code="printer")
        self._loose.append(LooseSlip(slip, settled))
        self._wake.set()

    def resume(self) -> None:
        """After a start: what was being sent is unknown, what waited goes on while it is fresh."""
        self._start += 1
        self._waiting.clear()
        self._refused.clear()
        self._unkept.clear()
        for job in self._host.store.unfinished_jobs():
            if job.state == "sending":
                self._move(job, "unknown", "restart")
            elif not self._is_fresh(job):
                if job.state == "pending":
                    self._move(job, "refused", "restart")
            elif job.state == "pending":
                self.add(job)
            else:
                self._refused[job.id] = job

    def left(self, ticket_id: int) -> None:
        """The citizen has gone with the number on the screen: no late slip for the next one."""
        job = self._host.store.newest_job(ticket_id)
        if job is not None and job.state == "refused":
            self._forget(job)
            self._move(job, "abandoned", "photographed")

    def received(self, ticket_id: int) -> None:
        """The citizen has the slip, or does without it."""
        job = self._host.store.newest_job(ticket_id)
        if job is None:
            return
        self._forget(job)
        if job.state == "unknown":
            self._move(job, "printed", "confirmed")
        elif job.state in ("refused", "pending"):
            self._move(job, "abandoned", "not_wanted")

    def reprint(self, ticket_id: int) -> PrintJob:
        """The citizen wants the slip: marked as a reprint if it may be on paper already.

        Raises CommandRefused (wrong_state) after two reprints: then a clerk helps.
        """
        job = self._host.store.newest_job(ticket_id)
        if job is None or job.state in ("pending", "sending"):
            raise CommandRefused("this slip is on its way", code="wrong_state")
        self._forget(job)
        if job.state in ("refused", "abandoned"):  # nothing of this job was sent
            again = self._move(job, "pending", "")
        else:
            if self._host.store.reprints(ticket_id) >= MAX_REPRINTS:
                raise CommandRefused("this slip was reprinted twice", code="wrong_state")
            again = self._host.store.reprint(ticket_id, _stamp(self._host.now()))
            self._host.job_changed(again)
        self.add(again)
        return again

    async def run(self) -> None:
        """Print and look after the printer until cancelled."""
        try:
            while True:
                await self._printer.open()
                while self._waiting or self._loose:
                    if self._waiting:
                        await self._print(self._waiting.popleft())
                    else:
                        await self._print_loose(self._loose.popleft())
                await self._look_after()
                self._wake.clear()
                if not self._waiting and not self._loose:
                    await self._nap()
        finally:
            self._printer.close()

    async def _nap(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STATUS_EVERY_S):
                await self._wake.wait()

    async def _print(self, job: PrintJob) -> None:
        if why_not := self._printer.why_not:
            self._settle(job, "refused", why_not, "")
            return
        try:
            slip = self._host.slip_of(job)
            if slip is None:
                self._move(job, "abandoned", "no_service")
                return
            job = self._move(job, "sending", "")
        except StoreUnavailable:
            self._settle(job, "refused", "store", "")
            return
        start = self._start
        done = await self._printer.print(slip, job.id)
        if start == self._start:
            self._settle(job, done.outcome, done.reason, done.detail)

    async def _print_loose(self, loose: LooseSlip) -> None:
        self._loose_sent += 1  # its name to the printer: below zero, as no ticket's job is
        done = await self._printer.print(loose.slip, -self._loose_sent)
        log.info("slip without a ticket: %s %s %s", done.outcome, done.reason, done.detail)
        loose.settled(done.outcome, done.reason)

    def _settle(self, job: PrintJob, outcome: PrintState, reason: str, detail: str) -> None:
        """Write the outcome down, or remember it until the store can, and tell the faces."""
        log.info("slip of job %d: %s %s %s", job.id, outcome, reason, detail)
        settled = replace(job, state=outcome, reason=reason)
        if outcome == "refused":
            self._refused[job.id] = settled
        self._unkept.append(settled)
        self._keep()
        self._host.job_changed(settled)

    def _keep(self) -> bool:
        """Write the outcomes that wait for the store; False while it cannot."""
        while self._unkept:
            job = self._unkept[0]
            try:
                self._host.store.move_job(job, job.state, job.reason, _stamp(self._host.now()))
            except StoreUnavailable as error:
                self._host.store_is("unavailable", reason="write_failed", detail=error.detail)
                return False
            self._unkept.popleft()
        return True

    async def _look_after(self) -> None:
        """Ask how the printer is; once it is ready, what it refused goes to it again."""
        ready = await self._printer.look()
        if not self._printer.why_not and self._keep():
            self._retry_refused(ready=ready)

    def _retry_refused(self, *, ready: bool) -> None:
        for job in list(self._refused.values()):
            if not self._is_fresh(job):
                del self._refused[job.id]
            elif ready:
                try:
                    again = self._move(job, "pending", "")
                except StoreUnavailable:
                    return
                del self._refused[job.id]
                self.add(again)

    def _is_fresh(self, job: PrintJob) -> bool:
        return self._host.now() - datetime.fromisoformat(job.created_at) <= self._retry

    def _forget(self, job: PrintJob) -> None:
        self._refused.pop(job.id, None)
        self._waiting = deque(other for other in self._waiting if other.id != job.id)

    def _move(self, job: PrintJob, state: PrintState, reason: str) -> PrintJob:
        moved = self._host.store.move_job(job, state, reason, _stamp(self._host.now()))
        self._host.job_changed(moved)
        return moved


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
