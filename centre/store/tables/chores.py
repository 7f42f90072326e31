"""How far a chore has come that works through time from its beginning."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from centre.store.base import Base, Moment


class Chore(Base):
    """Everything before `until` is done."""

    __tablename__ = "chore"
    name: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[datetime] = mapped_column(Moment)
