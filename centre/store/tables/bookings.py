"""Bookings that the city's app made. Nobody's name is here: a keyed hash tells persons apart."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from centre.store.base import Base, Moment


class BookingRow(Base):
    """One booking. `cursor` is its last change in the feed; purged the day after `day`."""

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
    client: Mapped[str]
    __table_args__ = (
        Index(None, "site", "cursor"),
        Index(None, "day", "person"),
        Index(None, "site", "service", "at"),
    )


class Quota(Base):
    """How many bookings a service of a site takes for one slot."""

    __tablename__ = "quota"
    site: Mapped[str] = mapped_column(ForeignKey("site.code"), primary_key=True)
    service: Mapped[str] = mapped_column(primary_key=True)
    a_slot: Mapped[int]
    slot_min: Mapped[int]


class ApiClient(Base):
    """A system that speaks to us with a token (the city's app, a one-stop system), as a hash."""

    __tablename__ = "api_client"
    name: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    scope: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
