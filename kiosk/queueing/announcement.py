"""How loudly a call is announced at this time of day. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.queueing.hours import HANOI, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudness:
    """0.0 (silent) to 1.0; softer in the `quiet` spans of every day."""

    usual: float = 0.9
    softly: float = 0.5
    quiet: tuple[Span, ...] = ()

    def at(self, now: datetime) -> float:
        """The loudness at a moment (aware)."""
        local = now.astimezone(HANOI)
        minute = local.hour * 60 + local.minute
        is_quiet = any(span.opens <= minute < span.closes for span in self.quiet)
        return self.softly if is_quiet else self.usual
