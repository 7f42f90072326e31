"""Words of bookings: brought in, and checked in at a kiosk.

CommandRefused: unknown_booking, booking_early, booking_late, booking_other_day.
"""

from __future__ import annotations

from kiosk.words.root import Command, Event, Language, Word


class BookingLine(Word, frozen=True, kw_only=True):
    """A booking as the city gives it. `at` and `registered_at` are ISO 8601 with an offset;
    `person` (an identity or telephone number) is made a keyed hash at once and never kept."""

    code: str
    service: str
    at: str
    registered_at: str
    person: str = ""


class ImportBookings(Command, frozen=True, kw_only=True, tag="import_bookings"):
    """Take in bookings for today and the next six days. -> BookingsResult"""

    bookings: tuple[BookingLine, ...]


class CheckInBooking(Command, frozen=True, kw_only=True, tag="check_in_booking"):
    """Give the number of a booking, by its code typed or scanned. -> TicketResult

    The same code always gives the same ticket. `kiosk` is the letter of another kiosk that asks
    and prints the slip itself, "" here.
    """

    code: str
    kiosk: str = ""
    priority: str = ""
    language: Language = "vi"


class BookingsResult(Word, frozen=True, kw_only=True, tag="bookings"):
    """What an import came to; `refused` tells (number of the line from 1, code of the reason)."""

    kept: int
    known: int
    refused: tuple[tuple[int, str], ...] = ()


class BookingCheckedIn(Event, frozen=True, kw_only=True, tag="booking_checked_in"):
    """Who booked has come and has a number."""

    ticket_id: int
    number: str
    booked_at: str
