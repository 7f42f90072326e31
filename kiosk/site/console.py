"""A clerk's console: what it shows, and what its buttons and keys ask the core for."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from kiosk.errors import CommandRefused
from kiosk.ports import Door
from kiosk.queueing.report import Tally
from kiosk.site.login import FACE
from kiosk.site.sessions import Session
from kiosk.site.verbs import (
    CounterVerb,
    Particulars,
    TicketVerb,
    counter_command,
    ticket_command,
)
from kiosk.words import (
    AnswerCall,
    AnyEvent,
    AskHall,
    AskMyDay,
    AskQueue,
    CallNext,
    CallResult,
    Closing,
    CounterChanged,
    CounterCommand,
    CounterState,
    HallChanged,
    HallResult,
    HallState,
    HallTicket,
    MissingSlip,
    QueueResult,
    Result,
    ServiceClosing,
    ServiceWaiting,
    StaffCall,
    TallyResult,
)
from kiosk.words.root import Word

TALLY_LASTS_S = 5.0

Kind = TypeVar("Kind", bound=Result)


class ConsoleState(Word, frozen=True, kw_only=True):
    """All that a console shows. `queue` is who could be called here, next first.

    `mine` tells whether the session's clerk is the one at the counter; else somebody took over.
    """

    now: str
    mine: bool
    counter: CounterState
    queue: tuple[HallTicket, ...]
    on_hold: tuple[HallTicket, ...]
    no_shows: tuple[HallTicket, ...]
    staff_calls: tuple[StaffCall, ...]
    missing_slips: tuple[MissingSlip, ...]
    services: tuple[ServiceWaiting, ...]
    my_day: Tally
    closing: Closing | None = None
    closed_services: tuple[ServiceClosing, ...] = ()
    expired: int = 0


class Consoles:
    """All consoles of the hall; lives on the core's loop."""

    def __init__(self, door: Door, clock: Callable[[], float] = time.monotonic) -> None:
        self._door = door
        self._clock = clock
        self._tallies: dict[str, tuple[float, Tally]] = {}
        self._told: HallState | None = None
        door.listen(self.hear)

    def hear(self, event: AnyEvent) -> None:
        """The engine's listener: a counter changes at once, the hall that shows it follows."""
        match event:
            case HallChanged(hall=hall):
                self._told = hall
            case CounterChanged():
                self._told = None  # asked for until it is told

    def state(self, session: Session) -> ConsoleState:
        """What the console of a session shows now. Raises CommandRefused without a counter."""
        hall = self.hall()
        counter = _counter_of(hall, session.counter)
        queue = self._ask(AskQueue(counter=counter.number), QueueResult).tickets
        return ConsoleState(
            now=hall.now,
            mine=counter.staff == session.staff,
            counter=counter,
            queue=queue,
            on_hold=_held(hall, counter),
            no_shows=tuple(one for one in hall.no_shows if one.service in counter.services),
            staff_calls=tuple(one for one in hall.staff_calls if not one.answered_at),
            missing_slips=hall.missing_slips,
            services=hall.waiting,
            my_day=self._my_day(session.staff),
            closing=hall.closing,
            closed_services=tuple(
                one for one in hall.closed_services if one.service in counter.services
            ),
            expired=hall.expired,
        )

    def hall(self) -> HallState:
        """The whole hall."""
        return self._ask(AskHall(), HallResult).hall

    def call_next(self, session: Session, seen: int | None) -> CallResult:
        """Call whoever is next; `seen` is the ticket that the console shows (0: none)."""
        self._must_be_theirs(session)
        wanted = CallNext(counter=session.counter, staff=session.staff, seen=seen)
        return self._ask(wanted, CallResult)

    def move(
        self, session: Session, verb: TicketVerb, ticket_id: int, more: Particulars
    ) -> CallResult:
        """Do one of the verbs to a ticket."""
        self._must_be_theirs(session)
        return self._ask(ticket_command(session, verb, ticket_id, more), CallResult)

    def change_counter(self, session: Session, verb: CounterVerb, reason: str) -> None:
        """Open the session's counter, pause it or close it."""
        if verb != "open":
            self._must_be_theirs(session)
        self._door.do(counter_command(session, verb, reason), FACE)

    def answer_call(self, session: Session, call_id: int) -> None:
        """The clerk goes to the citizen who asked for one."""
        self._door.do(AnswerCall(call_id=call_id, staff=session.staff), FACE)

    def leave(self, session: Session) -> None:
        """The clerk logs out: their counter closes, unless somebody else is there by now."""
        if not session.counter:
            return
        try:
            self.change_counter(session, "close", "")
        except CommandRefused as refusal:
            if refusal.code not in ("taken_over", "unknown_counter", "counter_closed"):
                raise

    def _my_day(self, staff: str) -> Tally:
        """Somewhat old at times: it is counted from the store."""
        known = self._tallies.get(staff)
        if known is None or self._clock() - known[0] >= TALLY_LASTS_S:
            tally = self._ask(AskMyDay(staff=staff), TallyResult).tally
            known = self._tallies[staff] = (self._clock(), tally)
        return known[1]

    def _must_be_theirs(self, session: Session) -> None:
        counter = _counter_of(self._told or self.hall(), session.counter)
        if counter.staff != session.staff:
            detail = f"counter {counter.number} is {counter.staff or 'nobody'}'s now"
            raise CommandRefused(detail, code="taken_over")

    def _ask(self, command: CounterCommand | _Question, kind: type[Kind]) -> Kind:
        result = self._door.do(command, FACE)
        assert isinstance(result, kind)
        return result


_Question = AskHall | AskQueue | AskMyDay


def _counter_of(hall: HallState, number: str) -> CounterState:
    for counter in hall.counters:
        if counter.number == number:
            return counter
    raise CommandRefused(f"no counter {number!r}", code="unknown_counter")


def _held(hall: HallState, counter: CounterState) -> tuple[HallTicket, ...]:
    """What the counter holds, and what closed ones left on hold that it may serve."""
    closed = {one.number for one in hall.counters if one.state == "closed"}
    return tuple(
        one
        for one in hall.on_hold
        if one.counter == counter.number
        or (one.counter in closed and one.service in counter.services)
    )
