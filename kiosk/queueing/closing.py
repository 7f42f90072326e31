"""The end of the day for those who still wait: who expires, and why. Pure.

Numbers end with the opening hours; who has one is served for a while longer (the grace). Then
those who were never called expire. Whom a counter has begun with is left to the counters: they
wait, or are on hold, until no counter that could call them is at work any more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Literal

from kiosk.queueing.ticket import Ticket

ByHand = Literal["", "opened", "closed"]
"""What a manager decided for this day: nothing, open whatever the hours say, or closed."""

BY_HAND = "closing"
AFTER_HOURS = "after_hours"
DAY_OVER = "day_over"
"""The notes of an expiry: a manager closed the day, the grace was over, midnight came."""


def left_over(
    tickets: Iterable[Ticket], over: Collection[str], is_seen_to: Callable[[Ticket], bool]
) -> list[Ticket]:
    """Those of `tickets` who expire now: their service is one of those that are `over`, and they
    wait uncalled, or nobody who called them is there any more (`is_seen_to`)."""
    return [one for one in tickets if one.service in over and _is_left(one, is_seen_to)]


def _is_left(ticket: Ticket, is_seen_to: Callable[[Ticket], bool]) -> bool:
    if ticket.state == "waiting" and not ticket.called_at:
        return True
    return ticket.state in ("waiting", "on_hold") and not is_seen_to(ticket)
