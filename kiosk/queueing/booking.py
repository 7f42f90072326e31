"""Bookings: which are taken in, and when one may check in. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from kiosk.queueing.hours import HANOI
from kiosk.queueing.ticket import Ticket

DAYS_AHEAD = 6
_CODE = re.compile(r"[A-Z0-9]{4,40}\Z")
_PREFIX = "LTB1."  # marks a code as a booking of ours for any scanner
_REQUEST = "booking-"

Refusal = Literal[
    "booking_code",
    "booking_day",
    "booking_time",
    "unknown_service",
    "booking_too_many",
    "booking_early",
    "booking_late",
    "booking_other_day",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingRule:
    """See config.toml [bookings]."""

    early: timedelta = timedelta(minutes=60)
    late: timedelta = timedelta(minutes=15)
    a_person_a_day: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A booking as it is kept: an opaque code, a service and two moments (ISO 8601, Hanoi).

    `person` is a keyed hash, for the count of bookings a day alone, or "". `ticket_id` is the
    number that it was given, or None.
    """

    code: str
    service: str
    at: str
    registered_at: str
    person: str = ""
    ticket_id: int | None = None

    @property
    def day(self) -> str:
        """The ISO date that it is for."""
        return self.at[:10]


def booking_code(text: str) -> str:
    """A code as typed, scanned or imported, in the one form in which it is kept; "" if it is none.

    Small letters, blanks and dashes do not matter.
    """
    plain = text.strip().upper().removeprefix(_PREFIX)
    plain = re.sub(r"[\s.-]", "", plain)
    return plain if _CODE.match(plain) else ""


def request_of(booking: Booking) -> str:
    """The request of its check-in, the same at every kiosk of the site."""
    return f"{_REQUEST}{booking.code}-{booking.day}"


def code_of_request(request_id: str) -> str:
    """The code of the booking whose check-in this request is; "" for any other request."""
    rest = request_id.removeprefix(_REQUEST)
    return "" if rest == request_id else rest.partition("-")[0]


def has_lost_booking(ticket: Ticket) -> bool:
    """Whether it checked in with a booking that counts no more: a kiosk that could not see its
    leader gave it, and the booking had been taken back. Not any more in a later queue, for which
    there was no booking."""
    return bool(code_of_request(ticket.request_id)) and not (ticket.booked_at or ticket.queued_at)


def person_key(text: str) -> str:
    """An identity or telephone number in the one form that is hashed: letters and figures alone."""
    return "".join(filter(str.isalnum, text)).upper()


def hanoi_moment(text: str) -> str:
    """An ISO 8601 moment, taken for Hanoi's where it has no offset, in the form that is kept.

    Raises ValueError.
    """
    moment = datetime.fromisoformat(text.strip())
    aware = moment if moment.tzinfo else moment.replace(tzinfo=HANOI)
    return aware.astimezone(HANOI).isoformat(timespec="seconds")


def refused_import(
    booking: Booking,
    today: date,
    services: Collection[str],
    booked: Mapping[tuple[str, str], int],
    rule: BookingRule,
) -> Refusal | None:
    """Why a booking is not taken in; `booked` counts those kept by (person, day)."""
    if not booking.code:
        return "booking_code"
    if booking.service not in services:
        return "unknown_service"
    ahead = (date.fromisoformat(booking.day) - today).days
    if not 0 <= ahead <= DAYS_AHEAD:
        return "booking_day"
    if booking.person and booked.get((booking.person, booking.day), 0) >= rule.a_person_a_day:
        return "booking_too_many"
    return None


def refused_check_in(booking: Booking, now: datetime, rule: BookingRule) -> Refusal | None:
    """Why a booking cannot check in now."""
    if booking.day != now.astimezone(HANOI).date().isoformat():
        return "booking_other_day"
    at = datetime.fromisoformat(booking.at)
    if now < at - rule.early:
        return "booking_early"
    return "booking_late" if now > at + rule.late else None
