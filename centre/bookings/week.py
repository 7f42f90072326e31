"""Hours of a week as one line of a file. Pure.

"mon-fri 07:30-11:30 13:30-17:00; sat 07:30-11:30": a day that is not named is closed.
"""

from __future__ import annotations

import re

from kiosk.config.rules import parse_span

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
_SPAN = re.compile(rf"{CLOCK}-(?:{CLOCK}|24:00)", re.ASCII)


def week_of(text: str) -> list[list[str]]:
    """The spans of each weekday, Monday first. Raises ValueError with what is wrong."""
    week: list[list[str]] = [[] for _ in DAYS]
    for part in filter(None, (part.split() for part in text.lower().split(";"))):
        days, spans = _days(part[0]), _spans(part[1:])
        for day in days:
            if week[day]:
                raise ValueError(f"{DAYS[day]} is named twice")
            week[day] = spans
    if not any(week):
        raise ValueError("no day is open")
    return week


def _days(text: str) -> range:
    first, _, last = text.partition("-")
    if first not in DAYS or (last or first) not in DAYS:
        raise ValueError(f"days are {', '.join(DAYS)} or two of them as mon-fri")
    days = range(DAYS.index(first), DAYS.index(last or first) + 1)
    if not days:
        raise ValueError("days go from monday to sunday")
    return days


def _spans(texts: list[str]) -> list[str]:
    if not texts or not all(_SPAN.fullmatch(text) for text in texts):
        raise ValueError("hours are spans as 07:30-11:30")
    edges = [edge for text in texts for edge in (parse_span(text).opens, parse_span(text).closes)]
    if edges != sorted(set(edges)):
        raise ValueError("spans follow each other, and each ends after it begins")
    return texts


def hours_of(week: list[list[str]]) -> str:
    """The line that says a week, days with the same hours together."""
    parts: list[tuple[int, int, list[str]]] = []
    for day, spans in enumerate(week):
        if parts and parts[-1][1] == day - 1 and parts[-1][2] == spans:
            parts[-1] = (parts[-1][0], day, spans)
        elif spans:
            parts.append((day, day, spans))
    return "; ".join(f"{_named(first, last)} {' '.join(spans)}" for first, last, spans in parts)


def _named(first: int, last: int) -> str:
    return DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
