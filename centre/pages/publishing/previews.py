"""How a document will look on a kiosk: values for the preview's templates. Pure but for reading
what is shipped."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from centre.errors import Unprocessable
from centre.wire.overlay import laid_over
from kiosk.config import (
    Config,
    calendar_of,
    hall_plan_of,
    house_week,
    parse_survey,
)
from kiosk.config.schema import Service
from kiosk.errors import ConfigError
from kiosk.feedback.survey import Survey
from kiosk.paths import DEFAULT_CONFIG
from kiosk.queueing.hours import Calendar, spans_on
from kiosk.queueing.hours_text import hours_lines, hours_text
from kiosk.queueing.notice import HouseNotice

DAYS_AHEAD = 45


@dataclass(frozen=True, slots=True)
class OddDay:
    """A day that differs from its weekday, and its hours ("" for closed)."""

    day: date
    hours: str


def preview_notices(body: bytes, today: date) -> list[tuple[HouseNotice, bool]]:
    """Each notice, and whether it holds today."""
    plan = hall_plan_of(_laid_over("notices", body))
    return [(one, one.holds_on(today)) for one in plan.notices]


def preview_hours(
    body: bytes, today: date, weekday: Callable[[int], str]
) -> tuple[tuple[str, ...], list[OddDay]]:
    """The lines of the week, and the days of the weeks to come that differ."""
    config = _laid_over("hours", body)
    week, calendar = house_week(config), calendar_of(config)
    usual = Calendar()
    odd = []
    for ahead in range(DAYS_AHEAD):
        day = today + timedelta(days=ahead)
        spans = spans_on(day, week, calendar)
        if spans != spans_on(day, week, usual):
            odd.append(OddDay(day, hours_text(spans)))
    return hours_lines(week, weekday), odd


def preview_survey(body: bytes) -> Survey:
    """The survey."""
    try:
        return parse_survey(body.decode(), name="survey.toml")
    except (ConfigError, UnicodeDecodeError) as error:
        raise Unprocessable(str(error), code="document") from error


def preview_services(body: bytes) -> tuple[Service, ...]:
    """The services as the page of services will have them."""
    return _laid_over("services", body).service


def preview_config(body: bytes) -> list[tuple[str, str]]:
    """Each key that is said, with its value."""
    found: list[tuple[str, str]] = []
    for table, value in tomllib.loads(body.decode()).items():
        if isinstance(value, list):
            found += [(f"{table} {number + 1}", str(one)) for number, one in enumerate(value)]
        else:
            found += [(f"{table}.{key}", str(one)) for key, one in value.items()]
    return found


def _laid_over(name: str, body: bytes) -> Config:
    """The shipped configuration, open by its hours, with this document over it."""
    own = tomllib.loads(DEFAULT_CONFIG.read_text(encoding="utf-8"))
    own["hours"]["always_open"] = False
    try:
        whole = laid_over(own, {name: tomllib.loads(body.decode())})
        return msgspec.convert(whole, Config)
    except (ValueError, msgspec.ValidationError) as error:
        raise Unprocessable(str(error), code="document") from error
