"""Bookings in the database. Whoever changes one holds the feed's row (`centre.store.feed`)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.bookings.rules import Standing
from centre.store.tables.bookings import BookingRow
from centre.wire import BookingChange
from kiosk.queueing.booking import Booking
from kiosk.queueing.hours import HANOI

BOOKED, CANCELLED = "booked", "cancelled"
MAX_CHANGES = 500

BookingRecord = Row[Any]


async def of_request(
    connection: AsyncConnection, client: str, request: str
) -> BookingRecord | None:
    """The booking that a client made under its own name of the wish."""
    asked = select(BookingRow).where(BookingRow.client == client, BookingRow.request_id == request)
    return (await connection.execute(asked)).one_or_none()


async def of_code(connection: AsyncConnection, client: str, code: str) -> BookingRecord | None:
    """A client's own booking; another's is none."""
    asked = select(BookingRow).where(BookingRow.client == client, BookingRow.code == code)
    return (await connection.execute(asked)).one_or_none()


async def is_taken(connection: AsyncConnection, code: str) -> bool:
    """Whether a code is anybody's."""
    asked = select(BookingRow.code).where(BookingRow.code == code)
    return (await connection.execute(asked)).first() is not None


async def standing(connection: AsyncConnection, site: str, booking: Booking) -> Standing:
    """What else is booked, for the rules to decide on `booking`."""
    live = (BookingRow.state == BOOKED, BookingRow.code != booking.code)
    day = date.fromisoformat(booking.day)
    fields = select(BookingRow.field).where(
        BookingRow.person == booking.person, BookingRow.day == day, *live
    )
    in_slot = select(func.count()).where(
        BookingRow.site == site,
        BookingRow.service == booking.service,
        BookingRow.at == datetime.fromisoformat(booking.at),
        *live,
    )
    return Standing(
        fields=tuple((await connection.execute(fields)).scalars()),
        in_slot=int((await connection.execute(in_slot)).scalar_one()),
    )


async def taken_on(
    connection: AsyncConnection, site: str, service: str, day: date
) -> tuple[datetime, ...]:
    """When each booking of a service on a day is."""
    asked = select(BookingRow.at).where(
        BookingRow.site == site,
        BookingRow.service == service,
        BookingRow.day == day,
        BookingRow.state == BOOKED,
    )
    return tuple((await connection.execute(asked)).scalars())


async def keep(connection: AsyncConnection, **values: object) -> BookingRecord:
    """A new booking."""
    made = insert(BookingRow).values(**values).returning(BookingRow)
    return (await connection.execute(made)).one()


async def alter(connection: AsyncConnection, code: str, **values: object) -> BookingRecord:
    """A booking that is another one now."""
    made = update(BookingRow).where(BookingRow.code == code).values(**values).returning(BookingRow)
    return (await connection.execute(made)).one()


async def changes_since(
    connection: AsyncConnection, site: str, cursor: int, limit: int = MAX_CHANGES
) -> tuple[tuple[BookingChange, ...], int, bool]:
    """What is new for a site: each booking as it is now, the cursor to go on from, and whether
    there is more at once."""
    asked = (
        select(BookingRow)
        .where(BookingRow.site == site, BookingRow.cursor > cursor)
        .order_by(BookingRow.cursor)
        .limit(limit + 1)
    )
    rows = (await connection.execute(asked)).all()
    told = rows[:limit]
    return (
        tuple(_change(row) for row in told),
        told[-1].cursor if told else cursor,
        len(rows) > limit,
    )


async def purge(connection: AsyncConnection, now: datetime) -> int:
    """Forget every booking whose day is over in Hanoi; tells how many."""
    today = now.astimezone(HANOI).date()
    gone = await connection.execute(delete(BookingRow).where(BookingRow.day < today))
    return gone.rowcount


def _change(row: BookingRecord) -> BookingChange:
    return BookingChange(
        code=row.code,
        service=row.service,
        at=_told(row.at),
        registered_at=_told(row.registered_at),
        person=row.person,
        state=row.state,
    )


def _told(moment: datetime) -> str:
    return moment.astimezone(HANOI).isoformat(timespec="seconds")
