"""A line that the house tells everybody, and the days on which it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseNotice:
    """Vietnamese and English; from `first` to `last`, both included, as far as they are set."""

    text_vi: str
    text_en: str = ""
    first: date | None = None
    last: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is to be told on that day."""
        begun = self.first is None or self.first <= day
        return begun and (self.last is None or day <= self.last)


def notices_on(day: date, notices: Iterable[HouseNotice]) -> tuple[HouseNotice, ...]:
    """Those that hold on that day, in their order."""
    return tuple(one for one in notices if one.holds_on(day))
