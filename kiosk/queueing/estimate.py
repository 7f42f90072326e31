"""How long a citizen waits, from what really happened lately. No estimate beats a wild one."""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import median, quantiles

MIN_SAMPLES = 5
WILD_SPREAD = 8.0
LONGEST_MINUTES = 180


def pace_of(service_seconds: Iterable[float]) -> float | None:
    """Seconds that one citizen takes lately, or None.

    None with fewer than 5 times, or where they spread too widely to mean anything (the upper
    quartile over 8 times the lower).
    """
    times = [seconds for seconds in service_seconds if seconds > 0]
    if len(times) < MIN_SAMPLES:
        return None
    lower, _, upper = quantiles(times, n=4)
    return None if upper > WILD_SPREAD * max(lower, 1.0) else median(times)


def minutes_until_call(people_ahead: int, pace: float | None, open_counters: int) -> int | None:
    """Minutes until the call, rounded the way a clerk would say it, or None.

    None without a pace or an open counter, or beyond three hours. One minute steps up to 10,
    fives after.
    """
    if open_counters < 1 or pace is None:
        return None
    minutes = people_ahead * pace / open_counters / 60
    if minutes > LONGEST_MINUTES:
        return None
    rounded = math.ceil(minutes)
    return rounded if rounded <= 10 else math.ceil(minutes / 5) * 5


def estimate_minutes(
    people_ahead: int, service_seconds: Iterable[float], open_counters: int
) -> int | None:
    """Minutes until the call from the recent service times; see pace_of, minutes_until_call."""
    return minutes_until_call(people_ahead, pace_of(service_seconds), open_counters)
