"""What a report is about: a business day or a month. Pure."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """A business day ("2026-11-23") or a month ("2026-11")."""

    text: str
    first: date
    last: date

    @property
    def is_month(self) -> bool:
        """Whether it is a month."""
        return len(self.text) == len("2026-11")

    def before(self) -> Period:
        """The one before."""
        return self._beside(self.first - timedelta(days=1))

    def after(self) -> Period:
        """The next one."""
        return self._beside(self.last + timedelta(days=1))

    def _beside(self, day: date) -> Period:
        return period_of(day.isoformat()[: len(self.text)])


def period_of(text: str) -> Period:
    """The period of an address. Raises ValueError where it is none."""
    if len(text) != len("2026-11"):
        day = date.fromisoformat(text)
        return Period(day.isoformat(), day, day)
    first = date.fromisoformat(f"{text}-01")
    return Period(text, first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))
