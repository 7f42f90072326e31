"""How long to wait before the next try: full jitter, growing to five minutes, never given up.

Ten thousand kiosks that lost the centre in the same second must not come back in the same second.
"""

from __future__ import annotations

import random
from collections.abc import Callable

FIRST_S, LONGEST_S = 1.0, 300.0
LEAST_S = 0.2  # no draw is so lucky that it hammers


class BackOff:
    """`draw` gives a number from 0 to 1."""

    def __init__(self, draw: Callable[[], float] = random.random) -> None:
        self._draw = draw
        self._bound = FIRST_S

    def next(self, after_s: float = 0.0) -> float:
        """Seconds until the next try; never before `after_s`, which the other side asked for."""
        bound, self._bound = self._bound, min(LONGEST_S, 2 * self._bound)
        return max(LEAST_S, after_s) + self._draw() * bound

    def reset(self) -> None:
        """It went well."""
        self._bound = FIRST_S
