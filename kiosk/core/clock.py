"""The believed time of the core, from the wall clock and the one that only runs forward."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime

from kiosk.queueing.business_day import Believed, believe, business_day, first_belief
from kiosk.queueing.hours import HANOI

log = logging.getLogger(__name__)


def wall_clock() -> datetime:
    """What the computer's clock says, in Hanoi's zone."""
    return datetime.now(HANOI)


def steady_clock() -> float:
    """Seconds since boot, sleep included; never goes backwards."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class BelievedClock:
    """Asks both clocks each time and believes by the rules of queueing.business_day."""

    def __init__(
        self,
        *,
        wall: Callable[[], datetime] = wall_clock,
        steady: Callable[[], float] = steady_clock,
    ) -> None:
        self._wall = wall
        self._steady = steady
        self._belief: Believed = first_belief(wall(), steady(), None)

    def learn(self, last_known: datetime | None) -> None:
        """What the store remembers: the time cannot be before that day."""
        self._belief = first_belief(self.now(), self._steady(), last_known)
        if not self._belief.trusted:
            log.warning("the clock says %s, but it was %s before", self._wall(), last_known)

    def now(self) -> datetime:
        """The believed time, aware, in Hanoi's zone."""
        before = self._belief
        self._belief = believe(before, self._wall(), self._steady())
        if before.trusted and not self._belief.trusted:
            log.warning(
                "the clock says %s: not believed, going on from %s", self._wall(), before.wall
            )
        elif self._belief.trusted and not before.trusted:
            log.info("the clock is believed again: %s", self._belief.wall)
        return self._belief.wall.astimezone(HANOI)

    def trusted(self) -> bool:
        """Whether the wall clock is believed."""
        return self._belief.trusted

    def business_day(self) -> str:
        """The business day now, as an ISO date."""
        self.now()
        return business_day(self._belief).isoformat()
