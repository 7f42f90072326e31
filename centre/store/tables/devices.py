"""Sites, the devices that stand in them, and how a device becomes known."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from centre.store.base import Base, Json, Moment


class Site(Base):
    """A ward's building. `group` is its step in a staged roll-out ("pilot", "first", "")."""

    __tablename__ = "site"
    code: Mapped[str] = mapped_column(primary_key=True)
    name_vi: Mapped[str]
    name_en: Mapped[str]
    group: Mapped[str] = mapped_column(default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    made_at: Mapped[datetime] = mapped_column(Moment)


class Device(Base):
    """A kiosk. `public_key` is Ed25519, raw; `health` is the last that it told, nothing older."""

    __tablename__ = "device"
    id: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str] = mapped_column(ForeignKey("site.code"))
    name: Mapped[str]
    public_key: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    key_since: Mapped[datetime] = mapped_column(Moment)
    enrolled_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    clock_skew_s: Mapped[float] = mapped_column(default=0.0)
    health: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    health_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[str] = mapped_column(default="")
    __table_args__ = (Index(None, "site"),)


class EnrolmentCode(Base):
    """A one-time code for one site, as a keyed hash; the code itself is shown once."""

    __tablename__ = "enrolment_code"
    code_hash: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str] = mapped_column(ForeignKey("site.code"))
    made_by: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    device: Mapped[str | None] = mapped_column(ForeignKey("device.id"))
    __table_args__ = (Index(None, "ends_at"),)


class EnrolmentTry(Base):
    """A wrong code, by where it came from and for which site: five, and it is over for a while."""

    __tablename__ = "enrolment_try"
    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    tried_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index(None, "source", "tried_at"), Index(None, "tried_at"))


class UsedNonce(Base):
    """A signature that has come once: the same one is not taken again while it would be fresh."""

    __tablename__ = "used_nonce"
    device: Mapped[str] = mapped_column(primary_key=True)
    nonce: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index(None, "seen_at"),)
