"""Who is served before whom: priority classes in their order, and a fair ratio.

With a ratio of 2 to 1, two priority numbers are called, then one ordinary, and so on; where one
kind is missing the other goes on. Within the priority numbers the order of the classes decides,
then the time; ordinary numbers go by time. A booking whose time has come is favoured like a class
before all others, so that the same ratio keeps bookings and ordinary numbers fair to each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

BOOKED = "*booked"  # no class of config.toml can have this code


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityClass:
    """People whom the law or the ward serves first."""

    code: str
    name_vi: str
    name_en: str
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityRule:
    """The classes, first come first in rank, and so many priority to so many ordinary."""

    classes: tuple[PriorityClass, ...] = ()
    ratio: tuple[int, int] = (2, 1)

    def rank(self, code: str) -> int | None:
        """The class's place in the order, from 0; None for an ordinary or unknown one.

        A booking whose time has come stands before all classes.
        """
        if code == BOOKED:
            return -1
        for rank, known in enumerate(self.classes):
            if known.code == code:
                return rank
        return None


def people_ahead(
    priority: str, waiting: Mapping[str, int], rule: PriorityRule, recent: Iterable[bool] = ()
) -> int:
    """How many are called before somebody of `priority` who comes now, if nobody else comes.

    `waiting` counts those who wait by their priority; `recent` tells the last calls, oldest first,
    True for a favoured number: the ratio goes on from there. Counting is enough, because a
    newcomer is the last of their class.
    """
    rank = rule.rank(priority)
    favoured = rank is not None
    ranks = {code: rule.rank(code) for code in waiting}
    ordinary = sum(count for code, count in waiting.items() if ranks[code] is None)
    if rank is None:
        own, other = ordinary, sum(waiting.values()) - ordinary
    else:
        first = [code for code, known in ranks.items() if known is not None and known <= rank]
        own, other = sum(waiting[code] for code in first), ordinary
    ratio = Ratio(rule.ratio, recent)
    mine, others = rule.ratio if favoured else rule.ratio[::-1]
    rounds = max(0, min(own // mine, other // others) - 1)  # after each the ratio is where it was
    ahead = rounds * (mine + others)
    own, other = own - rounds * mine, other - rounds * others
    while other and (own or ratio.is_priority != favoured):
        takes_own = ratio.is_priority == favoured
        own, other = (own - 1, other) if takes_own else (own, other - 1)
        ratio.took(priority=takes_own == favoured)
        ahead += 1
    return ahead + own


class Ratio:
    """Whose turn it is by the ratio: a run of priority calls, then a run of ordinary ones."""

    def __init__(self, ratio: tuple[int, int], recent: Iterable[bool]) -> None:
        self._priority, self._ordinary = ratio
        self.is_priority = True
        self._in_run = 0
        for priority in recent:
            self.took(priority=priority)

    def place(self, *, priority: bool) -> tuple[int, int]:
        """Which of how many in a row a call of that kind would be now."""
        length = self._priority if priority else self._ordinary
        return (self._in_run + 1 if priority == self.is_priority else 1), length

    def took(self, *, priority: bool) -> None:
        """Count a call; a call out of turn (the other kind was missing) starts its own run."""
        if priority != self.is_priority:
            self.is_priority, self._in_run = priority, 0
        self._in_run += 1
        if self._in_run >= (self._priority if priority else self._ordinary):
            self.is_priority, self._in_run = not priority, 0
