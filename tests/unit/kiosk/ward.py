"""A ward as the tests need it: its week, its services, its people, and moments to meet them at."""

from datetime import datetime, timedelta

from kiosk.queueing.hours import HANOI, Span, Week
from kiosk.queueing.priority import PriorityClass, PriorityRule
from kiosk.queueing.service import Counter, Service
from kiosk.queueing.ticket import Ticket

MORNING = Span(opens=7 * 60 + 30, closes=11 * 60 + 30)
AFTERNOON = Span(opens=13 * 60 + 30, closes=17 * 60)
WEEK = Week(days=((MORNING, AFTERNOON),) * 5 + ((MORNING,), ()))
SATURDAY = "2026-11-21"
RULE = PriorityRule(
    classes=tuple(
        PriorityClass(code=code, name_vi=code, name_en=code)
        for code in ("elderly", "disability", "pregnant")
    ),
    ratio=(2, 1),
)


def at(text: str) -> datetime:
    """ "2026-11-21 07:30" in Hanoi."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


def stamp(minutes: float) -> str:
    """The moment so many minutes after half past seven on the Saturday, as ISO 8601."""
    return (at(f"{SATURDAY} 07:30") + timedelta(minutes=minutes)).isoformat()


def service(code: str = "land", *counters: str, daily_quota: int = 0) -> Service:
    """A service at these counters, all on one floor."""
    return Service(
        code=code,
        name_vi="Đất đai, xây dựng",
        name_en="Land and building",
        series="D",
        week=WEEK,
        counters=tuple(
            Counter(number=number, place_vi="tầng 1", place_en="ground floor")
            for number in counters
        ),
        daily_quota=daily_quota,
    )


def ticket(number: int = 7, *, of: str = "land", priority: str = "") -> Ticket:
    """A number just given."""
    return Ticket(
        id=number,
        number=f"D{number:03d}",
        series="D",
        running=number,
        service=of,
        business_day=SATURDAY,
        issued_at=stamp(number),
        priority=priority,
        token="kq3v9x2m7p8w4h6t",
    )
