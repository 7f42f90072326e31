"""What was said with each face, for as long as the same citizen may go on about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk.guide.talk import Talk

SILENCE = Talk()


class Topics:
    """The talk with the citizen at each face, until they must have gone."""

    def __init__(self, now: Callable[[], datetime], lasts: timedelta) -> None:
        self._now = now
        self._lasts = lasts
        self._talks: dict[str, tuple[Talk, datetime]] = {}

    def keep(self, face: str, talk: Talk) -> None:
        """From now on this is the talk at `face`; those that have gone are forgotten."""
        now = self._now()
        fresh = {one: kept for one, kept in self._talks.items() if now < kept[1]}
        self._talks = fresh | {face: (talk, now + self._lasts)}

    def of(self, face: str) -> Talk:
        """The talk; an empty one where there is nothing to go on about."""
        talk, until = self._talks.get(face, (SILENCE, self._now()))
        return talk if self._now() < until else SILENCE

    def forget(self, face: str) -> None:
        """`face` begins anew."""
        self._talks.pop(face, None)
