"""aiosqlite over a SQLite that two connections cannot break.

SQLite up to 3.51.2 may damage a file in WAL mode that several connections write (Debian 12 has
3.40). The pysqlite3 wheel brings a newer one; aiosqlite knows only the name `sqlite3`, so while it
is imported that name is lent to pysqlite3. Where there is no wheel the system's library counts.
"""

from __future__ import annotations

import sqlite3
import sys
from types import ModuleType

from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_dbapi

NAME = "sqlite3"


def newest_library() -> ModuleType:
    """pysqlite3 where it is installed."""
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415 - not on every machine
    except ImportError:
        return sqlite3
    library: ModuleType = dbapi2
    return library


def asyncio_driver() -> AsyncAdapt_aiosqlite_dbapi:
    """What SQLAlchemy's dialect `sqlite+aiosqlite` is to work with."""
    library = newest_library()
    lent, sys.modules[NAME] = sys.modules[NAME], library
    try:
        import aiosqlite  # noqa: PLC0415 - now, and not before
    finally:
        sys.modules[NAME] = lent
    return AsyncAdapt_aiosqlite_dbapi(aiosqlite, library)
