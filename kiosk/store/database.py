"""The one SQLite file: how it is opened, looked at and copied, and the one kind of transaction.

WAL with `synchronous=FULL`: in simulated power cuts it lost no acknowledged ticket, NORMAL did.
sqlite-utils' own `atomic()` begins DEFERRED, which fails at once when somebody else writes;
`immediate` takes the write lock first. The connection runs in autocommit, so that nothing opens
a transaction behind our back.

What SQLite raises goes up as it is: `kiosk.store.store` says it as StoreUnavailable.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

# the library that sqlite-utils picked: one SQLite per process
from sqlite_utils.db import sqlite3  # type: ignore[attr-defined]

from kiosk.store.migrations import migrations

__all__ = [
    "connect",
    "copy_whole",
    "damage",
    "free_bytes",
    "immediate",
    "looking",
    "sqlite3",
    "sync_folder",
]

BUSY_MS = 2000
FULL_CHECK_BYTES = 32 * 1024 * 1024


def connect(path: Path) -> Database:
    """Open or create the file, for writing, and bring it to the newest schema."""
    connection = sqlite3.connect(str(path), isolation_level=None, timeout=BUSY_MS / 1000)
    try:
        database = Database(connection, strict=True, execute_plugins=False)
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("PRAGMA foreign_keys=ON")
        migrations.apply(database)
        path.chmod(0o600)
    except BaseException:
        connection.close()
        raise
    return database


@contextmanager
def looking(path: Path) -> Iterator[Any]:
    """A connection that only reads: it changes nothing in the file, not even when it closes."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=BUSY_MS / 1000)) as connection:
        yield connection


@contextmanager
def immediate(database: Database) -> Iterator[None]:
    """One transaction that holds the write lock from its first moment.

    All or nothing: whatever goes wrong inside rolls back and goes on up.
    """
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.conn.in_transaction:
            database.execute("ROLLBACK")
        raise


def damage(path: Path) -> str:
    """What is wrong with the file at `path`, or "" when it is whole.

    Small files are checked entirely; from 32 MB on the quick check (pages and rows, not index
    contents) keeps the start short. Raises sqlite3.OperationalError and OSError where the file
    cannot even be looked at: that is trouble, but no damage.
    """
    size = path.stat().st_size
    if size == 0:
        return "the file is empty"
    try:
        with looking(path) as connection:
            return _checked(connection, entirely=size < FULL_CHECK_BYTES)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        return str(error)


def _checked(connection: Any, *, entirely: bool) -> str:
    check = "integrity_check" if entirely else "quick_check"
    rows = connection.execute(f"PRAGMA {check}(5)").fetchall()
    if rows != [("ok",)]:
        return "; ".join(str(row[0]) for row in rows)
    lost = connection.execute("PRAGMA foreign_key_check").fetchone() if entirely else None
    return f"a row of {lost[0]} belongs to nothing" if lost else ""


def copy_whole(source: Path, target: Path) -> None:
    """Copy what the database at `source` holds now into a new file, durably.

    The writer of `source` goes on meanwhile. A copy that fails leaves no file behind.
    """
    target.unlink(missing_ok=True)
    try:
        with looking(source) as connection:
            connection.execute("VACUUM INTO ?", [str(target)])
        target.chmod(0o600)
        _sync(target, os.O_RDONLY)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def free_bytes(path: Path) -> int:
    """Bytes free for this user on the disk that holds `path`."""
    stats = os.statvfs(path)
    return stats.f_bavail * stats.f_frsize


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` durable."""
    _sync(folder, os.O_RDONLY | os.O_DIRECTORY)


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
