"""The counters of the house: who is at which, and whom it may call."""

from __future__ import annotations

from kiosk.core.hall_host import HallHost, stamp
from kiosk.errors import CommandRefused
from kiosk.ports import Store
from kiosk.queueing.calling import may_call
from kiosk.queueing.counter import CounterSession
from kiosk.queueing.service import Counter
from kiosk.queueing.ticket import Ticket
from kiosk.words import CounterCondition


class Counters:
    """Their sessions in memory, as the store keeps them."""

    def __init__(self, host: HallHost) -> None:
        self._host = host
        services = host.desk.services
        named = [*host.desk.plan.counters, *(one for item in services for one in item.counters)]
        self._counters = {counter.number: counter for counter in named}
        self._services = {
            number: frozenset(
                service.code
                for service in services
                if not service.counters or number in {one.number for one in service.counters}
            )
            for number in self._counters
        }
        self._sessions: dict[str, CounterSession] = {}

    def begin_day(self, store: Store) -> None:
        """Take up the sessions of today; those of days before are over."""
        today = self._host.desk.business_day
        kept = {session.counter: session for session in store.hall.counters()}
        self._sessions = {
            number: session
            for number, session in kept.items()
            if number in self._counters and session.since >= today
        }

    def all(self) -> list[Counter]:
        """The counters in the file's order."""
        return list(self._counters.values())

    def counter(self, number: str) -> Counter:
        """The counter of that number."""
        return self._counters[number]

    def known(self, number: str) -> str:
        """The number, if there is such a counter; raises CommandRefused (unknown_counter)."""
        if number not in self._counters:
            raise CommandRefused(f"no counter {number!r}", code="unknown_counter")
        return number

    def services(self, number: str) -> frozenset[str]:
        """The codes of the services that this counter calls for."""
        return self._services.get(number, frozenset())

    def session(self, number: str) -> CounterSession:
        """How the counter is now."""
        return self._sessions.get(number) or CounterSession(counter=number)

    def working(self, number: str) -> str:
        """The number, if the counter is open; raises CommandRefused (counter_closed, …_paused)."""
        state = self.session(self.known(number)).state
        if state != "open":
            raise CommandRefused(f"counter {number} is {state}", code=f"counter_{state}")
        return number

    def changed(
        self, number: str, state: CounterCondition, staff: str, reason: str = ""
    ) -> CounterSession:
        """The session that this change makes; nothing is kept yet."""
        return CounterSession(
            counter=self.known(number),
            state=state,
            staff=staff,
            since=stamp(self._host.now()),
            reason=reason,
        )

    def note(self, session: CounterSession) -> None:
        """Take in what the store has kept."""
        self._sessions[session.counter] = session

    def of(self, staff: str) -> list[str]:
        """The counters at which a member of staff is."""
        return [one.counter for one in self._sessions.values() if one.staff == staff]

    def current(self, number: str) -> Ticket | None:
        """The ticket that is called to the counter or served there."""
        there = self._host.desk.hall.tickets("called", "serving")
        return next((ticket for ticket in there if ticket.counter == number), None)

    def callers_of(self, ticket: Ticket) -> list[str]:
        """The counters that may call the ticket, or the one that holds it."""
        only = ticket.at_counter or ticket.counter
        if only:
            return [only]
        return [number for number in self._counters if ticket.service in self.services(number)]

    def waiting(self, number: str) -> list[Ticket]:
        """Those whom the counter may call."""
        services = self.services(number)
        waiting = self._host.desk.hall.tickets("waiting")
        return [ticket for ticket in waiting if may_call(ticket, number, services)]
