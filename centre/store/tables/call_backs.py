"""What became of a citizen's wish to be called back. The number itself is in the event alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from centre.store.base import Base, Moment


class CallBack(Base):
    """A wish that is settled: `outcome` is called, not_reached or withdrawn. The number is gone."""

    __tablename__ = "call_back"
    device: Mapped[str] = mapped_column(primary_key=True)
    epoch: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    site: Mapped[str]
    outcome: Mapped[str]
    account: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index(None, "site", "at"), Index(None, "at"))
