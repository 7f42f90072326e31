"""What the handlers of bookings and dossiers find in the application's state; what is forgotten."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from litestar import Litestar

from centre.bookings import shelf
from centre.bookings.desk import BookingDesk
from centre.clock import Clock
from centre.dossiers.one_stop import OneStop
from centre.dossiers.one_stop_plan import read_one_stop
from centre.dossiers.ports import Dossiers
from centre.dossiers.shelf import KEPT, ImportedDossiers, forget_before
from centre.secret import FILE, read_secret
from centre.settings import Settings
from centre.store import Database

log = logging.getLogger(__name__)


def bookings_state(database: Database, settings: Settings, now: Clock) -> dict[str, object]:
    """`bookings` and `dossiers`. Raises SecretError, OneStopError where a file is no good."""
    secret = read_secret(settings.folder / FILE)
    source: Dossiers = ImportedDossiers(database=database, secret=secret)
    if settings.one_stop:
        source = OneStop(read_one_stop(Path(settings.one_stop)), now)
    return {"bookings": BookingDesk(database=database, secret=secret), "dossiers": source}


async def forget(database: Database, now: datetime) -> tuple[int, int]:
    """Forget bookings whose day is over and dossiers that no import names any more: how many of
    each. May be asked as often as one likes, by several workers at once."""
    async with database.changing() as connection:
        bookings = await shelf.purge(connection, now)
        dossiers = await forget_before(connection, now - KEPT)
    if bookings or dossiers:
        log.info("forgotten: %d bookings, %d dossiers", bookings, dossiers)
    return bookings, dossiers


async def close_sources(app: Litestar) -> None:
    """At the end of a worker: whoever was asked about dossiers is hung up on."""
    source: Dossiers = app.state["dossiers"]
    await source.close()
