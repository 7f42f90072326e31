"""A series: a letter and a running number that starts at 001 each business day."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"^([A-Z])(\d{3,})$")


def number_text(series: str, running: int) -> str:
    """ "A" and 7 as "A007"; the thousandth is "A1000". Raises ValueError below 1."""
    if running < 1:
        raise ValueError(f"a series starts at 1, not {running}")
    return f"{series}{running:03d}"


def parse_number(text: str) -> tuple[str, int]:
    """ "A007" as ("A", 7). Raises ValueError for anything that number_text does not write."""
    found = _NUMBER.match(text)
    if found is None or number_text(found[1], int(found[2])) != text:
        raise ValueError(f"{text!r} is no ticket number")
    return found[1], int(found[2])


def next_running(highest_today: int | None) -> int:
    """The running number that follows the highest of the business day."""
    return (highest_today or 0) + 1
