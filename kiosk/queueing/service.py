"""A service, its counters, and whether a number for it can be given now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kiosk.queueing.closing import ByHand
from kiosk.queueing.hours import Calendar, Week, is_open, next_opening, next_opening_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A desk that serves."""

    number: str
    place_vi: str = ""
    place_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What one queues for. `daily_quota` in numbers a day; 0 is no limit."""

    code: str
    name_vi: str
    name_en: str
    series: str
    week: Week
    about_vi: str = ""
    about_en: str = ""
    icon: str = "ticket"
    counters: tuple[Counter, ...] = ()
    daily_quota: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """Whether numbers are given, and when they are again (None: not known)."""

    state: Literal["open", "closed", "full"]
    opens_at: datetime | None = None


def availability(
    service: Service,
    calendar: Calendar,
    now: datetime,
    issued_today: int,
    by_hand: ByHand = "",
) -> Availability:
    """What a manager decided first, then hours, then quota: a full service, or a house that was
    closed by hand, offers the next business day."""
    if by_hand == "closed":
        return Availability(state="closed", opens_at=next_opening_day(now, service.week, calendar))
    if by_hand != "opened" and not is_open(now, service.week, calendar):
        return Availability(state="closed", opens_at=next_opening(now, service.week, calendar))
    if service.daily_quota and issued_today >= service.daily_quota:
        return Availability(state="full", opens_at=next_opening_day(now, service.week, calendar))
    return Availability(state="open")


def pool_of(service: Service, services: Iterable[Service]) -> frozenset[str]:
    """The services that may be called before this one: those that share a counter with it.

    Where two services share only some counters this counts everybody who could be called first:
    an honest upper bound.
    """
    own = {counter.number for counter in service.counters}
    shared = {
        other.code
        for other in services
        if own.intersection(counter.number for counter in other.counters)
    }
    return frozenset(shared | {service.code})


def where_text(service: Service, language: str) -> str:
    """Where to wait: "Quầy số 2, 4 – tầng 1", or nothing when no counter is named.

    Counters in different places are named place by place: "Quầy số 2 – tầng 1; Quầy số 4".
    """
    places: dict[str, list[str]] = {}
    for counter in service.counters:
        place = counter.place_en if language == "en" else counter.place_vi
        places.setdefault(place, []).append(counter.number)
    return "; ".join(_counters_text(numbers, place, language) for place, numbers in places.items())


def _counters_text(numbers: list[str], place: str, language: str) -> str:
    counters = {"en": "Counter" if len(numbers) == 1 else "Counters"}.get(language, "Quầy số")
    text = f"{counters} {', '.join(numbers)}"
    return f"{text} – {place}" if place else text
