"""Bookings that the city's app made. Nobody's name is here: a keyed hash tells persons apart."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from centre.store.base import Base, Json, Moment


class BookingRow(Base):
    """One booking. `cursor` is its last change in the feed; purged the day after `day`.

    `request_id` is the client's own name of the wish, `request_hash` what it wished: the same wish
    again finds the booking, another one under the same name is refused.
    """

    __tablename__ = "booking"
    code: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str] = mapped_column(ForeignKey("site.code"))
    service: Mapped[str]
    field: Mapped[str]
    day: Mapped[date]
    at: Mapped[datetime] = mapped_column(Moment)
    registered_at: Mapped[datetime] = mapped_column(Moment)
    person: Mapped[str]
    state: Mapped[str]
    cursor: Mapped[int] = mapped_column(BigInteger, unique=True)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    client: Mapped[str] = mapped_column(ForeignKey("api_client.name"))
    request_id: Mapped[str]
    request_hash: Mapped[str]
    __table_args__ = (
        UniqueConstraint("client", "request_id"),
        Index(None, "site", "cursor"),
        Index(None, "day", "person"),
        Index(None, "site", "service", "at"),
    )


class Quota(Base):
    """A service of a site that can be booked: so many bookings a slot, slots in these hours.

    `week` are the spans "HH:MM-HH:MM" of each weekday, Monday first.
    """

    __tablename__ = "quota"
    site: Mapped[str] = mapped_column(ForeignKey("site.code"), primary_key=True)
    service: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str]
    a_slot: Mapped[int]
    slot_min: Mapped[int]
    week: Mapped[list[list[str]]] = mapped_column(Json)


class BookingDay(Base):
    """A day that differs from its weekday at one site ("": at all): closed, or opened.

    Public holidays are closed without being here; a site's own word counts before that for all.
    """

    __tablename__ = "booking_day"
    site: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    is_open: Mapped[bool]


class ApiClient(Base):
    """A system that speaks to us with a token, kept as a hash. `scope` are words, apart by blanks;
    a name that was revoked is not given out again."""

    __tablename__ = "api_client"
    name: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    scope: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
