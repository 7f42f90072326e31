"""The hall of one business day: who waits, how many came, how fast it goes.

A picture in memory of what the store holds, so that "how many are before me" needs no disk. It
is made by telling it every ticket of the day, and kept by telling it every change.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from kiosk.queueing.estimate import minutes_until_call, pace_of
from kiosk.queueing.priority import BOOKED, PriorityRule, people_ahead
from kiosk.queueing.ticket import State, Ticket

OPEN_COUNTER = timedelta(minutes=30)
RECENT_CALLS = 400  # of all services; a ratio needs the last 40 of some


class Hall:
    """Tell it tickets with `note`; ask it about pools of services."""

    def __init__(self, rule: PriorityRule, *, samples: int = 20) -> None:
        self._rule = rule
        self._samples = samples
        self.changes = 0  # grows with every change: what was counted before is old
        self._queued_last = ""
        self._tickets: dict[int, Ticket] = {}
        self._by_state: dict[State, dict[int, Ticket]] = {}
        self._issued: Counter[str] = Counter()
        self._waiting: dict[str, Counter[str]] = {}  # of service, by priority
        self._free: Counter[str] = Counter()  # of service, whom any of its counters may call
        self._sent: Counter[str] = Counter()  # of counter, who was sent to it
        self._times: dict[str, list[tuple[datetime, float]]] = {}  # of service, by their end
        self._paces: dict[frozenset[str], float | None] = {}  # what _times come to, until they grow
        self._calls: list[tuple[datetime, bool, str]] = []  # when, whether favoured, which service
        self._counter_seen: dict[str, tuple[datetime, str]] = {}  # when, and for which service

    def note(self, ticket: Ticket) -> None:
        """Take in a ticket as it now is, new or changed."""
        self.changes += 1
        self._queued_last = max(self._queued_last, ticket.waits_since)
        before = self._tickets.get(ticket.id)
        self._tickets[ticket.id] = ticket
        if before is not None:
            self._by_state[before.state].pop(ticket.id)
        self._by_state.setdefault(ticket.state, {})[ticket.id] = ticket
        self._issued[ticket.service] += 1
        self._count_waiting(ticket, 1)
        if before is not None:
            self._issued[before.service] -= 1
            self._count_waiting(before, -1)
        if before is None or (before.state == "waiting" and ticket.state == "called"):
            self._note_call(ticket)
        self._note_counter(ticket)
        if ticket.state == "done" and (before is None or before.state != "done"):
            self._note_time(ticket)

    def forget(self, ticket_id: int) -> None:
        """A ticket is somebody else's now; what was learned from it stays."""
        self.changes += 1
        ticket = self._tickets.pop(ticket_id, None)
        if ticket is not None:
            self._by_state[ticket.state].pop(ticket_id)
            self._issued[ticket.service] -= 1
            self._count_waiting(ticket, -1)

    def ticket(self, ticket_id: int) -> Ticket | None:
        """The ticket of today with this id, as it now is."""
        return self._tickets.get(ticket_id)

    def tickets(self, *states: State) -> list[Ticket]:
        """Today's tickets in these states, each in the order in which they got there, or all."""
        if not states:
            return list(self._tickets.values())
        return [one for state in states for one in self._by_state.get(state, {}).values()]

    def end_of_queue(self, now: str) -> str:
        """Since when somebody waits who joins now: a moment after whoever joined last where the
        clock was set back since, so that nobody comes before those who were here first."""
        if now >= self._queued_last:
            return now
        last = datetime.fromisoformat(self._queued_last)
        return (last + timedelta(milliseconds=1)).isoformat(timespec="milliseconds")

    def issued(self, service: str) -> int:
        """Numbers given for a service today; one that was transferred counts where it is now."""
        return self._issued[service]

    def waiting(self, services: Collection[str]) -> int:
        """How many wait for any of these services."""
        return sum(self._waiting[code].total() for code in services if code in self._waiting)

    def waiting_at(self, counter: str, services: Collection[str]) -> int:
        """How many wait whom a counter of these services may call."""
        return self._sent[counter] + sum(self._free[code] for code in services)

    def ahead_of_newcomer(self, services: Collection[str], priority: str) -> int:
        """How many of those who wait would be called before somebody who comes now."""
        waiting: Counter[str] = Counter()
        for code in services:
            waiting.update(self._waiting.get(code, {}))
        recent = [favoured for _, favoured, service in self._calls if service in services]
        return people_ahead(priority, waiting, self._rule, recent)

    def estimate(self, services: Collection[str], ahead: int, now: datetime) -> int | None:
        """Minutes until somebody with `ahead` people before them is called, or None."""
        counters = self.open_counters(services, now)
        return minutes_until_call(ahead, self._pace(frozenset(services)), counters)

    def _pace(self, services: frozenset[str]) -> float | None:
        if services not in self._paces:
            times = sorted(one for code in services for one in self._times.get(code, ()))
            self._paces[services] = pace_of(seconds for _, seconds in times[-self._samples :])
        return self._paces[services]

    def open_counters(self, services: Collection[str], now: datetime) -> int:
        """Counters that called or served one of these services in the last half hour."""
        return sum(
            1
            for seen, service in self._counter_seen.values()
            if service in services and now - seen <= OPEN_COUNTER
        )

    def _count_waiting(self, ticket: Ticket, change: int) -> None:
        if ticket.state == "waiting":
            self._waiting.setdefault(ticket.service, Counter())[_kind(ticket)] += change
            if ticket.at_counter:
                self._sent[ticket.at_counter] += change
            else:
                self._free[ticket.service] += change

    def _note_call(self, ticket: Ticket) -> None:
        if ticket.called_at:
            favoured = self._rule.rank(_kind(ticket)) is not None
            called = datetime.fromisoformat(ticket.called_at)
            insort(self._calls, (called, favoured, ticket.service))
            del self._calls[:-RECENT_CALLS]

    def _note_counter(self, ticket: Ticket) -> None:
        moments = [text for text in (ticket.called_at, ticket.served_at, ticket.ended_at) if text]
        if ticket.counter and moments:
            seen = (max(datetime.fromisoformat(text) for text in moments), ticket.service)
            newest = self._counter_seen.get(ticket.counter, seen)
            self._counter_seen[ticket.counter] = max(seen, newest)

    def _note_time(self, ticket: Ticket) -> None:
        if not ticket.served_at or not ticket.ended_at:
            return
        ended = datetime.fromisoformat(ticket.ended_at)
        seconds = (ended - datetime.fromisoformat(ticket.served_at)).total_seconds()
        paces = self._paces.items()
        self._paces = {pool: pace for pool, pace in paces if ticket.service not in pool}
        times = self._times.setdefault(ticket.service, [])
        insort(times, (ended, seconds))
        del times[: -self._samples]


def _kind(ticket: Ticket) -> str:
    """How a ticket is counted: a booking as if its time had come, which is soon enough true."""
    return BOOKED if ticket.booked_at else ticket.priority
