"""The verbs of a counter: from the first call to the end of a visit.

Everything that one command moves is one transaction. Who is next is decided by
kiosk.queueing.calling on the hall in memory; nothing waits in between, so that two counters
cannot call the same number.
"""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.core.counters import Counters
from kiosk.core.hall_host import HallHost, stamp
from kiosk.core.hall_picture import HallPicture
from kiosk.errors import CommandRefused
from kiosk.queueing.calling import calling_order, reason_to_name
from kiosk.queueing.history import Move
from kiosk.queueing.moves import Deed
from kiosk.queueing.reason import Reason
from kiosk.queueing.ticket import Ticket, Verb
from kiosk.words import (
    CallNext,
    CallResult,
    CallTicket,
    CloseCounter,
    ComeBack,
    Complete,
    CounterChanged,
    CounterCommand,
    CounterResult,
    Hold,
    MarkNoShow,
    NextService,
    OpenCounter,
    PauseCounter,
    PutBack,
    Recall,
    Serve,
    TicketCalled,
    TicketChanged,
    Transfer,
)

MAX_NOTE = 200  # characters
AT_A_COUNTER = ("called", "serving")


class Calling:
    """Carries out the commands of counters. Every method may raise CommandRefused."""

    def __init__(self, host: HallHost, counters: Counters, picture: HallPicture) -> None:
        self._host = host
        self._counters = counters
        self._picture = picture

    def do(self, command: CounterCommand) -> CallResult | CounterResult:
        """One command of a counter."""
        match command:
            case OpenCounter() | PauseCounter() | CloseCounter():
                return self._session(command)
            case CallNext():
                return self._call_next(command)
            case CallTicket():
                return self._call_ticket(command)
            case ComeBack():
                return self._come_back(command)
            case _:
                return self._move_one(command)

    def keep(self, moves: Sequence[Move]) -> None:
        """Write what one decision moved, all or nothing, and tell it."""
        if moves:
            self._host.store.hall.move(moves)
            self.publish(moves)

    def publish(self, moves: Sequence[Move]) -> None:
        """Tell what the store has kept: the changes, and what is to be announced."""
        announced = self._host.desk.note(moves)
        for one in moves:
            self._host.publish(TicketChanged(ticket=one.ticket, verb=one.step.verb))
        for call in announced:
            reason = self._host.desk.calls.reason(call.ticket_id) or Reason(why="named")
            told = self._picture.call(call)
            if told is not None:
                self._host.publish(TicketCalled(call=told, reason=reason))
        self._host.state_is_stale()

    # Counters.

    def _session(self, command: OpenCounter | PauseCounter | CloseCounter) -> CounterResult:
        number, staff = command.counter, command.staff
        moves: list[Move] = []
        match command:
            case OpenCounter():
                self._refuse_stranger(staff)
                session = self._counters.changed(number, "open", staff)
            case PauseCounter():
                self._counters.working(number)
                session = self._counters.changed(number, "paused", staff, _note(command.reason))
            case CloseCounter():
                session = self._counters.changed(number, "closed", "")
                moves = self._left_at(number, staff)
        self._host.store.hall.keep_counter(session, moves)
        self._counters.note(session)
        self.publish(moves)
        state = self._picture.counter(number)
        self._host.publish(CounterChanged(counter=state))
        return CounterResult(counter=state)

    def _refuse_stranger(self, staff: str) -> None:
        if all(known.code != staff for known in self._host.store.staff.all()):
            raise CommandRefused(f"nobody is called {staff!r}", code="unknown_staff")

    def _left_at(self, number: str, staff: str) -> list[Move]:
        """Whom a counter leaves behind: called ones go back, one who is served is done."""
        current = self._counters.current(number)
        if current is None:
            return []
        verb: Verb = "complete" if current.state == "serving" else "put_back"
        return [self._moved(current, verb, number, staff)]

    # Calling.

    def _call_next(self, command: CallNext) -> CallResult:
        number = self._counters.working(command.counter)
        current = self._counters.current(number)
        if current is not None and command.seen is not None and current.id != command.seen:
            return self._result(current, number)  # another click was quicker
        done = self._make_room(number, command.staff)
        order = calling_order(
            self._counters.waiting(number),
            self._host.desk.plan.calling,
            self._host.desk.calls.turns(number),
            self._host.now(),
        )
        ticket, reason = next(order, (None, None))
        if ticket is None:
            raise CommandRefused(f"nobody waits for counter {number}", code="nobody_waiting")
        call = self._moved(ticket, "call", number, command.staff, reason=reason)
        return self._kept([*done, call], number)

    def _call_ticket(self, command: CallTicket) -> CallResult:
        number = self._counters.working(command.counter)
        ticket = self._ticket(command.ticket_id)
        self._refuse_other_counters(ticket, number)
        done = self._make_room(number, command.staff)
        now = self._host.now()
        reason = reason_to_name(ticket, self._host.desk.rule, now)
        call = self._moved(ticket, "call", number, command.staff, reason=reason)
        return self._kept([*done, call], number)

    def _refuse_other_counters(self, ticket: Ticket, number: str) -> None:
        """A ticket that waits elsewhere, or that another counter is busy with."""
        if ticket.at_counter:
            not_here = ticket.at_counter != number
        else:
            not_here = ticket.service not in self._counters.services(number)
        if not_here or self._is_elsewhere(ticket, number):
            raise CommandRefused(f"{ticket.number} is not for {number}", code="other_counter")

    def _make_room(self, number: str, staff: str) -> list[Move]:
        """Complete whom the counter serves; refuse while somebody is on the way to it."""
        current = self._counters.current(number)
        if current is None:
            return []
        if current.state == "called":
            raise CommandRefused(f"counter {number} awaits {current.number}", code="counter_busy")
        return [self._moved(current, "complete", number, staff)]

    # One ticket.

    def _move_one(
        self,
        command: Recall | Serve | Hold | PutBack | Transfer | NextService | MarkNoShow | Complete,
    ) -> CallResult:
        number = self._counters.known(command.counter)
        ticket = self._own(command.ticket_id, number)
        staff = command.staff
        match command:
            case Recall():
                done = self._moved(
                    ticket, "recall", number, staff, reason=self._host.desk.calls.reason(ticket.id)
                )
            case Serve():
                self._refuse_second(ticket, number)
                done = self._moved(ticket, "serve", number, staff)
            case Hold(reason=reason):
                done = self._moved(ticket, "hold", number, staff, note=reason)
            case PutBack():
                done = self._moved(ticket, "put_back", number, staff)
            case Transfer():
                done = self._transferred(ticket, command)
            case NextService(service=service, note=note):
                self._host.desk.service(service)
                done = self._moved(
                    ticket, "next_service", number, staff, to_service=service, note=note
                )
            case MarkNoShow():
                self._refuse_early_no_show(ticket)
                done = self._moved(ticket, "no_show", number, staff)
            case Complete():
                done = self._moved(ticket, "complete", number, staff)
        return self._kept([done], number)

    def _transferred(self, ticket: Ticket, command: Transfer) -> Move:
        if not command.to_service and not command.to_counter:
            raise CommandRefused("a transfer goes to a service or a counter", code="wrong_answer")
        if command.to_service:
            self._host.desk.service(command.to_service)
        if command.to_counter:
            self._counters.known(command.to_counter)
        return self._moved(
            ticket,
            "transfer",
            command.counter,
            command.staff,
            to_service=command.to_service,
            to_counter=command.to_counter,
            note=command.note,
        )

    def _refuse_second(self, ticket: Ticket, number: str) -> None:
        current = self._counters.current(number)
        if current is not None and current.id != ticket.id:
            raise CommandRefused(f"counter {number} has {current.number}", code="counter_busy")

    def _refuse_early_no_show(self, ticket: Ticket) -> None:
        wanted = self._host.desk.plan.calling.no_show_calls
        if ticket.state == "called" and ticket.calls < wanted:
            raise CommandRefused(
                f"{ticket.number} was called {ticket.calls} of {wanted} times", code="call_again"
            )

    def _come_back(self, command: ComeBack) -> CallResult:
        ticket = self._ticket(command.ticket_id)
        pool = self._host.desk.pool(ticket.service)
        called = self._host.desk.calls.count_since(ticket.ended_at, pool)
        in_time = called <= self._host.desk.plan.calling.late_places
        done = self._moved(ticket, "come_back", "", command.staff, in_time=in_time)
        return self._kept([done], command.counter)

    def _ticket(self, ticket_id: int) -> Ticket:
        ticket = self._host.desk.hall.ticket(ticket_id)
        if ticket is None:
            raise CommandRefused(f"no ticket {ticket_id} today", code="unknown_ticket")
        return ticket

    def _own(self, ticket_id: int, number: str) -> Ticket:
        """The ticket, unless another counter is busy with it."""
        ticket = self._ticket(ticket_id)
        if self._is_elsewhere(ticket, number):
            raise CommandRefused(
                f"{ticket.number} is at counter {ticket.counter}", code="other_counter"
            )
        return ticket

    def _is_elsewhere(self, ticket: Ticket, number: str) -> bool:
        """Whether another counter calls, serves or holds it; what a closed one held is free."""
        if ticket.counter == number:
            return False
        if ticket.state == "on_hold":
            return self._counters.session(ticket.counter).state != "closed"
        return ticket.state in AT_A_COUNTER

    def _moved(
        self,
        ticket: Ticket,
        verb: Verb,
        counter: str,
        staff: str,
        *,
        to_service: str = "",
        to_counter: str = "",
        in_time: bool = False,
        reason: Reason | None = None,
        note: str = "",
    ) -> Move:
        deed = Deed(
            verb=verb,
            at=stamp(self._host.now()),
            counter=counter,
            staff=staff,
            to_service=to_service,
            to_counter=to_counter,
            in_time=in_time,
            reason=reason,
            note=_note(note),
        )
        return self._host.desk.moved(ticket, deed)

    def _kept(self, moves: Sequence[Move], number: str) -> CallResult:
        self.keep(moves)
        return self._result(moves[-1].ticket, number)

    def _result(self, ticket: Ticket, number: str) -> CallResult:
        counter = self._picture.counter(number) if number else None
        return CallResult(ticket=self._picture.ticket(ticket), counter=counter)


def _note(text: str) -> str:
    """What a clerk wrote, on one line, at most 200 characters."""
    return " ".join(text.replace("\x00", "").split())[:MAX_NOTE]
