"""A kiosk that does not lead: it issues through its leader, and by itself while that is away.

    IssueTicket ─▶ leader ── a number ──────────▶ mirrored here, its slip printed here
                     └────── no answer in time ─▶ a number under this kiosk's own letter,
                                                  handed over when the leader is back

Nobody else may use this letter, so no two numbers are equal. A number that the leader gave too
late to be heard has the same request id as the one given here: when that is handed over, the
leader ends its own.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Callable
from typing import Protocol, TypeVar

import msgspec

from kiosk.core.device_thread import DeviceThread
from kiosk.core.hall import HallRooms
from kiosk.core.hall_host import HallHost
from kiosk.errors import CommandRefused, LeaderAway, StoreUnavailable
from kiosk.ports import Condition, Leader
from kiosk.queueing.print_job import PrintJob
from kiosk.queueing.ticket import Ticket
from kiosk.words import (
    CallClerk,
    CheckInBooking,
    HallState,
    IssueTicket,
    ServiceState,
    SiteResult,
    TicketCard,
    TicketResult,
)

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
LOOK_WITHIN_S = 2.0
BATCH = 50  # tickets handed over at a time
T = TypeVar("T")


class FollowingHost(HallHost, Protocol):
    """The engine, as a kiosk that follows sees it."""

    hall: HallRooms

    def leader_is(self, state: Condition, *, reason: str, detail: str) -> None: ...


class Following:
    """`open_leader` makes a connection: one for numbers, one to look after the leader."""

    def __init__(
        self,
        host: FollowingHost,
        open_leader: Callable[[], Leader],
        *,
        letter: str,
        within_s: float,
    ) -> None:
        self._host = host
        self._letter = letter
        self._within_s = within_s
        self._numbers, self._looks = open_leader(), open_leader()
        self._number_thread = DeviceThread("leader-numbers")
        self._look_thread = DeviceThread("leader-looks")
        self._one_at_a_time = asyncio.Lock()
        self._away = False
        self._site: SiteResult | None = None  # as the leader told it last
        self._services: dict[str, ServiceState] = {}
        self._bookings = ""  # which list of bookings is copied
        self._calls: list[CallClerk] = []

    def service(self, code: str) -> ServiceState | None:
        """A service as the leader tells it; None while it is away."""
        return None if self._away else self._services.get(code)

    def hall(self) -> HallState | None:
        """The site's hall as the leader told it last, stale while it is away; None before."""
        if self._site is None:
            return None
        now = self._host.now().isoformat(timespec="seconds")
        if not self._away:
            return msgspec.structs.replace(self._site.hall, stale=False, now=now)
        return msgspec.structs.replace(self._site.hall, stale=True, near=(), now=now)

    def give_here(self, wanted: IssueTicket | CheckInBooking, *, visit: bool) -> TicketResult:
        """A number under this kiosk's own letter, without asking the leader. Raises as `issue`."""
        if isinstance(wanted, CheckInBooking):
            return self._check_in_here(wanted, visit=visit)
        ticket, job, is_new = self._host.desk.issue(
            self._host.store, wanted, visit=visit, letter=self._letter
        )
        return self._host.issued(ticket, job, is_new=is_new)

    def _check_in_here(self, wanted: CheckInBooking, *, visit: bool) -> TicketResult:
        try:
            return self._host.hall.bookings.check_in(wanted, visit=visit, letter=self._letter)
        except CommandRefused as refusal:
            if refusal.code != "unknown_booking":
                raise
            detail = "the leader, who may know this booking, is away"
            raise CommandRefused(detail, code="leader") from refusal

    async def issue(self, wanted: IssueTicket | CheckInBooking, *, visit: bool) -> TicketResult:
        """A number, within the time that it may wait for the leader.

        Raises CommandRefused as the leader or this kiosk refuses; StoreUnavailable where nothing
        can be kept here.
        """
        if known := self._given_before(wanted):
            return self._host.issued(*known, is_new=False)
        self._host.desk.follow_day(self._host.store)
        try:
            card = await self._ask_for_number(wanted)
        except LeaderAway as error:
            self._is_away(error)
            return self.give_here(wanted, visit=visit)
        if known := self._known(card.ticket.request_id):  # asked for twice at once
            return self._host.issued(*known, is_new=False)
        mirrored = self._host.store.handover.mirror(card.ticket, visit=visit)
        if mirrored is None:
            log.error("the leader gave %s, which was given here already", card.ticket.number)
            return self.give_here(wanted, visit=visit)
        return self._host.issued(*mirrored, is_new=True)

    def call_clerk(self, wanted: CallClerk) -> None:
        """Tell the leader, whose consoles sound, as soon as it listens."""
        self._calls.append(wanted)
        del self._calls[:-BATCH]

    async def run(self) -> None:
        """Look after the leader until cancelled: what it missed is told when it is back."""
        try:
            while True:
                await self._look()
                await asyncio.sleep(LOOK_EVERY_S)
        finally:
            self._number_thread.close(self._numbers.close)
            self._look_thread.close(self._looks.close)

    def _given_before(self, wanted: IssueTicket | CheckInBooking) -> tuple[Ticket, PrintJob] | None:
        if isinstance(wanted, IssueTicket):
            return self._known(wanted.request_id)
        return self._host.hall.bookings.known(wanted)

    def _known(self, request_id: str) -> tuple[Ticket, PrintJob] | None:
        return self._host.store.ticket_of_request(request_id)

    async def _ask_for_number(self, wanted: IssueTicket | CheckInBooking) -> TicketCard:
        if self._away:
            raise LeaderAway("it did not answer a moment ago")
        ask: Callable[[], TicketCard]
        if isinstance(wanted, IssueTicket):
            ask = functools.partial(self._numbers.issue, wanted, self._within_s)
        else:
            ask = functools.partial(self._numbers.check_in, wanted, self._within_s)
        try:
            async with asyncio.timeout(self._within_s), self._one_at_a_time:
                return await self._number_thread.call(ask, self._within_s)
        except TimeoutError as error:
            raise LeaderAway(f"no answer within {self._within_s:.1f} s") from error

    async def _look(self) -> None:
        """Hand over what waits, or just ask how the services are; then it is back."""
        try:
            while await self._hand_over():
                pass
            while self._calls:
                await self._ask(functools.partial(self._looks.call_clerk, self._calls[0]))
                self._calls.pop(0)
            site = await self._ask(self._looks.site)
            if site.bookings != self._bookings:
                self._host.store.bookings.copy(await self._ask(self._looks.bookings))
                self._bookings = site.bookings
        except LeaderAway as error:
            self._is_away(error)
        except CommandRefused as error:
            self._is_away(LeaderAway(f"{error.code}: {error.detail}"))
        except StoreUnavailable:
            pass  # housekeeping mends it
        else:
            self._is_back(site)

    async def _hand_over(self) -> bool:
        """One batch; whether there may be more."""
        store = self._host.store
        waiting = store.handover.to_hand_over(BATCH)
        if not waiting:
            return False
        kept = set(await self._ask(functools.partial(self._looks.hand_over, waiting)))
        taken = [ticket for ticket in waiting if ticket.request_id in kept]
        store.handover.handed_over([ticket.id for ticket in taken])
        for ticket in taken:
            self._host.desk.hall.forget(ticket.id)
        log.info("%d of %d numbers are handed over", len(taken), len(waiting))
        return len(taken) == BATCH

    async def _ask(self, ask: Callable[[float], T]) -> T:
        try:
            return await self._look_thread.call(
                functools.partial(ask, LOOK_WITHIN_S), LOOK_WITHIN_S
            )
        except TimeoutError as error:
            raise LeaderAway(f"no answer within {LOOK_WITHIN_S:.0f} s") from error

    def _is_away(self, error: LeaderAway) -> None:
        self._away = True
        self._host.state_is_stale()
        self._host.leader_is("unavailable", reason="no_answer", detail=error.detail)

    def _is_back(self, site: SiteResult) -> None:
        self._away = False
        self._site = site
        self._services = {service.code: service for service in site.services}
        self._host.leader_is("ready", reason="", detail="")
        self._host.state_is_stale()
