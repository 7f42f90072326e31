"""What devices told: events in order, how far each has come, what could not be kept.

On PostgreSQL `event` is partitioned by the month in which an event came in (`received_at`), so that
retention drops a table instead of deleting rows. Nothing unique guards against a double there:
the watermark does, locked while a batch is stored. The primary key names a device first, so that
one entry is found by its name; it holds the site, by which the table can be cut up further.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from centre.store.base import Base, Json, Moment


class Event(Base):
    """One entry of a device's outbox. `at` is the device's own word of when it happened."""

    __tablename__ = "event"
    device: Mapped[str] = mapped_column(primary_key=True)
    epoch: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    site: Mapped[str] = mapped_column(primary_key=True)
    received_at: Mapped[datetime] = mapped_column(Moment, primary_key=True)
    kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    __table_args__ = (
        Index(None, "site", "at"),
        Index(None, "kind", "at"),
        Index(None, "received_at", postgresql_using="brin"),
        Index(
            "ix_event_said",
            "received_at",
            postgresql_where=text("kind = 'feedback_given'"),
            sqlite_where=text("kind = 'feedback_given'"),
        ),
        {"postgresql_partition_by": "RANGE (received_at)"},
    )


class Watermark(Base):
    """How far a device's order has come: everything up to `seq` of this epoch is kept."""

    __tablename__ = "watermark"
    device: Mapped[str] = mapped_column(primary_key=True)
    epoch: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    changed_at: Mapped[datetime] = mapped_column(Moment)


class Quarantined(Base):
    """An entry that could not be kept as an event: acknowledged all the same, for later."""

    __tablename__ = "quarantined"
    device: Mapped[str] = mapped_column(primary_key=True)
    epoch: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    site: Mapped[str]
    kind: Mapped[str]
    reason: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(Moment)
