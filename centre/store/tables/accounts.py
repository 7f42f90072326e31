"""People who work with the centre's pages, their sessions, and what they did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from centre.store.base import Base, Json, Moment


class Account(Base):
    """`role` is "city" (everything) or "ward" (its own `site` alone). `totp_secret` "" is none;
    `totp_last` is the time step of the last code that was taken: each is taken once."""

    __tablename__ = "account"
    name: Mapped[str] = mapped_column(primary_key=True)
    shown_as: Mapped[str]
    role: Mapped[str]
    site: Mapped[str | None] = mapped_column(ForeignKey("site.code"))
    password_hash: Mapped[str]
    totp_secret: Mapped[str] = mapped_column(default="")
    totp_last: Mapped[int] = mapped_column(BigInteger, default=0)
    made_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class AccountSession(Base):
    """A browser that is logged in: its cookie's hash, so that a copy of the table is no key."""

    __tablename__ = "account_session"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.name"))
    begun_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index(None, "ends_at"),)


class LoginCount(Base):
    """Wrong log-ins in a row, the ways kiosk.site.lockout counts them; "" is whatever name, from
    wherever. Seconds since 1970."""

    __tablename__ = "login_count"
    name: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    wrong: Mapped[int]
    locks: Mapped[int]
    locked_until: Mapped[float]
    changed_at: Mapped[float]
    __table_args__ = (Index(None, "changed_at"),)


class Audit(Base):
    """Who did what, when. Only ever added to."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    account: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    __table_args__ = (Index(None, "at"),)
