"""Bookings on their way to a site: opaque codes and hashes, never a name."""

from __future__ import annotations

from typing import Literal

from centre.wire.root import Shape


class BookingChange(Shape, frozen=True, kw_only=True):
    """A booking as it is now; `cancelled` is its tombstone. `person` is a keyed hash by which the
    house's own rules (two a person a day) hold. Times are ISO 8601 with an offset."""

    code: str
    service: str
    at: str
    registered_at: str
    person: str
    state: Literal["booked", "cancelled"]
