"""Bookings as rows: an opaque code, two moments, a keyed hash; gone when their day is over."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from kiosk.queueing.booking import Booking

_COLUMNS = ("code", "service", "at", "registered_at", "person", "ticket_id")
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM booking"


class BookingTable:
    """The rows of `booking`. Its writing methods belong inside `database.immediate`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, booking: Booking) -> None:
        """Add, or bring up to date; a number that it was given stays."""
        self._database.execute(
            "INSERT INTO booking (code, service, at, registered_at, person) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (code) DO UPDATE SET service = excluded.service, at = excluded.at,"
            " registered_at = excluded.registered_at, person = excluded.person",
            [booking.code, booking.service, booking.at, booking.registered_at, booking.person],
        )

    def give(self, code: str, ticket_id: int) -> None:
        """It has checked in and has this number."""
        self._database.execute("UPDATE booking SET ticket_id = ? WHERE code = ?", [ticket_id, code])

    def by_code(self, code: str) -> Booking | None:
        """The booking with this code."""
        rows = self._database.execute(f"{_SELECT} WHERE code = ?", [code]).fetchall()
        return next((_booking(row) for row in rows), None)

    def all(self) -> list[Booking]:
        """Those of today and later, by their time."""
        rows = self._database.execute(f"{_SELECT} ORDER BY at, registered_at").fetchall()
        return [_booking(row) for row in rows]

    def forget_waiting(self) -> None:
        """Remove those that have no number yet."""
        self._database.execute("DELETE FROM booking WHERE ticket_id IS NULL")

    def forget_unless_come(self, code: str) -> None:
        """Remove this one, unless it has a number."""
        self._database.execute("DELETE FROM booking WHERE code = ? AND ticket_id IS NULL", [code])

    def forget_before(self, day: str) -> None:
        """Remove the bookings of earlier days."""
        self._database.execute("DELETE FROM booking WHERE at < ?", [day])


def _booking(row: tuple[Any, ...]) -> Booking:
    return Booking(**dict(zip(_COLUMNS, row, strict=True)))
