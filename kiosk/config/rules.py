"""From the configuration to the values that the queueing rules work with."""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.config.schema import Config, Notice, Service, WeekSpans
from kiosk.config.schema import Counter as Desk
from kiosk.queueing.announcement import Loudness
from kiosk.queueing.booking import BookingRule
from kiosk.queueing.calling import CallingRule
from kiosk.queueing.hours import Calendar, Span, Week
from kiosk.queueing.notice import HouseNotice
from kiosk.queueing.plan import HallPlan
from kiosk.queueing.priority import PriorityClass, PriorityRule
from kiosk.queueing.service import Counter
from kiosk.queueing.service import Service as QueueService

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ALL_DAY = Span(opens=0, closes=24 * 60)


def parse_span(text: str) -> Span:
    """ "07:30-11:30" as a span in minutes of the day."""
    opens, closes = (int(part[:2]) * 60 + int(part[3:]) for part in text.split("-"))
    return Span(opens=opens, closes=closes)


def services_of(config: Config) -> tuple[QueueService, ...]:
    """The services in the file's order, each with its counters and its week."""
    counters = {item.number: _counter(item) for item in config.counter}
    return tuple(_service(item, config, counters) for item in config.service)


def house_week(config: Config) -> Week:
    """The hours of the house; a service may keep its own."""
    return _week(config.hours, WeekSpans(), always=config.hours.always_open)


def calendar_of(config: Config, holidays: frozenset[date] = frozenset()) -> Calendar:
    """The days that differ from their weekday; `holidays` are the public ones, if they count."""
    closed = frozenset(date.fromisoformat(day) for day in config.hours.closed_on)
    opened = frozenset(date.fromisoformat(day) for day in config.hours.open_on)
    if config.hours.always_open:
        return Calendar()
    return Calendar(
        closed=closed | (holidays if config.hours.public_holidays else frozenset()), opened=opened
    )


def priority_rule_of(config: Config) -> PriorityRule:
    """The priority classes in their order, and the fair ratio."""
    return PriorityRule(
        classes=tuple(
            PriorityClass(
                code=item.code, name_vi=item.name_vi, name_en=item.name_en, icon=item.icon
            )
            for item in config.priority
        ),
        ratio=config.queue.priority_ratio,
    )


def hall_plan_of(config: Config) -> HallPlan:
    """The counters, the rules of calling and booking, and the kiosks of the site."""
    hall, bookings = config.hall, config.bookings
    return HallPlan(
        counters=tuple(_counter(item) for item in config.counter),
        calling=CallingRule(
            priority=priority_rule_of(config),
            longest_wait=timedelta(minutes=hall.longest_wait_min),
            late_places=hall.late_places,
            no_show_calls=hall.no_show_calls,
        ),
        booking=BookingRule(
            early=timedelta(minutes=bookings.early_min),
            late=timedelta(minutes=bookings.late_min),
            a_person_a_day=bookings.a_person_a_day,
        ),
        week=None if config.hours.always_open else house_week(config),
        notices=tuple(_notice(item) for item in config.notice),
        letter=config.leader.letter,
        kiosks=config.leader.kiosks,
        tickets_url=config.site_server.url if config.site_server.serve else "",
        keep_days=hall.keep_history_days,
        staff_answer=timedelta(seconds=hall.staff_answer_s),
        staff_names=hall.staff_names,
        closing_grace=timedelta(minutes=hall.closing_grace_min),
    )


def loudness_of(config: Config) -> Loudness:
    """How loudly calls are announced, by the time of day."""
    hall = config.hall
    return Loudness(
        usual=hall.announce_volume,
        softly=hall.quiet_volume,
        quiet=tuple(parse_span(text) for text in hall.quiet),
    )


def _notice(item: Notice) -> HouseNotice:
    return HouseNotice(
        text_vi=item.text_vi,
        text_en=item.text_en,
        first=date.fromisoformat(item.first) if item.first else None,
        last=date.fromisoformat(item.last) if item.last else None,
    )


def _counter(item: Desk) -> Counter:
    return Counter(number=item.number, place_vi=item.place_vi, place_en=item.place_en)


def _service(item: Service, config: Config, counters: dict[str, Counter]) -> QueueService:
    return QueueService(
        code=item.code,
        name_vi=item.name_vi,
        name_en=item.name_en,
        about_vi=item.about_vi,
        about_en=item.about_en,
        series=item.series,
        icon=item.icon,
        counters=tuple(counters[number] for number in item.counters),
        daily_quota=item.daily_quota,
        week=_week(config.hours, item.hours, always=config.hours.always_open),
    )


def _week(house: WeekSpans, own: WeekSpans, *, always: bool) -> Week:
    if always:
        return Week(days=((ALL_DAY,),) * 7)
    days = []
    for weekday in WEEKDAYS:
        texts = getattr(own, weekday)
        if texts is None:
            texts = getattr(house, weekday)
        days.append(tuple(parse_span(text) for text in texts or ()))
    return Week(days=tuple(days))
