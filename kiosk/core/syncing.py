"""The tie to the centre: what goes up, what comes down, and whether it is there.

    every few seconds ─▶ the outbox, in order          every minute ─▶ how the kiosk is
    every minute      ─▶ what is new: bookings, documents, and what became of those

One thread speaks with the centre, one thing at a time; documents have a thread of their own. What
fails is tried again after a pause that grows to five minutes, for as long as it takes: the outbox
keeps everything. It is logged once when the centre goes and once when it is back. Nobody waits.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from kiosk.core.centre_line import CentreLine
from kiosk.core.clock import steady_clock
from kiosk.core.desk import QueueingDesk
from kiosk.core.devices import Devices
from kiosk.core.hall import HallRooms
from kiosk.core.health import health_of
from kiosk.core.pausing import BackOff
from kiosk.core.receiving import Receiving
from kiosk.core.renewing import FETCH_WITHIN_S, Renewing
from kiosk.core.sending import Sending
from kiosk.errors import CentreAway, CentreRefuses, StoreUnavailable, Trouble
from kiosk.ports import Centre, Condition, Documents, Store

log = logging.getLogger(__name__)

FIRST_PAGE_S = 2.0  # left to the screen, which starts at the same time on as few processors
LOOK_EVERY_S = 5.0  # at the enrolment, and at a store that is being mended
HOURLY_S = 3600.0
UNKNOWN_HERE = frozenset({"not_enrolled", "elsewhere", "key", "enrolled_anew"})
"""Nothing to ask the centre about."""
UNKNOWN_THERE = frozenset({"not_known", "revoked"})
BUSY = frozenset({429, 502, 503, 504})
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncRule:
    """See config.toml [centre]. `version` is that of this software; `free_mb` looks at the disk."""

    send_s: float = 10.0
    health_s: float = 60.0
    pull_s: float = 60.0
    answer_s: float = 15.0
    own: tuple[str, ...] = ()
    version: str = ""
    free_mb: Callable[[], int] = lambda: 0


class SyncingHost(Protocol):
    """The engine, as this room sees it."""

    store: Store
    desk: QueueingDesk
    devices: Devices
    hall: HallRooms

    def now(self) -> datetime: ...
    @property
    def follows(self) -> bool: ...
    def centre_is(
        self, state: Condition, *, reason: str, detail: str, warnings: tuple[str, ...] = ()
    ) -> None: ...


@dataclass(slots=True)
class _Job:
    """Something that comes round; `at` is when it is due, by the steady clock."""

    name: str
    do: Callable[[], Awaitable[bool]]
    every_s: float
    at: float = 0.0
    back_off: BackOff = field(default_factory=BackOff)


class Syncing:
    """Lives on the core's loop. Until `tie` it is alone."""

    def __init__(
        self,
        host: SyncingHost,
        shelf: Documents,
        renewing: Renewing,
        *,
        clock: Callable[[], float] = steady_clock,
    ) -> None:
        self._host = host
        self._shelf = shelf
        self._renewing = renewing
        self._clock = clock
        self._began = clock()
        self._line: CentreLine | None = None
        self._documents: CentreLine | None = None
        self._rule = SyncRule()
        self._jobs: list[_Job] = []
        self._refusals: dict[str, str] = {}  # of jobs that the centre does not take
        self._back_off = BackOff()
        self._device = ""  # under which name this turn speaks
        self._stamp: object = None  # that of the enrolment when it began
        self._woken = asyncio.Event()

    def tie(self, connect: Callable[[], Centre] | None, rule: SyncRule) -> None:
        """From now on this is the centre; None: there is none."""
        self._let_go()
        self._rule = rule
        self._back_off.reset()
        self._refusals.clear()
        if connect is not None:
            self._host.centre_is("starting", reason="connecting", detail="")
            self._line = CentreLine("centre", connect, rule.answer_s)
            self._documents = CentreLine("centre-documents", connect, FETCH_WITHIN_S)
            renewing = self._renewing
            receiving = Receiving(self._host, self._ask, renewing.want, renewing.woken.set)
            self._jobs = [
                _Job("events", Sending(self._host, self._ask).send, rule.send_s),
                _Job("health", self._tell_health, rule.health_s),
                _Job("changes", receiving.pull, rule.pull_s),
                _Job("fates", self._tell_fates, rule.send_s),
            ]
        self._renewing.fetch_with(self._documents.ask if self._documents else None, rule.own)
        self._woken.set()

    async def run(self) -> None:
        """Until cancelled."""
        await asyncio.sleep(FIRST_PAGE_S)
        try:
            while True:
                await self._rest(await self._turn())
        finally:
            self._let_go()

    def _let_go(self) -> None:
        for line in (self._line, self._documents):
            if line is not None:
                line.close()
        self._line = self._documents = None
        self._jobs = []

    async def _ask(self, call: Callable[[Centre, float], R]) -> R:
        """What the centre answers, whatever that is: it is there. Raises CentreAway."""
        if self._line is None:
            raise CentreAway("there is none")
        device = self._device
        try:
            answer = await self._line.ask(
                lambda centre, s: _as(centre, s, device=device, call=call)
            )
        except CentreRefuses as refusal:
            if not _is_its_own(refusal):
                self._is_there()
            raise
        self._is_there()
        return answer

    def _is_there(self) -> None:
        detail = "; ".join(self._refusals.values())
        warnings = ("refused",) if self._refusals else ()
        self._host.centre_is("ready", reason="", detail=detail, warnings=warnings)

    async def _turn(self) -> float:
        """Do what is due; seconds until something is."""
        line = self._line
        if line is None:
            self._host.centre_is("ready", reason="alone", detail="")
            return HOURLY_S
        self._stamp = line.stamp()
        try:
            self._device = await line.ask(_device)
            self._host.store.centre.is_device(self._device)
            for job in self._jobs:
                if job.at <= self._clock():
                    await self._do(job)
        except StoreUnavailable:
            return LOOK_EVERY_S  # housekeeping mends it
        except CentreAway as error:
            return self._away(error)
        self._back_off.reset()
        return max(0.0, min(job.at for job in self._jobs) - self._clock())

    async def _do(self, job: _Job) -> None:
        """One job, with its next time. What the centre refuses of one job does not stop the others;
        raises CentreAway where it is the centre itself."""
        try:
            more = await job.do()
        except CentreRefuses as refusal:
            if _is_its_own(refusal):
                raise
            job.at = self._clock() + job.back_off.next(refusal.after_s)
            told = f"{job.name}: {refusal.status} {refusal.code}: {refusal.detail}"
            if job.name not in self._refusals:
                log.warning("the centre refuses %s", told)
            self._refusals[job.name] = told
            self._is_there()
        except (CentreAway, StoreUnavailable):
            raise
        except Trouble as error:  # the disk, for documents
            job.at = self._clock() + job.back_off.next()
            log.warning("from the centre: %s", error.detail)
        else:
            job.back_off.reset()
            jitter = random.uniform(0.9, 1.1)  # noqa: S311 - no secret
            job.at = self._clock() + (0.0 if more else job.every_s * jitter)
            self._refusals.pop(job.name, None)

    def _away(self, error: CentreAway) -> float:
        """It cannot be asked now: told, and when it is asked again."""
        reason = error.code
        pause = self._back_off.next(error.after_s)
        if isinstance(error, CentreRefuses):
            reason = "busy" if error.status in BUSY else error.code
            if error.code in UNKNOWN_THERE:
                pause = HOURLY_S
        elif reason in UNKNOWN_HERE:
            pause = LOOK_EVERY_S
        elif reason == CentreAway.code:
            reason = "no_answer"
        self._host.centre_is("unavailable", reason=reason, detail=error.detail)
        return pause

    async def _rest(self, pause_s: float) -> None:
        """Until something is due, the settings are others, or this kiosk was enrolled anew."""
        until = self._clock() + pause_s
        while (left := until - self._clock()) > 0 and not self._woken.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(left, LOOK_EVERY_S)):
                    await self._woken.wait()
            if self._line is not None and self._line.stamp() != self._stamp:
                break
        self._woken.clear()

    async def _tell_health(self) -> bool:
        health = health_of(
            self._host.devices.all(),
            self._host.desk.hall.tickets("waiting"),
            now=self._host.now(),
            version=self._rule.version,
            up_s=self._clock() - self._began,
            outbox=self._host.store.centre.waiting(),
            disk_free_mb=self._rule.free_mb(),
        )
        await self._ask(lambda centre, within_s: centre.tell_health(health, within_s))
        return False

    async def _tell_fates(self) -> bool:
        """What became of documents; what the centre does not want to know is forgotten."""
        fates = self._shelf.fates()
        if not fates:
            return False
        try:
            await self._ask(lambda centre, within_s: centre.tell_fates(fates, within_s))
        except CentreRefuses as refusal:
            if _is_its_own(refusal):
                raise
        self._shelf.told(fates)
        return False


def _as(centre: Centre, within_s: float, *, device: str, call: Callable[[Centre, float], R]) -> R:
    """The call, as that device alone: the order of the outbox belongs to its name."""
    if centre.device() != device:
        raise CentreAway("this kiosk was enrolled anew", code="enrolled_anew")
    return call(centre, within_s)


def _is_its_own(refusal: CentreRefuses) -> bool:
    """Whether the centre does not want this kiosk, or nobody, now: more than one question."""
    return refusal.status in BUSY or refusal.status == 401


def _device(centre: Centre, _within_s: float) -> str:
    return centre.device()
