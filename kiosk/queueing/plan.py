"""What the hall is and by which rules it works, as config.toml says: one value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from kiosk.queueing.booking import BookingRule
from kiosk.queueing.calling import CallingRule
from kiosk.queueing.hours import Week
from kiosk.queueing.notice import HouseNotice
from kiosk.queueing.service import Counter


@dataclass(frozen=True, slots=True, kw_only=True)
class HallPlan:
    """Counters, rules, the hours of the house, and what it tells everybody.

    `letter` is this kiosk's own, for numbers while its leader is away; `kiosks` are the letters
    of those whom this one leads. `keep_days` is how long each step of a number is kept;
    `closing_grace` is how long after the opening hours who waits is still served. A call for
    staff that nobody answered for `staff_answer` calls everybody; `staff_names` says whether a
    citizen is told who comes.
    """

    counters: tuple[Counter, ...] = ()
    calling: CallingRule = field(default_factory=CallingRule)
    booking: BookingRule = field(default_factory=BookingRule)
    week: Week | None = None  # None: it keeps no hours
    notices: tuple[HouseNotice, ...] = ()
    letter: str = ""
    kiosks: tuple[str, ...] = ()
    keep_days: int = 400
    staff_answer: timedelta = timedelta(seconds=60)
    staff_names: bool = True
    closing_grace: timedelta = timedelta(hours=1)
    tickets_url: str = ""
