"""What is given out: whole documents by version, and one feed of changes.

Whoever publishes locks the feed's one row first, so that cursors become visible in their order: no
reader can step over a change that commits late.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from centre.store.base import Base, Moment


class Feed(Base):
    """The last cursor given out, by the feed's name ("documents", "bookings").

    "timeline" is no feed: it changes when the centre was put back from a backup, and with it every
    cursor that a device keeps is void.
    """

    __tablename__ = "feed"
    name: Mapped[str] = mapped_column(primary_key=True)
    cursor: Mapped[int] = mapped_column(BigInteger)


class Document(Base):
    """One version of a document for one audience, whole. Versions of a name are one series for all
    audiences, so that name and version tell which.

    `audience` is "" (everybody), "group:NAME" or "site:CODE"; the narrowest that fits counts.
    `removed` is a tombstone: from this version on there is none for this audience.
    """

    __tablename__ = "document"
    name: Mapped[str] = mapped_column(primary_key=True)
    audience: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    cursor: Mapped[int] = mapped_column(BigInteger, unique=True)
    removed: Mapped[bool] = mapped_column(default=False)
    sha256: Mapped[str]
    size: Mapped[int]
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    published_at: Mapped[datetime] = mapped_column(Moment)
    published_by: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (Index(None, "audience", "name"), UniqueConstraint("name", "version"))


class DocumentFate(Base):
    """What became of a version on a device: "in_use", or "rolled_back" with a reason."""

    __tablename__ = "document_fate"
    device: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(Moment)


class CentreKey(Base):
    """The fingerprint of a key that this database is used with ("documents", "hashes"): of the
    document key its public half."""

    __tablename__ = "centre_key"
    name: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    used_since: Mapped[datetime] = mapped_column(Moment)
