"""When the database is damaged: set it aside, restore, put back what the journal tells.

Numbers given after the backup are on paper in citizens' hands: the journal brings them back. And
because a power cut may have cost the journal its last lines, every series goes on well above the
highest number that is known: a number may be skipped, none is given twice.

The new file is built under another name and takes the place of the old one at the very end: a
core that is killed in the middle begins again at the next start.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from kiosk.queueing.hours import HANOI
from kiosk.queueing.ticket import Ticket
from kiosk.store.backup import backups_in
from kiosk.store.database import (
    connect,
    copy_whole,
    damage,
    immediate,
    looking,
    sqlite3,
    sync_folder,
)
from kiosk.store.facts import Facts
from kiosk.store.journal import Journal
from kiosk.store.outbox import Outbox
from kiosk.store.print_jobs import PrintJobTable
from kiosk.store.tickets import TicketTable

log = logging.getLogger(__name__)

FLOOR_STEP = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore came to.

    `set_aside` is None when the file was missing, `source` is "" when there was nothing good to
    start from.
    """

    fault: str
    set_aside: Path | None
    source: str
    saved: int

    def __str__(self) -> str:
        aside = f"; set aside in {self.set_aside.name}" if self.set_aside else ""
        source = f"restored from {self.source}" if self.source else "no good backup"
        return (
            f"the store was damaged ({self.fault}){aside}; {source}; "
            f"{self.saved} tickets put back from the journal"
        )


def open_whole(
    path: Path, backups: Path, journal: Journal, now: datetime
) -> tuple[Database, Restored | None]:
    """The database at `path`, made new if there is none, restored first if it is damaged.

    What SQLite and the disk raise goes up: then nothing was changed.
    """
    restored = None
    if not path.exists() and not backups_in(backups) and not any(journal.tickets()):
        _build(path, None, (), "", now)
    elif fault := _fault(path, journal):
        restored = _restore(path, backups, journal, fault, now)
        log.error("%s", restored)
    return connect(path), restored


def _fault(path: Path, journal: Journal) -> str:
    if not path.exists():
        return "the file is missing"
    if fault := damage(path):
        return fault
    with looking(path) as connection:
        known = TicketTable(Database(connection, execute_plugins=False))
        lost = [one for one in journal.newest_day() if known.by_request(one.request_id) is None]
    return f"{len(lost)} numbers of the journal are not in it" if lost else ""


def _restore(path: Path, backups: Path, journal: Journal, fault: str, now: datetime) -> Restored:
    source = _best_source(path, backups)
    saved = _build(path, source, journal.tickets(), fault, now)
    aside = path.parent / f"damaged-{now:%Y%m%d-%H%M%S-%f}"
    return Restored(
        fault=fault,
        set_aside=aside if aside.exists() else None,
        source=source.name if source else "",
        saved=saved,
    )


def _best_source(path: Path, backups: Path) -> Path | None:
    """The file itself where it merely lost its last entries, else the newest good backup."""
    for candidate in [path, *(backup for _, backup in backups_in(backups))]:
        try:
            fault = damage(candidate)
        except (OSError, sqlite3.OperationalError) as error:
            fault = str(error)
        if not fault:
            return candidate
        log.warning("%s cannot be restored from: %s", candidate.name, fault)
    return None


def _build(
    path: Path, source: Path | None, later: Iterable[Ticket], fault: str, now: datetime
) -> int:
    """Make the file at `path` new, from `source` and the tickets `later`; gives how many of them
    were put back. What lay there is set aside."""
    growing = path.with_suffix(".growing")
    for left_over in path.parent.glob(f"{growing.name}*"):
        left_over.unlink(missing_ok=True)
    if source is not None:
        copy_whole(source, growing)
    with closing(connect(growing)) as database:
        saved = _put_back(later, database, now)
        if fault:
            _raise_floors(database, now)
            Facts(database).renew_epoch()  # the centre may know later entries of the old order
    _set_aside(path, now)
    growing.replace(path)
    sync_folder(path.parent)
    return saved


def _set_aside(path: Path, now: datetime) -> None:
    """Move the database with its log files into a folder of its own; nothing is deleted."""
    parts = list(path.parent.glob(f"{path.name}*"))
    if not parts:
        return
    aside = path.parent / f"damaged-{now:%Y%m%d-%H%M%S-%f}"
    aside.mkdir(mode=0o700, exist_ok=True)
    for part in parts:
        part.rename(aside / part.name)
    sync_folder(path.parent)


def _put_back(later: Iterable[Ticket], database: Database, now: datetime) -> int:
    """Insert the tickets that the database does not know; their slips were printed or are gone."""
    tickets, jobs, outbox = TicketTable(database), PrintJobTable(database), Outbox(database)
    stamp = now.isoformat()
    saved = 0
    with immediate(database):
        for ticket in later:
            if tickets.by_request(ticket.request_id) is not None:
                continue
            try:
                kept = tickets.add(ticket)
            except sqlite3.IntegrityError as error:
                log.warning("%s of %s: %s", ticket.number, ticket.business_day, error)
                continue
            job = jobs.add(kept.id, ticket.issued_at, visit=False)
            jobs.move(job.id, "unknown", "restored", stamp)
            outbox.add("ticket_restored", kept, stamp)
            saved += 1
    return saved


def _raise_floors(database: Database, now: datetime) -> None:
    """Let every series of the day go on at a higher hundred, known or not."""
    row = database.execute("SELECT max(business_day) FROM ticket").fetchone()
    day = max(row[0] or "", now.astimezone(HANOI).date().isoformat())
    highest = database.execute(
        "SELECT series, max(running) FROM ticket WHERE business_day = ? GROUP BY series", [day]
    ).fetchall()
    facts = Facts(database)
    with immediate(database):
        facts.put_floor(day, "*", FLOOR_STEP)
        for series, running in highest:
            facts.put_floor(day, series, (running // FLOOR_STEP + 1) * FLOOR_STEP)
