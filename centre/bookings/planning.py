"""What can be booked, changed by the city: plans line by line, and days that differ."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row as Record
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.bookings.shapes import CODE
from centre.bookings.week import week_of
from centre.errors import Missing
from centre.rows import Row, RowError
from centre.store.tables.bookings import BookingDay, Quota
from centre.store.tables.devices import Site

SLOT_MIN = range(5, 241)  # minutes
A_SLOT = range(1, 501)  # bookings
_CODE = re.compile(CODE)


def plan_row(row: Row, sites: Collection[str]) -> dict[str, Any]:
    """The plan that a line tells of, as columns. Raises RowError."""
    if (site := row.get("site", "")) not in sites:
        raise RowError("site: there is none of this code")
    for name in ("service", "field"):
        if not _CODE.fullmatch(row.get(name, "")):
            raise RowError(f"{name}: 1 to 40 of a-z, 0-9 and -")
    try:
        week = week_of(row.get("hours", ""))
    except ValueError as error:
        raise RowError(f"hours: {error}") from error
    return {
        "site": site,
        "service": row["service"],
        "field": row["field"],
        "a_slot": _number("a_slot", row, A_SLOT),
        "slot_min": _number("slot_min", row, SLOT_MIN),
        "week": week,
    }


async def known_sites(connection: AsyncConnection) -> frozenset[str]:
    """The codes of every site."""
    return frozenset((await connection.execute(select(Site.code))).scalars())


async def keep_plan(connection: AsyncConnection, plan: dict[str, Any]) -> None:
    """Put a plan in the place of the one before. What is booked already stays booked."""
    await _drop_plan(connection, plan["site"], plan["service"])
    await connection.execute(insert(Quota).values(**plan))


async def remove_plan(connection: AsyncConnection, site: str, service: str) -> None:
    """Nothing more of this can be booked. Raises Missing."""
    if not await _drop_plan(connection, site, service):
        raise Missing(f"{service} cannot be booked at {site}")


async def plans(connection: AsyncConnection) -> Sequence[Record[Any]]:
    """Every plan, by site and service."""
    asked = select(Quota).order_by(Quota.site, Quota.service)
    return (await connection.execute(asked)).all()


async def keep_day(
    connection: AsyncConnection, site: str, day: date, *, is_open: bool | None
) -> None:
    """Open or close a day at a site ("": at all), or leave it as usual again (None)."""
    gone = delete(BookingDay).where(BookingDay.site == site, BookingDay.day == day)
    await connection.execute(gone)
    if is_open is not None:
        await connection.execute(insert(BookingDay).values(site=site, day=day, is_open=is_open))


async def _drop_plan(connection: AsyncConnection, site: str, service: str) -> int:
    gone = delete(Quota).where(Quota.site == site, Quota.service == service)
    return (await connection.execute(gone)).rowcount


def _number(name: str, row: Row, allowed: range) -> int:
    text = row.get(name, "")
    if not re.fullmatch("[0-9]{1,4}", text) or int(text) not in allowed:
        raise RowError(f"{name}: {allowed.start} to {allowed.stop - 1}")
    return int(text)
