"""One database, one set of keys: who holds another document key or secret is told so.

The keys lie in the data folder, and a second machine, or a command run in another folder, would
draw its own: kiosks would refuse what it signs, and its codes would be nobody's. So the first that
uses a key leaves its fingerprint in the database, and every later one is compared with it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.errors import Conflict
from centre.secret import keyed_hash
from centre.store.tables.documents import CentreKey

DOCUMENTS, HASHES = "documents", "hashes"
_FILES = {DOCUMENTS: "document.key", HASHES: "secret"}


async def agree_on_key(
    connection: AsyncConnection, name: str, fingerprint: str, now: datetime
) -> None:
    """Raises Conflict where this database is used with another key of that name."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    row = {"name": name, "fingerprint": fingerprint, "used_since": now}
    await connection.execute(insert(CentreKey).values(row).on_conflict_do_nothing())
    known = await connection.scalar(select(CentreKey.fingerprint).where(CentreKey.name == name))
    if known != fingerprint:
        raise Conflict(
            f"{_FILES[name]} in the data folder is not this database's: copy the one that is",
            code="other_key",
        )


def fingerprint_of(secret: bytes) -> str:
    """What may be known of a secret: enough to tell it from another."""
    return keyed_hash(secret, "fingerprint", "")[:16]
