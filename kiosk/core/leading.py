"""The kiosk that leads a site: gives numbers for the others, and takes over theirs."""

from __future__ import annotations

import logging
from dataclasses import replace

from kiosk.core.calling import Calling
from kiosk.core.hall_host import HallHost, stamp
from kiosk.errors import CommandRefused
from kiosk.queueing.booking import Booking, code_of_request
from kiosk.queueing.history import Move
from kiosk.queueing.moves import Deed, move
from kiosk.queueing.print_job import PrintJob, printed_at
from kiosk.queueing.series import parse_number
from kiosk.queueing.ticket import Ticket
from kiosk.words import IssueForKiosk, IssueTicket, TakenResult, TakeOver, TicketResult

log = logging.getLogger(__name__)


class Leading:
    """What the other kiosks of the site may ask. Each of them has a letter of its own."""

    def __init__(self, host: HallHost, calling: Calling) -> None:
        self._host = host
        self._calling = calling

    def decide(self, command: IssueForKiosk) -> tuple[Ticket, PrintJob, bool]:
        """The number itself, as QueueingDesk.issue gives it. Raises CommandRefused."""
        self.refuse_stranger(command.kiosk)
        wanted = IssueTicket(
            request_id=command.request_id,
            service=command.service,
            priority=command.priority,
            language=command.language,
        )
        return self._host.desk.issue(
            self._host.store, wanted, visit=False, printed_at=command.kiosk
        )

    def issue(self, command: IssueForKiosk) -> TicketResult:
        """A number for another kiosk, which prints the slip. Raises CommandRefused."""
        ticket, job, is_new = self.decide(command)
        return self._host.issued(ticket, job, is_new=is_new, here=False)

    def take_over(self, command: TakeOver) -> TakenResult:
        """Keep the numbers that another kiosk gave while this one was away.

        Told again, it keeps nothing twice. A number under another letter than the kiosk's own is
        refused: it could be equal to one given here. Raises CommandRefused.
        """
        self.refuse_stranger(command.kiosk)
        taken = []
        for ticket in command.tickets:
            if not _is_under(ticket, command.kiosk):
                log.error("kiosk %s hands over %s: refused", command.kiosk, ticket.number)
            elif self._take(ticket, command.kiosk):
                taken.append(ticket.request_id)
        self._host.state_is_stale()
        return TakenResult(request_ids=tuple(taken))

    def _take(self, ticket: Ticket, kiosk: str) -> bool:
        store, desk = self._host.store, self._host.desk
        known = store.ticket_of_request(ticket.request_id)
        if known is not None and known[0].number == ticket.number:
            return True
        if known is not None and known[1].reason != printed_at(kiosk):
            return self._keep_second(ticket)
        ghost = known[0] if known is not None else None
        cancel = self._cancelled(ghost) if ghost is not None else None
        foreign = replace(ticket, id=0, counter="", called_at="", served_at="", calls=0)
        booking = self._booking_of(ticket)
        if ticket.business_day != desk.business_day:
            foreign = replace(foreign, state="expired", ended_at=stamp(self._host.now()))
        elif code_of_request(ticket.request_id) and booking is None:
            log.warning("%s: its booking was taken back, it waits as one without", ticket.number)
            foreign = replace(foreign, booked_at="", registered_at="")
        code = booking.code if booking is not None else ""
        kept = store.handover.take_over(foreign, ghost, cancel, booking=code)
        if kept is None:
            log.error("%s of another kiosk is known already: refused", ticket.number)
            return False
        if kept.business_day == desk.business_day:
            desk.hall.note(kept)
        if cancel is not None:
            self._calling.publish([cancel])
        log.info("%s of another kiosk is taken over", kept.number)
        return True

    def _booking_of(self, ticket: Ticket) -> Booking | None:
        """The booking with which it checked in, as far as it still is what it was there."""
        code = code_of_request(ticket.request_id)
        booking = self._host.store.bookings.by_code(code) if code else None
        same = booking and (booking.service, booking.at) == (ticket.service, ticket.booked_at)
        return booking if same else None

    def _keep_second(self, ticket: Ticket) -> bool:
        """Somebody has checked in twice with one booking: this number is not called."""
        store = self._host.store
        request_id = f"{ticket.request_id}:{ticket.number}"
        if store.ticket_of_request(request_id) is None:
            now = stamp(self._host.now())
            second = replace(
                ticket, id=0, request_id=request_id, state="cancelled", ended_at=now, counter=""
            )
            kept = store.handover.take_over(second, None, None)
            if kept is None:
                log.error("%s of another kiosk is known already: refused", ticket.number)
                return False
            log.warning("%s: its booking has a number already, it is not called", kept.number)
        return True

    def _cancelled(self, ghost: Ticket) -> Move | None:
        """The end of a number that was given too late for the other kiosk to hear of it."""
        return move(ghost, Deed(verb="cancel", at=stamp(self._host.now()), note="given_elsewhere"))

    def refuse_stranger(self, kiosk: str) -> None:
        """Raises CommandRefused (not_leading) for a letter that is not led from here."""
        if kiosk not in self._host.desk.plan.kiosks:
            raise CommandRefused(f"no kiosk {kiosk!r} is led from here", code="not_leading")


def _is_under(ticket: Ticket, letter: str) -> bool:
    try:
        return parse_number(ticket.number) == (letter, ticket.running) and ticket.series == letter
    except ValueError:
        return False
