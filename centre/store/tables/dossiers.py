"""States of dossiers, as a one-stop system exports them: a code's keyed hash, a state, a date."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
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


class DossierMeter(Base):
    """How often a device asked lately, so that codes cannot be tried one after the other.

    A number alone: neither what was asked nor when each of it.
    """

    __tablename__ = "dossier_meter"
    device: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True)
    tokens: Mapped[float]
    counted_at: Mapped[datetime] = mapped_column(Moment)
