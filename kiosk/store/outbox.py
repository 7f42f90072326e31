"""The outbox: what the centre will be told, in order, kept until it acknowledges.

An entry is written in the transaction of what it tells, so that neither can be without the
other. Its place in the order is (epoch, seq): the epoch is drawn when a store is made
new or restored, since numbers of the order before may have reached the centre already.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that the centre has not acknowledged yet. `body` is JSON."""

    seq: int
    kind: str
    body: str
    created_at: str


class Outbox:
    """The rows of `outbox`. `add` belongs inside `database.immediate`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, kind: str, body: object, now: str) -> None:
        """Append an entry; `body` is anything that msgspec writes as JSON."""
        text = msgspec.json.encode(body).decode()
        self._database.execute(
            "INSERT INTO outbox (kind, body, created_at) VALUES (?, ?, ?)", [kind, text, now]
        )

    def first(self, limit: int) -> list[Entry]:
        """The oldest entries, in order."""
        rows = self._database.execute(
            "SELECT seq, kind, body, created_at FROM outbox ORDER BY seq LIMIT ?", [limit]
        ).fetchall()
        return [
            Entry(seq=seq, kind=kind, body=body, created_at=created_at)
            for seq, kind, body, created_at in rows
        ]

    def count(self) -> int:
        """How many entries wait."""
        return int(self._database.execute("SELECT count(*) FROM outbox").fetchone()[0])
