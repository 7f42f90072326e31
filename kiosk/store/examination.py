"""A look at the store from outside, while a core may be writing: nothing is changed.

For the doctor and for support. What cannot be looked at is told, never raised.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from kiosk.store.backup import backups_in
from kiosk.store.database import damage, looking, sqlite3
from kiosk.store.journal import Journal
from kiosk.store.outbox import Outbox

SOON_ENOUGH = 200_000_000  # bytes of a file that is checked whole within a second or two


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreLook:
    """`fault`: what is wrong with the file. `unreadable`: why it could not be looked at.

    `lost`: numbers of the journal's last day that the database does not know; `unsent` entries
    of the outbox wait, the oldest since `unsent_since`.
    """

    there: bool
    fault: str = ""
    unreadable: str = ""
    lost: int = 0
    unsent: int = 0
    unsent_since: str = ""
    last_known: str = ""


def look_at_store(database: Path, journal: Path, *, check: bool) -> StoreLook:
    """How the file at `database` is; `check` reads all of it, else only its counts."""
    if not database.exists():
        return StoreLook(there=False)
    try:
        small = database.stat().st_size < SOON_ENOUGH
        if check and small and (fault := damage(database)):
            return StoreLook(there=True, fault=fault)
        with looking(database) as connection:
            return _counted(connection, journal)
    except sqlite3.OperationalError as error:
        return StoreLook(there=True, unreadable=str(error))
    except sqlite3.DatabaseError as error:
        return StoreLook(there=True, fault=str(error))
    except OSError as error:
        return StoreLook(there=True, unreadable=str(error))


def _counted(connection: Any, journal: Path) -> StoreLook:
    outbox = Outbox(Database(connection, execute_plugins=False))
    known = connection.execute("SELECT value FROM fact WHERE name = 'last_known'").fetchone()
    query = "SELECT 1 FROM ticket WHERE request_id = ?"
    lost = [
        ticket
        for ticket in Journal(journal).newest_day()
        if connection.execute(query, [ticket.request_id]).fetchone() is None
    ]
    return StoreLook(
        there=True,
        lost=len(lost),
        unsent=outbox.count(),
        unsent_since=outbox.since(),
        last_known=known[0] if known else "",
    )


def last_backup(backups: Path) -> datetime | None:
    """When the newest backup was made."""
    found = backups_in(backups)
    return found[0][0] if found else None


def names_of_staff(database: Path, backups: Path) -> list[str] | None:
    """Names and codes of all who may log in, from the store or its newest readable backup; None
    where neither can be read."""
    candidates = [database, *(path for _, path in backups_in(backups))]
    for path in candidates:
        try:
            if not path.exists():
                continue
            with looking(path) as connection:
                rows = connection.execute("SELECT name, code FROM staff").fetchall()
        except (OSError, sqlite3.DatabaseError):
            continue
        return [text for row in rows for text in row]
    return None if any(path.exists() for path in candidates) else []
