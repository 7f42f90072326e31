"""What is new for a device since a cursor."""

from __future__ import annotations

from centre.wire.bookings import BookingChange
from centre.wire.documents import DocumentNotice
from centre.wire.root import Shape


class Changes(Shape, frozen=True, kw_only=True):
    """`cursor` is to be asked with next time; `more`: ask again at once. `whole`: told from the
    beginning, of any name that is not among `documents` there is none. `now` is the centre's clock,
    ISO 8601, by which a device knows how wrong its own is."""

    cursor: str
    now: str
    documents: tuple[DocumentNotice, ...] = ()
    bookings: tuple[BookingChange, ...] = ()
    more: bool = False
    whole: bool = False
