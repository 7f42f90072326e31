"""How often an answer is taken at one place: a child that plays must not drown the others."""

from __future__ import annotations

from datetime import datetime, timedelta

BURST = 3
EVERY_S = 20
"""A few are taken at once, as of a family after its visit; in the long run one in so long."""
MAX_PLACES = 1000


class Damper:
    """A bucket of `burst` for each place, from which one runs out every `every_s` seconds."""

    def __init__(self, *, burst: int = BURST, every_s: float = EVERY_S) -> None:
        self._burst = burst
        self._every = timedelta(seconds=every_s)
        self._full_until: dict[str, datetime] = {}

    def takes(self, place: str, now: datetime) -> bool:
        """Whether one more is taken there now; one that is taken counts."""
        full_until = max(self._full_until.pop(place, now), now)
        if full_until - now > self._every * self._burst:  # the clock was set back
            full_until = now
        taken = full_until - now <= self._every * (self._burst - 1)
        self._full_until[place] = full_until + self._every if taken else full_until
        if len(self._full_until) > MAX_PLACES:  # the one that was heard of longest ago
            del self._full_until[next(iter(self._full_until))]
        return taken
