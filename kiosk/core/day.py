"""The house's day: closed and opened by hand, and closed by itself after the hours.

What a manager decided is a fact of the store, so that a restart does not open a closed house.
A kiosk that has a leader expires nothing: its numbers are the leader's.
"""

from __future__ import annotations

import logging
from datetime import datetime

from kiosk.core.calling import Calling
from kiosk.core.counters import Counters
from kiosk.core.hall_host import HallHost, stamp
from kiosk.ports import Store
from kiosk.queueing.closing import AFTER_HOURS, BY_HAND, ByHand, left_over
from kiosk.queueing.moves import Deed
from kiosk.queueing.ticket import Ticket, Verb
from kiosk.words import CloseCounter, CloseDay, Closing, OpenDay

log = logging.getLogger(__name__)

FACT = "day_by_hand"  # "2026-11-23 closed 2026-11-23T15:00:00.000+07:00"
AT_ONCE: dict[str, Verb] = {"serving": "complete"}  # who is being served is done


class Day:
    """Opens and closes; lives on the core's loop. Every method may raise StoreUnavailable."""

    def __init__(self, host: HallHost, counters: Counters, calling: Calling) -> None:
        self._host = host
        self._counters = counters
        self._calling = calling
        self._since = ""
        self._ends: dict[str, datetime] = {}  # of service, when its hours of this day end

    def begin_day(self, store: Store) -> None:
        """When the services close, and what a manager decided for this very day."""
        desk = self._host.desk
        self.reckon()
        day, _, decided = store.fact(FACT).partition(" ")
        state, _, since = decided.partition(" ")
        of_today = day == desk.business_day
        self._decide(_by_hand(state) if of_today else "", since)

    def reckon(self) -> None:
        """When the services close this day: the day has begun, or their hours have changed."""
        desk, now = self._host.desk, self._host.now()
        ends = {one.code: desk.closes(one, now) for one in desk.services}
        self._ends = {code: at for code, at in ends.items() if at is not None}

    def close(self, command: CloseDay) -> None:
        """Close the counters; what is left over expires."""
        self._keep("closed")
        for counter in self._counters.all():
            if self._counters.session(counter.number).state != "closed":
                self._calling.do(CloseCounter(counter=counter.number, staff=command.staff))
        left = self._host.desk.hall.tickets("waiting", "called", "serving", "on_hold")
        self._expire(left, BY_HAND, command.staff)
        log.info("%s has closed the day", command.staff)

    def open(self, command: OpenDay) -> None:
        """Give numbers again: by the hours, or outside of them by this decision."""
        in_hours = self._host.desk.is_in_hours(self._host.now())
        self._keep("" if in_hours else "opened")
        log.info("%s has opened the day", command.staff)

    def look(self) -> None:
        """Expire what is left over once the hours and the grace are past; asked now and then."""
        desk = self._host.desk
        if desk.plan.letter:
            return
        waiting = desk.hall.tickets("waiting", "on_hold")
        left = left_over(waiting, self._services_over(), self._is_seen_to)
        if left:
            why = BY_HAND if desk.by_hand else AFTER_HOURS
            self._expire(left, why, "")
            log.info("%d numbers expired: %s", len(left), why)

    def _services_over(self) -> set[str]:
        """For which nobody is served any more: all of them in a house that was closed by hand."""
        desk, now = self._host.desk, self._host.now()
        if desk.by_hand == "opened":
            return set()
        grace = desk.plan.closing_grace
        if desk.by_hand == "closed":
            return {one.code for one in desk.services}
        return {code for code, ends in self._ends.items() if now >= ends + grace}

    def services_end(self) -> dict[str, datetime]:
        """The services whose hours are over, by until when those who wait for them are served."""
        desk, now = self._host.desk, self._host.now()
        if desk.by_hand:
            return {}
        grace = desk.plan.closing_grace
        return {code: ends + grace for code, ends in self._ends.items() if now >= ends}

    def closing(self) -> Closing | None:
        """How the day ended, or is about to; None while it goes on."""
        desk = self._host.desk
        if desk.by_hand == "closed":
            return Closing(why="by_hand", at=self._since)
        now, last = self._host.now(), max(self._ends.values(), default=None)
        if desk.by_hand or last is None or now < last:
            return None
        at = last + desk.plan.closing_grace
        return Closing(why="after_hours", at=stamp(at), over=now >= at)

    def _is_seen_to(self, ticket: Ticket) -> bool:
        """Whether somebody is still at a counter that may call this ticket, or holds it."""
        return any(
            self._counters.session(number).state != "closed"
            for number in self._counters.callers_of(ticket)
        )

    def _expire(self, left: list[Ticket], why: str, staff: str) -> None:
        now = stamp(self._host.now())
        self._calling.keep(
            [
                self._host.desk.moved(
                    ticket,
                    Deed(verb=AT_ONCE.get(ticket.state, "expire"), at=now, staff=staff, note=why),
                )
                for ticket in left
            ]
        )

    def _keep(self, by_hand: ByHand) -> None:
        since = stamp(self._host.now())
        day = self._host.desk.business_day
        self._host.store.put_fact(FACT, f"{day} {by_hand or '-'} {since}")
        self._decide(by_hand, since)
        self._host.state_is_stale()

    def _decide(self, by_hand: ByHand, since: str) -> None:
        self._host.desk.by_hand, self._since = by_hand, since


def _by_hand(text: str) -> ByHand:
    return "opened" if text == "opened" else "closed" if text == "closed" else ""
