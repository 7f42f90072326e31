"""Dates and times as a citizen reads them."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.screen.translator import Translator

WEEKDAYS = (
    "weekday.monday",
    "weekday.tuesday",
    "weekday.wednesday",
    "weekday.thursday",
    "weekday.friday",
    "weekday.saturday",
    "weekday.sunday",
)
MONTHS = (
    "month.january",
    "month.february",
    "month.march",
    "month.april",
    "month.may",
    "month.june",
    "month.july",
    "month.august",
    "month.september",
    "month.october",
    "month.november",
    "month.december",
)


def long_date(day: datetime, texts: Translator) -> str:
    """ "Thứ Hai, ngày 23 tháng 11"."""
    month = texts.text(MONTHS[day.month - 1])
    return texts.text("date.long", weekday=_weekday(day, texts), day=day.day, month=month)


def opening(opens_at: str, now: datetime, texts: Translator) -> str:
    """When something opens, seen from `now`: "13:30 hôm nay", "07:30 thứ Hai, ngày 23/11".

    `opens_at` is ISO 8601 or "" (nobody knows), which gives "".
    """
    if not opens_at:
        return ""
    moment = datetime.fromisoformat(opens_at)
    time = f"{moment:%H:%M}"
    if moment.date() == now.date():
        return texts.text("moment.today", time=time)
    if moment.date() == now.date() + timedelta(days=1):
        return texts.text("moment.tomorrow", time=time)
    weekday, date = _weekday(moment, texts), f"{moment.day}/{moment.month}"
    return texts.text("moment.day", time=time, weekday=weekday, date=date)


def _weekday(day: datetime, texts: Translator) -> str:
    return texts.text(WEEKDAYS[day.weekday()])
