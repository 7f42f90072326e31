"""What the city's app sends and is answered, in JSON. A field that is not here is refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta

from centre.wire.root import StrictShape

CODE = r"^[a-z0-9][a-z0-9-]{0,39}$"
Code = Annotated[str, Meta(pattern=CODE)]
Moment = Annotated[
    str,
    Meta(
        pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$",
        description="RFC 3339, with an offset",
    ),
]


class NewBooking(StrictShape, frozen=True, kw_only=True):
    """A wish. The same `request_id` of the same client always finds the same booking.

    `person` tells persons apart and is no name: an identity or telephone number, or the app's own
    key of an account. A keyed hash of it is kept, until the day after.
    """

    request_id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9._-]{8,64}$")]
    site: Code
    service: Code
    at: Moment
    person: Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9 .+_-]{4,62}[A-Za-z0-9]$")]


class BookingMove(StrictShape, frozen=True, kw_only=True):
    """Another time, another service of the same site, or both."""

    at: Moment | None = None
    service: Code | None = None


class Booked(StrictShape, frozen=True, kw_only=True, omit_defaults=False):
    """A booking as it is now. `code` is for eyes, `scan` is what a QR code of it is to say;
    `version` grows with each change."""

    code: str
    scan: str
    site: str
    service: str
    field: str
    at: datetime
    state: Literal["booked", "cancelled"]
    registered_at: datetime
    changed_at: datetime
    version: int


class Slot(StrictShape, frozen=True, kw_only=True, omit_defaults=False):
    """A time that can be booked, and how many bookings it still takes."""

    at: datetime
    free: int


class Slots(StrictShape, frozen=True, kw_only=True, omit_defaults=False):
    """The free slots of a day, the earliest first; none on a day off."""

    site: str
    service: str
    day: date
    slots: tuple[Slot, ...]


class Bookable(StrictShape, frozen=True, kw_only=True, omit_defaults=False):
    """A service that can be booked. One person has one booking a day in a `field`."""

    service: str
    field: str
    slot_min: int


class BookableSite(StrictShape, frozen=True, kw_only=True, omit_defaults=False):
    """A ward's site and what can be booked there."""

    code: str
    name_vi: str
    name_en: str
    services: tuple[Bookable, ...]


class BookableSites(StrictShape, frozen=True, kw_only=True, omit_defaults=False):
    """Every site at which something can be booked, and the days that can be, today first."""

    days: tuple[date, ...]
    sites: tuple[BookableSite, ...]
