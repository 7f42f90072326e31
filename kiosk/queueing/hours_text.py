"""Opening hours as a citizen reads them: one line for each run of days that are alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

from kiosk.queueing.hours import Span, Week


def hours_lines(week: Week, weekday: Callable[[int], str]) -> tuple[str, ...]:
    """ "Thứ Hai – Thứ Sáu: 7:30–11:30, 13:30–17:00"; days that are closed are not named.

    `weekday` names the days, 0 is Monday.
    """
    lines = []
    for spans, run in groupby(range(len(week.days)), key=lambda day: week.days[day]):
        days = list(run)
        if spans:
            names = " – ".join(weekday(day) for day in dict.fromkeys((days[0], days[-1])))
            lines.append(f"{names}: {hours_text(spans)}")
    return tuple(lines)


def hours_text(spans: Iterable[Span]) -> str:
    """ "7:30–11:30, 13:30–17:00"; "" for none."""
    return ", ".join(map(_span, spans))


def _span(span: Span) -> str:
    return "–".join(f"{minute // 60}:{minute % 60:02}" for minute in (span.opens, span.closes))
