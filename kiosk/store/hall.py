"""The store's shelf for the hall: moves of tickets, counters, and who calls for a person."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.queueing.counter import CounterSession
from kiosk.queueing.history import Move, Step
from kiosk.queueing.print_job import PrintJob
from kiosk.queueing.staff import RaisedCall
from kiosk.store.centre import DEVICE
from kiosk.store.database import immediate
from kiosk.store.rooms import Shelf, told

UNSENT_AT_ONCE = 20_000  # entries: a tenth of a second of the day's first moment


class HallShelf(Shelf):
    """What happens in the hall, durable before anybody hears of it."""

    @told
    def move(self, moves: Sequence[Move]) -> None:
        """Write what one decision moved, all or nothing, and tell the centre.

        Raises OurFault where a ticket is not in the state that the decision saw.
        """
        rooms = self._rooms
        with immediate(rooms.database):
            for move in moves:
                rooms.tickets.change(move.ticket, move.before)
                rooms.steps.add(move.step)
                rooms.outbox.add(f"ticket_{move.step.verb}", move.ticket, move.step.at)

    @told
    def steps_of(self, business_day: str) -> list[Step]:
        """The steps of a business day, in the order in which they were."""
        return self._rooms.steps.of_day(business_day)

    @told
    def counters(self) -> list[CounterSession]:
        """How the counters were left."""
        return self._rooms.counters.all()

    @told
    def keep_counter(self, session: CounterSession, moves: Sequence[Move] = ()) -> None:
        """Write how a counter is now, and what that moved."""
        rooms = self._rooms
        with immediate(rooms.database):
            rooms.counters.keep(session)
            rooms.outbox.add(f"counter_{session.state}", session, session.since)
            for move in moves:
                rooms.tickets.change(move.ticket, move.before)
                rooms.steps.add(move.step)
                rooms.outbox.add(f"ticket_{move.step.verb}", move.ticket, move.step.at)

    @told
    def raise_call(self, page: str, kiosk: str, now: str) -> RaisedCall:
        """A citizen wants a person."""
        with immediate(self._rooms.database):
            return self._rooms.calls.raise_call(page, kiosk, now)

    @told
    def answer_call(self, call_id: int, staff: str, now: str) -> RaisedCall | None:
        """Somebody goes there; the call as it is then, None for an unknown one."""
        with immediate(self._rooms.database):
            self._rooms.calls.answer(call_id, staff, now)
        return self._rooms.calls.by_id(call_id)

    @told
    def open_calls(self, day: str) -> list[RaisedCall]:
        """The calls of this day that nobody answered, oldest first."""
        return self._rooms.calls.open(day)

    @told
    def missing_slips(self, business_day: str) -> list[PrintJob]:
        """The newest jobs of that day's open tickets which are refused or unknown."""
        return self._rooms.jobs.missing_of(business_day)

    @told
    def forget_before(self, steps_day: str, today: str) -> None:
        """Remove steps before `steps_day`, and bookings and staff calls before today.

        A kiosk that no centre ever knew keeps its outbox for as long as its steps: for ten years
        it would be four times the numbers themselves.
        """
        rooms = self._rooms
        with immediate(rooms.database):
            rooms.steps.forget_before(steps_day)
            if not rooms.facts.get(DEVICE):
                rooms.outbox.forget_before(steps_day, UNSENT_AT_ONCE)
            rooms.bookings.forget_before(today)
            rooms.calls.forget_before(today)
