"""The centre's clock, as far as this kiosk has heard it; signatures go by it and by nothing else.

The kiosk's own wall clock may stand at 1970 or run away. So what the centre says is tied to the
clock that only runs forward, sleep included. Until it has spoken the wall clock has to do: where
that is wrong, the first refusal says so and tells the time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def steady_clock() -> float:
    """Seconds since boot, sleep included; never goes backwards."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class CentreClock:
    """Written by the threads that hear the centre, read by any: a value is put in one go."""

    def __init__(
        self,
        *,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        steady: Callable[[], float] = steady_clock,
    ) -> None:
        self._wall = wall
        self.steady = steady
        self._heard: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        """The centre's time, or the wall clock's as long as nothing was heard."""
        heard = self._heard
        if heard is None:
            return self._wall()
        told, at = heard
        return told + timedelta(seconds=self.steady() - at)

    def learn(self, told: str, asked_at: float) -> bool:
        """The centre said `told` (ISO 8601) to what was asked at `asked_at` of the steady clock;
        whether that is a time at all."""
        try:
            moment = datetime.fromisoformat(told)
        except ValueError:
            return False
        if moment.tzinfo is None:
            return False
        here = self.steady()
        self._heard = moment + timedelta(seconds=(here - asked_at) / 2), here
        return True

    @property
    def ahead_s(self) -> float | None:
        """How far this computer's wall clock is ahead of the centre's; None where nobody knows."""
        if self._heard is None:
            return None
        return (self._wall() - self.now()).total_seconds()
