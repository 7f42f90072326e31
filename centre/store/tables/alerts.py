"""Rules that watch over the fleet, what they found, and whom that was told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from centre.store.base import Base, Json, Moment


class AlertRule(Base):
    """`kind` is offline, paper_low, wait_long or satisfaction_drop; `site` "" is every site.

    `tell` are the addresses: "mailto:…" or "https://…" (a webhook, signed with `secret`). `hours`
    is "always", or "working": it finds nothing outside the working hours.
    """

    __tablename__ = "alert_rule"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    site: Mapped[str] = mapped_column(default="")
    threshold: Mapped[float]
    hours: Mapped[str] = mapped_column(default="always")
    tell: Mapped[list[str]] = mapped_column(Json, default=list)
    secret: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)


class Alert(Base):
    """Something a rule found, until it is over. `subject` is a device, or a site."""

    __tablename__ = "alert"
    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[int] = mapped_column(ForeignKey("alert_rule.id"))
    subject: Mapped[str]
    site: Mapped[str]
    raised_at: Mapped[datetime] = mapped_column(Moment)
    over_at: Mapped[datetime | None] = mapped_column(Moment)
    value: Mapped[float]
    __table_args__ = (
        Index(None, "over_at"),
        Index(None, "site", "raised_at"),
        Index(None, "rule", "over_at"),
    )


class AlertMessage(Base):
    """A word to one address on what one look found. `what` is raised, over or test; `alerts` are
    their ids. It is due again and again until it was sent or given up."""

    __tablename__ = "alert_message"
    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[int] = mapped_column(ForeignKey("alert_rule.id"))
    address: Mapped[str]
    what: Mapped[str]
    alerts: Mapped[list[int]] = mapped_column(Json)
    made_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    error: Mapped[str] = mapped_column(default="")
    __table_args__ = (Index(None, "due_at"), Index(None, "made_at"))
