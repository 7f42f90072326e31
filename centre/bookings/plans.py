"""What can be booked where: services with their quota and hours, and the days that differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import holidays
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.bookings.rules import BookingPlan
from centre.bookings.shapes import Bookable, BookableSite
from centre.store.tables.bookings import BookingDay, Quota
from centre.store.tables.devices import Site
from kiosk.config.rules import parse_span
from kiosk.queueing.hours import Calendar, Week

EVERY_SITE = ""


async def plan_of(connection: AsyncConnection, site: str, service: str) -> BookingPlan | None:
    """The plan of a service at a site; None where it cannot be booked."""
    asked = select(Quota).where(Quota.site == site, Quota.service == service)
    row = (await connection.execute(asked)).one_or_none()
    if row is None:
        return None
    week = Week(days=tuple(tuple(parse_span(span) for span in day) for day in row.week))
    return BookingPlan(
        service=service, field=row.field, a_slot=row.a_slot, slot_min=row.slot_min, week=week
    )


async def calendar_of(connection: AsyncConnection, site: str, days: Sequence[date]) -> Calendar:
    """Which of these days differ from their weekday at a site."""
    asked = select(BookingDay).where(
        BookingDay.site.in_((EVERY_SITE, site)), BookingDay.day.in_(days)
    )
    rows = (await connection.execute(asked.order_by(BookingDay.site))).all()
    said = {row.day: row.is_open for row in rows}  # the site's own word comes last, and counts
    public = holidays.country_holidays("VN", years={day.year for day in days})
    closed = {day for day in days if not said.get(day, day not in public)}
    opened = {day for day, is_open in said.items() if is_open}
    return Calendar(closed=frozenset(closed), opened=frozenset(opened))


async def bookable_sites(connection: AsyncConnection) -> tuple[BookableSite, ...]:
    """Every site with what can be booked there, by their codes."""
    asked = select(
        Site.code, Site.name_vi, Site.name_en, Quota.service, Quota.field, Quota.slot_min
    )
    rows = await connection.execute(
        asked.join(Quota, Quota.site == Site.code).order_by(Site.code, Quota.service)
    )
    names: dict[str, tuple[str, str]] = {}
    services: dict[str, list[Bookable]] = {}
    for code, name_vi, name_en, service, field, slot_min in rows:
        names[code] = (name_vi, name_en)
        bookable = Bookable(service=service, field=field, slot_min=slot_min)
        services.setdefault(code, []).append(bookable)
    return tuple(
        BookableSite(code=code, name_vi=vi, name_en=en, services=tuple(services[code]))
        for code, (vi, en) in names.items()
    )
