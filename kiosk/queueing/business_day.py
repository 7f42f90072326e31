"""The business day, and a clock that can be believed.

A kiosk's clock can lie: a flat battery starts it in 1970, a wrong time server sends it to 2099
and back. A number printed under a day that was already used would be doubled, so the business
day never goes backwards, and a leap forward counts only once it has lasted: what expires when a
day is over cannot be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.queueing.hours import HANOI

LEAP = timedelta(hours=20)
LEAP_TO_ANOTHER_DAY = timedelta(hours=1)
LONGEST_OFF = timedelta(days=366)  # no kiosk is switched off for longer
SETTLED_S = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Believed:
    """What is believed about time: the wall clock `wall` at `steady` seconds since boot.

    `trusted` is False while the wall clock lies behind what is known or has just leapt; the time
    then goes on from the last good moment by the steady clock.
    """

    wall: datetime
    steady: float
    trusted: bool = True
    doubted_since: float | None = None


def first_belief(wall: datetime, steady: float, last_known: datetime | None) -> Believed:
    """The belief at start, with the last moment that the store remembers.

    Nobody knows how long the kiosk was off, so any later moment is believed, but one more than a
    year later is doubted as a leap is.
    """
    if last_known is None:
        return Believed(wall=wall, steady=steady)
    if _day(wall) < _day(last_known):
        return Believed(wall=last_known, steady=steady, trusted=False)
    if wall - last_known > LONGEST_OFF:
        return Believed(wall=last_known, steady=steady, trusted=False, doubted_since=steady)
    return Believed(wall=wall, steady=steady)


def believe(before: Believed, wall: datetime, steady: float) -> Believed:
    """The belief after looking at both clocks again.

    The wall clock wins as long as it does not fall behind the business day and does not leap by
    20 hours or more against the steady one, or by an hour or more into another day. A leap forward
    is believed after ten minutes; at once where it mends a clock that lay behind.
    """
    expected = before.wall + timedelta(seconds=max(0.0, steady - before.steady))
    if wall < expected and _day(wall) < _day(expected):
        return Believed(wall=expected, steady=steady, trusted=False)
    was_behind = not before.trusted and before.doubted_since is None
    same_day = _day(wall) == _day(expected)
    usual = LEAP if same_day else LEAP_TO_ANOTHER_DAY
    if wall - expected < (LONGEST_OFF if was_behind else usual):
        return Believed(wall=wall, steady=steady)
    since = before.doubted_since if before.doubted_since is not None else steady
    if steady - since >= SETTLED_S:
        return Believed(wall=wall, steady=steady)
    return Believed(wall=expected, steady=steady, trusted=False, doubted_since=since)


def business_day(belief: Believed) -> date:
    """The business day: the date in Hanoi of the believed time."""
    return _day(belief.wall)


def _day(moment: datetime) -> date:
    return moment.astimezone(HANOI).date()
