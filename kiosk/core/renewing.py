"""Documents of the centre put to use: fetched, tried, swapped, taken over; put back where they do
not do.

    wanted ─▶ fetch ─▶ try out ─▶ swap ─▶ put in ─▶ take over ─▶ a minute well ─▶ proven
                          └─ refused        └──────────┴─ put back, and told

What needs a restart waits until nobody stands there and nobody waits; then the core ends and its
service manager starts it again within a second. A download may take long: it has a line of its own,
and nothing waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ParamSpec, Protocol

from centre.wire import DocumentNotice
from kiosk.core.centre_line import Asking
from kiosk.core.clock import steady_clock
from kiosk.core.desk import QueueingDesk
from kiosk.core.device_thread import DeviceThread
from kiosk.core.devices import Devices
from kiosk.core.pausing import BackOff
from kiosk.core.visits import VISITING_FACE, Visits
from kiosk.errors import CentreAway, DocumentUnusable, Trouble
from kiosk.ports import Centre, Documents, Takers
from kiosk.queueing.ticket import State

log = logging.getLogger(__name__)

PROVEN_S = 60.0  # a core that has run so long with a document can
LOOK_EVERY_S = 5.0
QUIET_LOOKS = 3  # in a row, before a restart
FETCH_WITHIN_S = 1800.0  # 32 MB on a poor line
READ_WITHIN_S = 600.0  # the largest catalogue on the slowest kiosk, tried by a process of its own
KEEP_WITHIN_S = 60.0
TORN_TRIES = 5
KEPT_OUT = "kept out by [centre] own in config.toml"
P = ParamSpec("P")
UNDER_WAY: tuple[State, ...] = ("waiting", "called", "serving", "on_hold")


class RenewingHost(Protocol):
    """The engine, as this room sees it."""

    desk: QueueingDesk
    devices: Devices
    visits: Visits


class Renewing:
    """Lives on the core's loop. `restart` ends the core where somebody starts it again; None where
    nobody would. `stale`: what was put back before this core began."""

    def __init__(
        self,
        host: RenewingHost,
        shelf: Documents,
        takers: Takers,
        *,
        restart: Callable[[], object] | None,
        stale: Iterable[str] = (),
        clock: Callable[[], float] = steady_clock,
    ) -> None:
        self._host = host
        self._shelf = shelf
        self._takers = takers
        self._restart = restart
        self._clock = clock
        self._thread = DeviceThread("documents")
        self._ask: Asking | None = None
        self._own: frozenset[str] = frozenset()
        self._held: set[tuple[str, int]] = set()  # what the centre was told is kept out
        self._released: set[str] = set()  # what is not kept out any more
        self._stale = {*stale, *shelf.on_trial()}  # whose readers may have something else
        self._since: dict[str, float] = {}  # when the core began to run with what is on trial
        self._restart_for: set[str] = set()
        self._quiet = 0
        self._torn: Counter[tuple[str, int]] = Counter()
        self._back_off = BackOff()
        self._fetch_at = 0.0
        self.woken = asyncio.Event()

    def fetch_with(self, ask: Asking | None, own: Iterable[str]) -> None:
        """Whom to fetch from, and which documents are not taken here."""
        self._released |= self._own.difference(own)
        self._stale |= self._own.symmetric_difference(own)
        self._ask, self._own = ask, frozenset(own)
        self._held.clear()
        self._fetch_at = 0.0
        self.woken.set()

    def want(self, notices: Iterable[DocumentNotice]) -> None:
        """Remember what counts now; from the thread that heard it. Raises CentreAway, Trouble."""
        self._stale |= set(self._shelf.want(notices))

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                try:
                    await self._turn()
                except (Trouble, TimeoutError) as error:
                    log.warning("the documents of the centre: %s", error)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY_S):
                        await self.woken.wait()
                self.woken.clear()
        finally:
            self._thread.close()

    async def _turn(self) -> None:
        """Everything that can be done now. Raises Trouble where the disk refuses."""
        while self._stale:
            await self._put_to_use(self._stale.pop())
        while self._released:
            await self._keep(self._shelf.release, self._released.pop())
        await self._settle()
        self._restart_when_quiet()
        await self._hold()
        await self._renew_all()

    async def _renew_all(self) -> None:
        if self._ask is None or self._clock() < self._fetch_at:
            return
        try:
            while (notice := self._shelf.wanted(self._own)) is not None:
                await self._renew(notice, self._ask)
        except CentreAway as error:
            pause = self._back_off.next(error.after_s)
            self._fetch_at = self._clock() + pause
            log.info("a document cannot be fetched, again in %.0f s: %s", pause, error.detail)

    async def _hold(self) -> None:
        """Tell of what is kept out here, once; it stays wanted for the day on which it is not."""
        for notice in map(self._shelf.counts, sorted(self._own)):
            if notice is not None and (notice.name, notice.version) not in self._held:
                self._held.add((notice.name, notice.version))
                await self._keep(self._shelf.hold, notice, KEPT_OUT)

    async def _renew(self, notice: DocumentNotice, ask: Asking) -> None:
        try:
            path = await ask(functools.partial(_fetch, notice=notice, shelf=self._shelf))
            await self._read(self._takers.try_out, notice.name, path)
        except DocumentUnusable as error:
            await self._refuse(notice, error.detail)
            return
        except CentreAway as error:
            self._torn[notice.name, notice.version] += error.code == "torn"
            if self._torn[notice.name, notice.version] < TORN_TRIES:
                raise
            await self._refuse(notice, error.detail)
            return
        self._back_off.reset()
        await self._keep(self._shelf.swap, notice)
        self._since.pop(notice.name, None)
        log.info("%s %d of the centre is in use", notice.name, notice.version)
        await self._put_to_use(notice.name)

    async def _refuse(self, notice: DocumentNotice, why: str) -> None:
        log.warning("%s %d of the centre is not used: %s", notice.name, notice.version, why)
        await self._keep(self._shelf.refuse, notice, why)

    async def _put_to_use(self, name: str) -> None:
        """Have the readers go on with what the shelf says; where they cannot, with the former."""
        try:
            await self._hand_over(name)
        except DocumentUnusable as error:
            await self._put_back(name, error.detail)

    async def _put_back(self, name: str, why: str) -> None:
        log.warning("%s of the centre is put back: %s", name, why)
        await self._keep(self._shelf.put_back, name, why)
        self._since.pop(name, None)
        try:
            await self._hand_over(name)
        except DocumentUnusable as error:
            log.warning("%s as it was before cannot be used either: %s", name, error.detail)

    async def _hand_over(self, name: str) -> None:
        """Raises DocumentUnusable."""
        path = None if name in self._own else self._shelf.in_use(name)
        await self._read(self._takers.put_in, name, path)
        if self._takers.take_over(name):
            self._restart_for.add(name)
            return
        self._restart_for.discard(name)
        if name in self._shelf.on_trial():
            self._since[name] = self._clock()
            await self._keep(self._shelf.runs)

    async def _read(
        self, reader: Callable[[str, Path | None], None], name: str, path: Path | None
    ) -> None:
        """On a thread of its own. Raises DocumentUnusable."""
        try:
            await self._thread.call(functools.partial(reader, name, path), READ_WITHIN_S)
        except TimeoutError as error:
            raise DocumentUnusable(f"{name}: its reader does not come to an end") from error

    async def _keep(self, change: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """A change of the shelf, off the loop: it waits for the disk. Raises Trouble."""
        await self._thread.call(functools.partial(change, *args, **kwargs), KEEP_WITHIN_S)

    async def _settle(self) -> None:
        """What the core runs with for a while is proven; what it is not well with is put back."""
        for name in self._shelf.on_trial():
            if name in self._restart_for:
                continue
            well = self._is_well(name)
            since = self._since.setdefault(name, self._clock())
            if well is False:
                await self._put_back(name, "the kiosk is not well with it")
            elif well and self._clock() - since >= PROVEN_S:
                await self._keep(self._shelf.prove, [name])

    def _is_well(self, name: str) -> bool | None:
        """Whether the part that reads it is well; None while nobody can tell."""
        edge = "guide" if name == "catalogue" else "store"
        found = next(one for one in self._host.devices.all() if one.name == edge)
        if found.state == "starting":
            return None
        return found.state == "ready" and not found.warnings

    def _restart_when_quiet(self) -> None:
        if not self._restart_for or self._restart is None:
            return
        self._quiet = self._quiet + 1 if self._is_quiet() else 0
        if self._quiet >= QUIET_LOOKS:
            log.info("a restart, for %s of the centre", ", ".join(sorted(self._restart_for)))
            self._quiet = 0
            self._restart()

    def _is_quiet(self) -> bool:
        """Nobody stands there, and nobody's number is under way."""
        visited = self._host.visits.is_visited(VISITING_FACE)
        return not visited and not self._host.desk.hall.tickets(*UNDER_WAY)


def _fetch(
    centre: Centre, within_s: float, *, notice: DocumentNotice, shelf: Documents
) -> Path | None:
    def fetch(wanted: DocumentNotice, sink: Callable[[bytes], object]) -> None:
        centre.document(wanted, sink, within_s)

    return shelf.fetch(notice, fetch)
