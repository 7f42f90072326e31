"""When numbers are given: spans of the day, weekdays, lunch breaks, days off and make-up days.

All times are Hanoi's. Viet Nam has had one zone, UTC+7 without summer time, since 1975, so it
is a constant here and no zone database is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

HANOI = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
MONDAY = 0
LOOK_AHEAD_DAYS = 31


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Span:
    """Open from minute `opens` of the day up to, not including, minute `closes`."""

    opens: int
    closes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The spans of each weekday, Monday first; an empty day is closed."""

    days: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Days that differ from their weekday; a day in both is open."""

    closed: frozenset[date] = frozenset()
    opened: frozenset[date] = frozenset()


def spans_on(day: date, week: Week, calendar: Calendar) -> tuple[Span, ...]:
    """The spans of `day`. A make-up day on a weekday that is closed takes Monday's spans."""
    usual = week.days[day.weekday()]
    if day in calendar.opened:
        return usual or week.days[MONDAY]
    return () if day in calendar.closed else usual


def is_open(now: datetime, week: Week, calendar: Calendar) -> bool:
    """Whether numbers are given at `now` (aware)."""
    local = now.astimezone(HANOI)
    minute = local.hour * 60 + local.minute
    spans = spans_on(local.date(), week, calendar)
    return any(span.opens <= minute < span.closes for span in spans)


def next_opening(now: datetime, week: Week, calendar: Calendar) -> datetime | None:
    """The next moment after `now` at which it opens; None if not within 31 days."""
    local = now.astimezone(HANOI)
    for ahead in range(LOOK_AHEAD_DAYS + 1):
        day = local.date() + timedelta(days=ahead)
        for span in spans_on(day, week, calendar):
            opens = datetime.combine(day, time(), HANOI) + timedelta(minutes=span.opens)
            if opens > local:
                return opens
    return None


def next_opening_day(now: datetime, week: Week, calendar: Calendar) -> datetime | None:
    """The first opening of the next business day: what a citizen is offered at quota."""
    last_second = datetime.combine(now.astimezone(HANOI).date(), time(23, 59, 59), HANOI)
    return next_opening(last_second, week, calendar)


def closing_time(now: datetime, week: Week, calendar: Calendar) -> datetime | None:
    """When the last span of the day of `now` ends; None on a day off."""
    day = now.astimezone(HANOI).date()
    spans = spans_on(day, week, calendar)
    if not spans:
        return None
    return datetime.combine(day, time(), HANOI) + timedelta(minutes=spans[-1].closes)
