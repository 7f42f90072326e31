"""How many more slips the roll is good for.

A printer knows two things of its roll: it has ended, and it ends soon. From the second on, what is
printed is counted, in millimetres, and kept in the store: a restart does not fill the roll.
"""

from __future__ import annotations

import contextlib

from kiosk.errors import StoreUnavailable
from kiosk.ports import Store

USED = "paper.used_mm"
FIRST_SLIP_MM = 120
"""Taken for the length of a slip until one was printed."""
FLICKER_MM = 500
"""The sensor wavers around its mark as the roll turns. Only when so much was printed without its
word, a new roll is believed to be in."""


class PaperForecast:
    """`low_mm` is the paper that is left when the sensor of the near end first speaks."""

    def __init__(self, store: Store, *, low_mm: int) -> None:
        self._store = store
        self._low_mm = low_mm
        self._used: int | None = None
        self._plenty = 0  # printed since the sensor last spoke
        self._low = False
        self._slip_mm = FIRST_SLIP_MM

    def sees(self, *, low: bool) -> None:
        """What the sensor of a ready printer says."""
        self._low = low

    def took(self, mm: int) -> None:
        """A slip of that length was printed, or may have been."""
        if mm <= 0:
            return
        self._slip_mm = (3 * self._slip_mm + mm) // 4
        if self._low:
            self._plenty = 0
            self._keep(self._used_mm() + mm)
        else:
            self._plenty += mm
            if self._plenty >= FLICKER_MM and self._used_mm():
                self._keep(0)

    @property
    def slips_left(self) -> int | None:
        """About how many; None while the sensor has not spoken."""
        if not self._low:
            return None
        return about(max(0, self._low_mm - self._used_mm()) // self._slip_mm)

    def _used_mm(self) -> int:
        if self._used is None:
            try:
                self._used = int(self._store.fact(USED) or 0)
            except StoreUnavailable:
                return 0
        return self._used

    def _keep(self, used: int) -> None:
        self._used = used
        with contextlib.suppress(StoreUnavailable):  # counted on in memory until it can
            self._store.put_fact(USED, str(used))


def about(count: int) -> int:
    """Rounded down as people say it: 43 is "about 40", 17 is 15, and the last ones are counted."""
    for step, least in ((10, 20), (5, 5)):
        if count >= least:
            return count - count % step
    return count
