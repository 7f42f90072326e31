"""The centre's database: one set of tables on SQLite and on PostgreSQL 15 and later."""

from centre.store.database import Database

__all__ = ["Database"]
