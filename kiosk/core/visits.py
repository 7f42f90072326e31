"""The visits at the faces, as far as the core serves by them; each is forgotten in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk.words.visit import MORE_TIME, Visit

NOBODY = Visit()
VISITING_FACE = "screen"  # the face in front of which a citizen stands


class Visits:
    """One visit a face, until it is told to be over or nobody can be there any more.

    `lasts` is how long a face waits for a citizen who does nothing; it may wait longer for some.
    """

    def __init__(self, now: Callable[[], datetime], lasts: timedelta) -> None:
        self._now = now
        self._lasts = lasts * MORE_TIME
        self._visits: dict[str, tuple[Visit, datetime]] = {}

    def keep(self, face: str, visit: Visit) -> None:
        """From now on this is the visit at `face`."""
        self._visits[face] = (visit, self._now() + self._lasts)

    def touched(self, face: str) -> None:
        """Whoever is there has done something: the visit lasts."""
        if face in self._visits and (visit := self.of(face)) is not NOBODY:
            self.keep(face, visit)

    def of(self, face: str) -> Visit:
        """The visit at `face`; a new one where there was none, or where it was long ago."""
        visit, until = self._visits.get(face, (NOBODY, self._now()))
        if self._now() < until:
            return visit
        self._visits.pop(face, None)
        return NOBODY

    def is_visited(self, face: str) -> bool:
        """Whether somebody may be there."""
        return self.of(face) is not NOBODY

    def forget(self, face: str) -> None:
        """It is over."""
        self._visits.pop(face, None)
