"""The booking desk: one transaction a decision, one decision at a time.

Each change first takes the next cursor of the feed "bookings" and so holds the feed's one row: what
is counted then stays so until the booking is kept, on SQLite and on PostgreSQL alike. Two wishes
that come together can neither exceed a quota nor give one person a third booking.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from centre.bookings import shelf
from centre.bookings.codes import draw_code, scanned, shown
from centre.bookings.plans import bookable_sites, calendar_of, plan_of
from centre.bookings.rules import (
    AS_THINGS_STAND,
    BookingPlan,
    Refusal,
    days_ahead,
    free_slots,
    refused_booking,
)
from centre.bookings.shapes import BookableSites, Booked, BookingMove, NewBooking, Slot, Slots
from centre.bookings.shelf import BOOKED, CANCELLED, BookingRecord
from centre.errors import Conflict, Missing, Refused, Unprocessable
from centre.secret import keyed_hash
from centre.store import Database
from centre.store.feed import next_cursor
from kiosk.queueing.booking import Booking, BookingRule, booking_code, hanoi_moment, person_key
from kiosk.queueing.hours import HANOI

FEED: Final = "bookings"
_USUAL = BookingRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingDesk:
    """`secret` keys the hashes of persons; `rule` says how many bookings one has a day."""

    database: Database
    secret: bytes
    rule: BookingRule = _USUAL

    async def create(self, client: str, wish: NewBooking, now: datetime) -> tuple[Booked, bool]:
        """A booking, and whether it is new: the same request finds the one that it made.

        Raises Conflict, Unprocessable with the code of a rule, or Conflict "request_reused".
        """
        at = _hanoi(wish.at)
        person = keyed_hash(self.secret, "person", person_key(wish.person))
        wished = "\n".join((wish.site, wish.service, at, person))
        request_hash = keyed_hash(self.secret, "wish", wished)
        async with self.database.changing() as connection:
            cursor = await next_cursor(connection, FEED)
            known = await shelf.of_request(connection, client, wish.request_id)
            if known is not None:
                if known.request_hash != request_hash:
                    raise Conflict(
                        "this request_id has made another booking", code="request_reused"
                    )
                return _booked(known), False
            booking = Booking(
                code=await _free_code(connection),
                service=wish.service,
                at=at,
                registered_at=hanoi_moment(now.isoformat()),
                person=person,
            )
            plan = await self._allowed(connection, wish.site, booking, now)
            row = await shelf.keep(
                connection,
                code=booking.code,
                site=wish.site,
                service=booking.service,
                field=plan.field,
                day=date.fromisoformat(booking.day),
                at=datetime.fromisoformat(at),
                registered_at=now,
                person=person,
                state=BOOKED,
                cursor=cursor,
                changed_at=now,
                client=client,
                request_id=wish.request_id,
                request_hash=request_hash,
            )
            return _booked(row), True

    async def read(self, client: str, code: str) -> Booked:
        """A client's own booking. Raises Missing."""
        async with self.database.reading() as connection:
            return _booked(await _own(connection, client, code))

    async def change(
        self, client: str, code: str, move: BookingMove, now: datetime, version: int | None
    ) -> Booked:
        """Move a booking that is still to come; it keeps its code and when it was registered.

        With a `version` only where it is still that one. Raises Missing, Conflict, Unprocessable.
        """
        async with self.database.changing() as connection:
            cursor = await next_cursor(connection, FEED)
            row = await _own(connection, client, code, version)
            if row.state == CANCELLED:
                raise Conflict("the booking was cancelled", code="booking_cancelled")
            at = row.at if move.at is None else datetime.fromisoformat(_hanoi(move.at))
            service = move.service or row.service
            if (at, service) == (row.at, row.service):
                return _booked(row)
            if row.at <= now:
                raise _against("booking_past")
            booking = Booking(
                code=row.code,
                service=service,
                at=hanoi_moment(at.isoformat()),
                registered_at=hanoi_moment(row.registered_at.isoformat()),
                person=row.person,
            )
            plan = await self._allowed(connection, row.site, booking, now)
            row = await shelf.alter(
                connection,
                row.code,
                service=service,
                field=plan.field,
                day=date.fromisoformat(booking.day),
                at=at,
                cursor=cursor,
                changed_at=now,
            )
            return _booked(row)

    async def cancel(self, client: str, code: str, now: datetime, version: int | None) -> Booked:
        """Take a booking back; again is no harm. Raises Missing, Conflict (version)."""
        async with self.database.changing() as connection:
            cursor = await next_cursor(connection, FEED)
            row = await _own(connection, client, code, version)
            if row.state != CANCELLED:
                row = await shelf.alter(
                    connection, row.code, state=CANCELLED, cursor=cursor, changed_at=now
                )
            return _booked(row)

    async def slots(self, site: str, service: str, day: date, now: datetime) -> Slots:
        """The free slots of a day. Raises Missing where that service cannot be booked there."""
        async with self.database.reading() as connection:
            plan = await plan_of(connection, site, service)
            if plan is None:
                raise Missing("nothing of that name can be booked there")
            calendar = await calendar_of(connection, site, (day,))
            taken = await shelf.taken_on(connection, site, service, day)
        free = free_slots(day, plan, calendar, taken, now)
        slots = tuple(Slot(at=at, free=count) for at, count in free)
        return Slots(site=site, service=service, day=day, slots=slots)

    async def sites(self, now: datetime) -> BookableSites:
        """What can be booked, and for which days."""
        async with self.database.reading() as connection:
            return BookableSites(days=days_ahead(now), sites=await bookable_sites(connection))

    async def _allowed(
        self, connection: AsyncConnection, site: str, booking: Booking, now: datetime
    ) -> BookingPlan:
        plan = await plan_of(connection, site, booking.service)
        if plan is None:
            raise _against("unknown_service")
        calendar = await calendar_of(connection, site, (date.fromisoformat(booking.day),))
        standing = await shelf.standing(connection, site, booking)
        if why := refused_booking(booking, plan, calendar, standing, now, self.rule):
            raise _against(why)
        return plan


async def _own(
    connection: AsyncConnection, client: str, code: str, version: int | None = None
) -> BookingRecord:
    row = await shelf.of_code(connection, client, booking_code(code))
    if row is None:
        raise Missing("no booking of yours has this code")
    if version is not None and version != row.cursor:
        raise Conflict("the booking was changed meanwhile", code="booking_changed")
    return row


async def _free_code(connection: AsyncConnection) -> str:
    while await shelf.is_taken(connection, code := draw_code()):
        continue
    return code


def _hanoi(at: str) -> str:
    try:
        return hanoi_moment(at)
    except (OverflowError, ValueError):  # no such day, or the last one of all time
        raise _against("booking_time") from None


def _against(why: Refusal) -> Refused:
    kind = Conflict if why in AS_THINGS_STAND else Unprocessable
    return kind("against a rule of bookings", code=why)


def _booked(row: BookingRecord) -> Booked:
    return Booked(
        code=shown(row.code),
        scan=scanned(row.code),
        site=row.site,
        service=row.service,
        field=row.field,
        at=row.at.astimezone(HANOI),
        state=row.state,
        registered_at=row.registered_at.astimezone(HANOI),
        changed_at=row.changed_at.astimezone(HANOI),
        version=row.cursor,
    )
