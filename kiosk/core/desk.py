"""Issuing tickets and moving them: the rules decide, the store keeps, the hall remembers."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from kiosk.core.clock import BelievedClock
from kiosk.errors import CommandRefused
from kiosk.ports import Store
from kiosk.queueing.booking import Booking
from kiosk.queueing.calls import Announced, Calls
from kiosk.queueing.closing import ByHand
from kiosk.queueing.hall import Hall
from kiosk.queueing.history import Move
from kiosk.queueing.hours import HANOI, Calendar, closing_time, is_open, spans_on
from kiosk.queueing.hours_text import hours_text
from kiosk.queueing.moves import Deed, move
from kiosk.queueing.plan import HallPlan
from kiosk.queueing.print_job import PrintJob
from kiosk.queueing.priority import BOOKED, PriorityRule
from kiosk.queueing.service import Availability, Service, availability, pool_of
from kiosk.queueing.ticket import Ticket
from kiosk.words import ChangeTicket, IssueTicket

log = logging.getLogger(__name__)
_TOKEN_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # noqa: S105 - none that looks like another


def new_token() -> str:
    """An opaque ticket token: 16 letters and figures that cannot be mistaken for each other."""
    return "".join(_TOKEN_LETTERS[byte % 32] for byte in secrets.token_bytes(16))


class QueueingDesk:
    """The queueing half of the engine. Lives on the core's loop alone."""

    def __init__(
        self,
        services: tuple[Service, ...],
        calendar: Calendar,
        rule: PriorityRule,
        clock: BelievedClock,
        new_hall: Callable[[], Hall],
        plan: HallPlan | None = None,
    ) -> None:
        self._services = {service.code: service for service in services}
        self._pools = {service.code: pool_of(service, services) for service in services}
        self._calendar = calendar
        self._rule = rule
        self._clock = clock
        self._new_hall = new_hall
        self.plan = plan or HallPlan()
        self.hall = new_hall()
        self.calls = Calls()
        self.business_day = ""
        self.by_hand: ByHand = ""  # what a manager decided for this day
        self.day_begun: list[Callable[[Store], object]] = []  # whom to tell of a new day

    def renew(self, services: tuple[Service, ...], calendar: Calendar, plan: HallPlan) -> None:
        """Other hours, quotas, notices and rules, for the same services at the same counters."""
        self._services = {service.code: service for service in services}
        self._calendar = calendar
        self.plan = plan

    @property
    def services(self) -> tuple[Service, ...]:
        """The services in the file's order."""
        return tuple(self._services.values())

    @property
    def rule(self) -> PriorityRule:
        """The priority classes and their ratio."""
        return self._rule

    def follow_day(self, store: Store) -> None:
        """Begin the next business day when its time has come."""
        day = self._clock.business_day()
        if day != self.business_day:
            self.begin_day(store, self._clock.now(), day)

    def begin_day(self, store: Store, now: datetime, day: str) -> None:
        """Start a business day, or go on with one: expire former days, read today's tickets."""
        log.info("business day %s", day)
        store.close_former_days(day, now.isoformat(timespec="milliseconds"))
        elsewhere = store.handover.leaders(day)
        hall, calls = self._new_hall(), Calls()
        for ticket in store.tickets_of(day):
            if ticket.id not in elsewhere:
                hall.note(ticket)
        for step in store.hall.steps_of(day):
            calls.note(step)
        self.hall, self.calls, self.business_day = hall, calls, day
        for tell in self.day_begun:
            tell(store)

    def service(self, code: str) -> Service:
        """The service of that code; raises CommandRefused."""
        service = self._services.get(code)
        if service is None:
            raise CommandRefused(f"no service {code!r}", code="unknown_service")
        return service

    def availability(self, service: Service, now: datetime) -> Availability:
        """Whether a number can be given now."""
        issued = self.hall.issued(service.code)
        return availability(service, self._calendar, now, issued, self.by_hand)

    def is_in_hours(self, now: datetime) -> bool:
        """Whether the hours of any service are running."""
        return any(is_open(now, service.week, self._calendar) for service in self.services)

    def closes(self, service: Service, now: datetime) -> datetime | None:
        """When its hours of this day end; None on a day off."""
        return closing_time(now, service.week, self._calendar)

    def hours_today(self, now: datetime) -> str:
        """ "7:30–11:30, 13:30–17:00"; "" on a day off, and for a house that keeps no hours."""
        week = self.plan.week
        if week is None:
            return ""
        return hours_text(spans_on(now.astimezone(HANOI).date(), week, self._calendar))

    def waiting(self, service: Service) -> int:
        """How many wait before somebody who comes now, for this service or its counters."""
        return self.hall.waiting(self._pools[service.code])

    def estimate(self, service: Service, ahead: int, now: datetime) -> int | None:
        """Minutes until the call for somebody with `ahead` people before them."""
        return self.hall.estimate(self._pools[service.code], ahead, now)

    def pool(self, service: str) -> frozenset[str]:
        """The services whose numbers may be called before one for this service."""
        return self._pools.get(service, frozenset({service}))

    def issue(
        self,
        store: Store,
        wanted: IssueTicket,
        *,
        visit: bool,
        letter: str = "",
        printed_at: str = "",
    ) -> tuple[Ticket, PrintJob, bool]:
        """Give a number; the last value tells whether it is new.

        `letter` takes the place of the service's series, for a number that the leader is to have
        later; `printed_at` is that of another kiosk which prints the slip. Raises CommandRefused
        (unknown_service, unknown_priority, closed, full, wrong_answer for a request id of the
        wrong length) and StoreUnavailable.
        """
        if not 8 <= len(wanted.request_id) <= 64:
            raise CommandRefused("a request id has 8 to 64 characters", code="wrong_answer")
        if (known := store.ticket_of_request(wanted.request_id)) is not None:
            return (*known, False)
        now = self._clock.now()
        draft = self._draft(wanted, now, letter)
        self._refuse_unless_open(self.service(wanted.service), now)
        ticket, job = store.issue(draft, visit=visit, printed_at=printed_at, lent=bool(letter))
        self.hall.note(ticket)
        return ticket, job, True

    def check_in(
        self,
        store: Store,
        booking: Booking,
        wanted: IssueTicket,
        *,
        visit: bool,
        letter: str = "",
        printed_at: str = "",
    ) -> tuple[Ticket, PrintJob]:
        """The number of a booking, whatever the quota. Raises as `issue` does, `closed` only where
        the house was closed by hand. See `issue` for the rest."""
        if self.by_hand == "closed":
            self._refuse_unless_open(self.service(wanted.service), self._clock.now())
        draft = self._draft(wanted, self._clock.now(), letter, booking)
        ticket, job = store.issue(
            draft, visit=visit, booking=booking.code, printed_at=printed_at, lent=bool(letter)
        )
        self.hall.note(ticket)
        return ticket, job

    def _draft(
        self, wanted: IssueTicket, now: datetime, letter: str = "", booking: Booking | None = None
    ) -> Ticket:
        service = self.service(wanted.service)
        if wanted.priority and self._rule.rank(wanted.priority) is None:
            raise CommandRefused(f"no priority {wanted.priority!r}", code="unknown_priority")
        pool = self._pools[service.code]
        ahead = self.hall.ahead_of_newcomer(pool, BOOKED if booking else wanted.priority)
        issued_at = _stamp(now)
        queued_at = self.hall.end_of_queue(issued_at)
        return Ticket(
            id=0,
            number="",
            series=letter or service.series,
            running=0,
            service=service.code,
            business_day=self.business_day,
            issued_at=issued_at,
            queued_at="" if queued_at == issued_at else queued_at,
            priority=wanted.priority,
            language=wanted.language,
            ahead=ahead,
            estimate_minutes=self.hall.estimate(pool, ahead, now),
            token=new_token(),
            request_id=wanted.request_id,
            booked_at=booking.at if booking else "",
            registered_at=booking.registered_at if booking else "",
        )

    def moved(self, ticket: Ticket, deed: Deed) -> Move:
        """What the deed makes of the ticket. Raises CommandRefused (wrong_state)."""
        found = move(ticket, replace(deed, queues_at=self.hall.end_of_queue(deed.at)))
        if found is None:
            raise CommandRefused(
                f"{ticket.number} is {ticket.state}: it cannot {deed.verb}", code="wrong_state"
            )
        return found

    def note(self, moves: Sequence[Move]) -> list[Announced]:
        """Take in what the store has kept; gives what is to be announced."""
        announced = []
        for one in moves:
            if one.ticket.business_day == self.business_day:
                self.hall.note(one.ticket)
                announced.append(self.calls.note(one.step))
        return [call for call in announced if call is not None]

    def change(self, store: Store, wanted: ChangeTicket) -> Move:
        """Move a ticket by a verb, as a technician may; `note` it then.

        Raises CommandRefused and StoreUnavailable.
        """
        ticket = store.ticket(wanted.ticket_id)
        if ticket is None:
            raise CommandRefused(f"no ticket {wanted.ticket_id}", code="unknown_ticket")
        if wanted.service or wanted.verb == "next_service":
            self.service(wanted.service)
        deed = Deed(
            verb=wanted.verb,
            at=_stamp(self._clock.now()),
            counter=wanted.counter,
            to_service=wanted.service,
        )
        done = self.moved(ticket, deed)
        store.hall.move([done])
        return done

    def _refuse_unless_open(self, service: Service, now: datetime) -> None:
        available = self.availability(service, now)
        if available.state == "open":
            return
        opens = available.opens_at.isoformat() if available.opens_at else ""
        raise CommandRefused(
            f"{service.code} is {available.state}", code=available.state, opens_at=opens
        )


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
