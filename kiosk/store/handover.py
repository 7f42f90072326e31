"""The store's shelf for several kiosks at one site: tickets that go from one to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.queueing.history import Move
from kiosk.queueing.print_job import PrintJob
from kiosk.queueing.ticket import Ticket
from kiosk.store.database import immediate
from kiosk.store.rooms import Shelf, told


class HandoverShelf(Shelf):
    """Both ends: the leader takes over, the others mirror and hand over."""

    @told
    def take_over(
        self, ticket: Ticket, ghost: Ticket | None, cancel: Move | None, *, booking: str = ""
    ) -> Ticket | None:
        """The leader keeps another kiosk's ticket, its slip printed there.

        `ghost` is a number that the leader had given for the same request, too late to be heard:
        nobody has it, and `cancel` ends it where it can still be ended. `booking` is the code of
        the booking that has its number now. None is given back where the number or its token is
        another ticket's.
        """
        rooms = self._rooms
        if rooms.tickets.is_taken(ticket):
            return None
        with immediate(rooms.database):
            if ghost is not None:
                rooms.tickets.replace_request(ghost.id, f"{ghost.request_id}:{ghost.number}")
            if cancel is not None:
                rooms.tickets.change(cancel.ticket, cancel.before)
                rooms.steps.add(cancel.step)
                rooms.outbox.add("ticket_cancel", cancel.ticket, cancel.step.at)
            kept = rooms.tickets.add(ticket)
            if booking:
                rooms.bookings.give(booking, kept.id)
            rooms.jobs.add_elsewhere(kept.id, kept.issued_at, kept.series)
            rooms.outbox.add("ticket_taken_over", kept, ticket.issued_at)
        self._house.write_in_journal(kept)
        return kept

    @told
    def mirror(self, ticket: Ticket, *, visit: bool) -> tuple[Ticket, PrintJob] | None:
        """Keep the leader's ticket here, so that its slip can be printed and its page come back.

        None where the number was given here already: before there was a leader, or after it lost
        its store.
        """
        rooms = self._rooms
        if rooms.tickets.is_taken(ticket):
            return None
        with immediate(rooms.database):
            kept = rooms.tickets.add(replace(ticket, id=0))
            rooms.lent.mark(kept.id, handed_over=True)
            return kept, rooms.jobs.add(kept.id, kept.issued_at, visit=visit)

    @told
    def to_hand_over(self, limit: int) -> list[Ticket]:
        """What the leader does not have yet, oldest first."""
        found = (self._rooms.tickets.by_id(one) for one in self._rooms.lent.waiting()[:limit])
        return [ticket for ticket in found if ticket is not None]

    @told
    def handed_over(self, ticket_ids: Sequence[int]) -> None:
        """The leader has them."""
        with immediate(self._rooms.database):
            for ticket_id in ticket_ids:
                self._rooms.lent.mark(ticket_id, handed_over=True)

    @told
    def leaders(self, business_day: str) -> set[int]:
        """The ids of that day's tickets which are the leader's."""
        return self._rooms.lent.leaders(business_day)
