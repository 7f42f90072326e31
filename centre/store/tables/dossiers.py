"""States of dossiers, as a one-stop system exports them: a code's keyed hash, a state, a date."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from centre.store.base import Base, Moment


class Dossier(Base):
    """How far a dossier is. No name, no subject: whoever has the code sees state and date."""

    __tablename__ = "dossier"
    code_hash: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    due_on: Mapped[date | None]
    changed_on: Mapped[date | None]
    imported_at: Mapped[datetime] = mapped_column(Moment)
