"""Why a number came: the value that a console turns into one sentence of its texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Why = Literal[
    "longest_wait",  # nobody waited longer: the plain order
    "ordinary_turn",  # an ordinary number's turn by the ratio, before those who are favoured
    "priority",  # a class that is served first: the `count`th of `of` in a row
    "booked",  # checked in for a booking at `at`, whose time has come
    "guard",  # waited for `minutes`, longer than anybody should: before every other order
    "late",  # a no-show who came back within `of` calls
    "sent_here",  # another counter sent them to this one, and nobody waited longer
    "named",  # a clerk chose this number
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason and what its sentence needs; what it does not need is 0 or "".

    `minutes` tell how long they waited. `priority` (the code of a class) or `at` (of a booking,
    ISO 8601) is there for everybody whom the rule favoured at that moment, whatever the reason.
    """

    why: Why
    count: int = 0
    of: int = 0
    minutes: int = 0
    priority: str = ""
    at: str = ""
