"""Documents that somebody is still writing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from centre.store.base import Base, Moment


class Draft(Base):
    """What will be published for an audience, once somebody says so. `base` is the version that
    counted there when it was begun, 0 for none: a newer one may have come since."""

    __tablename__ = "draft"
    name: Mapped[str] = mapped_column(primary_key=True)
    audience: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    base: Mapped[int]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(Moment)
