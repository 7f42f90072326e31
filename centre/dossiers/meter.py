"""How often a device may ask. Pure.

Codes of dossiers follow each other, so whoever asks for one after the other must not get far: a
device has 20 questions at once and one more each minute, and a code that is none costs three. One
citizen after another at a kiosk does not come near.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import ceil

FULL = 20.0
A_MINUTE = 1.0
A_QUESTION = 1.0
A_MISS = 3.0


@dataclass(frozen=True, slots=True)
class Meter:
    """What a device may still ask, as it was at a moment."""

    tokens: float
    counted_at: datetime

    def at(self, now: datetime) -> Meter:
        """As it is now. A clock that went back gives nothing."""
        minutes = max(0.0, (now - self.counted_at).total_seconds() / 60)
        return Meter(min(FULL, self.tokens + minutes * A_MINUTE), max(now, self.counted_at))

    def less(self, tokens: float) -> Meter:
        """After so much was used."""
        return Meter(self.tokens - tokens, self.counted_at)

    @property
    def wait_s(self) -> int:
        """Seconds until the next question; 0: now."""
        return max(0, ceil((A_QUESTION - self.tokens) / A_MINUTE * 60))


def full(now: datetime) -> Meter:
    """Of a device that never asked."""
    return Meter(FULL, now)
