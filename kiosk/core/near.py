"""Whose turn is near: the next ones of every open counter, looked up about once a second.

A look sorts the queue of each counter, so it has no place in a counter's click. Between two looks
the numbers that were called meanwhile are left out.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import chain, islice, zip_longest

from kiosk.core.counters import Counters
from kiosk.core.hall_host import HallHost
from kiosk.queueing.calling import calling_order

OF_EACH = 2  # so many of each counter's queue
SHOWN = 8
EVERY = timedelta(seconds=1)


class Near:
    """Lives on the core's loop."""

    def __init__(self, host: HallHost, counters: Counters) -> None:
        self._host = host
        self._counters = counters
        self._next: list[int] = []  # ids: the first of each counter, then those behind
        self._looked: datetime | None = None

    def look(self) -> None:
        """See who comes next, unless that was done just now."""
        now = self._host.now()
        if self._looked is not None and abs(now - self._looked) < EVERY:
            return
        self._looked = now
        queues = [
            self._first(one.number, now)
            for one in self._counters.all()
            if self._counters.session(one.number).state == "open"
        ]
        ranks = chain.from_iterable(zip_longest(*queues))
        self._next = list(dict.fromkeys(one for one in ranks if one is not None))

    def numbers(self) -> tuple[str, ...]:
        """Those who still wait, next first."""
        tickets = (self._host.desk.hall.ticket(one) for one in self._next)
        waiting = (one.number for one in tickets if one is not None and one.state == "waiting")
        return tuple(islice(waiting, SHOWN))

    def _first(self, counter: str, now: datetime) -> list[int]:
        desk = self._host.desk
        waiting = self._counters.waiting(counter)
        order = calling_order(waiting, desk.plan.calling, desk.calls.turns(counter), now)
        return [ticket.id for ticket, _ in islice(order, OF_EACH)]
