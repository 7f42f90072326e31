"""Rules that watch over the fleet, and what they found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from centre.store.base import Base, Json, Moment


class AlertRule(Base):
    """`kind` is offline, paper_low, wait_long or satisfaction_drop; `site` "" is every site.

    `tell` are the addresses: "mailto:…" or "https://…" (a webhook).
    """

    __tablename__ = "alert_rule"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    site: Mapped[str] = mapped_column(default="")
    threshold: Mapped[float]
    tell: Mapped[list[str]] = mapped_column(Json, default=list)
    active: Mapped[bool] = mapped_column(default=True)


class Alert(Base):
    """Something a rule found, until it is over. `told` says what became of each address."""

    __tablename__ = "alert"
    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[int] = mapped_column(ForeignKey("alert_rule.id"))
    subject: Mapped[str]
    site: Mapped[str]
    raised_at: Mapped[datetime] = mapped_column(Moment)
    over_at: Mapped[datetime | None] = mapped_column(Moment)
    value: Mapped[float]
    told: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    __table_args__ = (Index(None, "over_at"), Index(None, "site", "raised_at"))
