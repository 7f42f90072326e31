"""The store's shelves for staff and for bookings."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.queueing.booking import Booking
from kiosk.queueing.staff import Staff
from kiosk.store.database import immediate
from kiosk.store.rooms import Shelf, told


class StaffShelf(Shelf):
    """Who may log in; a kiosk.ports.PinBook."""

    @told
    def keep(self, staff: Staff, pin_hash: str) -> None:
        """Add or change; an empty hash leaves the PIN as it is."""
        with immediate(self._rooms.database):
            self._rooms.staff.keep(staff, pin_hash)

    @told
    def remove(self, code: str) -> bool:
        """They are gone; tells whether they were there."""
        with immediate(self._rooms.database):
            return self._rooms.staff.remove(code)

    @told
    def all(self) -> list[Staff]:
        """Everybody, by name."""
        return self._rooms.staff.all()

    @told
    def pin_hash(self, staff: str) -> str:
        """The argon2 hash for this code; "" where nobody has it."""
        return self._rooms.staff.pin_hash(staff)


class BookingShelf(Shelf):
    """Bookings of today and the days to come."""

    @told
    def keep(self, bookings: Sequence[Booking]) -> None:
        """Add them, or bring them up to date."""
        with immediate(self._rooms.database):
            for booking in bookings:
                self._rooms.bookings.keep(booking)

    @told
    def copy(self, bookings: Sequence[Booking]) -> None:
        """Keep these and, of the others, those alone that have checked in."""
        with immediate(self._rooms.database):
            self._rooms.bookings.forget_waiting()
            for booking in bookings:
                self._rooms.bookings.keep(booking)

    @told
    def by_code(self, code: str) -> Booking | None:
        """The booking with this code."""
        return self._rooms.bookings.by_code(code)

    @told
    def all(self) -> list[Booking]:
        """All that are kept, by their time."""
        return self._rooms.bookings.all()
