"""When somebody who comes is greeted aloud, and how loud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.queueing.hours import HANOI, Calendar, Span, Week, is_open

BUSY = timedelta(seconds=15)
"""Who has touched the screen within this time is being served, and is not greeted again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GreetingRule:
    """Greetings are at least `every` apart and only within the hours; during `quiet`, spans of
    each day, they are spoken at `quiet_level` (a share of the usual loudness)."""

    week: Week
    calendar: Calendar
    every: timedelta = timedelta(seconds=20)
    quiet: tuple[Span, ...] = ()
    quiet_level: float = 0.5


class Greeter:
    """Remembers whom it greeted last, and who touched last."""

    def __init__(self, rule: GreetingRule) -> None:
        self.rule = rule
        self._greeted: datetime | None = None
        self._touched: datetime | None = None

    def touched(self, now: datetime) -> None:
        """The citizen has done something at the screen."""
        self._touched = now

    def greet(self, now: datetime) -> float | None:
        """Somebody has come: how loud to greet, 0 to 1, or None for not aloud."""
        rule = self.rule
        if not is_open(now, rule.week, rule.calendar):
            return None
        if _within(self._touched, BUSY, now) or _within(self._greeted, rule.every, now):
            return None
        self._greeted = now
        return rule.quiet_level if _is_in(rule.quiet, now) else 1.0


def _within(moment: datetime | None, span: timedelta, now: datetime) -> bool:
    """Whether it was less than `span` ago; a clock that was set back forgets it."""
    return moment is not None and timedelta() <= now - moment < span


def _is_in(spans: tuple[Span, ...], now: datetime) -> bool:
    local = now.astimezone(HANOI)
    minute = local.hour * 60 + local.minute
    return any(span.opens <= minute < span.closes for span in spans)
