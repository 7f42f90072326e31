"""The outbox: what the centre will be told, in order, kept until it acknowledges.

An entry is written in the transaction of what it tells, so that neither can be without the
other. Its place in the order is (epoch, seq): the epoch is drawn when a store is made
new or restored, since numbers of the order before may have reached the centre already.

Entries go from the front alone and seqs have no gaps (AUTOINCREMENT rolls back with its
transaction), so how many wait is told by the first and the last.
"""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from kiosk.ports import OutboxRow

ROW_BYTES = 120
"""What an entry takes beside its body, on the wire; rather too much than too little."""


class Outbox:
    """The rows of `outbox`. `add` and `forget_to` belong inside `database.immediate`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, kind: str, body: object, now: str) -> None:
        """Append an entry; `body` is anything that msgspec writes as JSON."""
        text = msgspec.json.encode(body).decode()
        self._database.execute(
            "INSERT INTO outbox (kind, body, created_at) VALUES (?, ?, ?)", [kind, text, now]
        )

    def first(self, limit: int, limit_bytes: int) -> tuple[OutboxRow, ...]:
        """The oldest entries, in order: so many, or so large; always one where there is one."""
        rows: list[OutboxRow] = []
        left = limit_bytes
        found = self._database.execute(
            "SELECT seq, kind, created_at, CAST(body AS BLOB) FROM outbox ORDER BY seq LIMIT ?",
            [limit],
        )
        for row in map(OutboxRow._make, found):
            left -= len(row.body) + ROW_BYTES
            if left < 0 and rows:
                break
            rows.append(row)
        found.close()
        return tuple(rows)

    def forget_to(self, seq: int) -> None:
        """Remove the entries up to this one."""
        self._database.execute("DELETE FROM outbox WHERE seq <= ?", [seq])

    def forget_before(self, day: str, most: int) -> None:
        """Remove what was written before this day from the front, `most` entries at a time."""
        self._database.execute(
            "WITH front AS (SELECT seq, created_at FROM outbox ORDER BY seq LIMIT ?)"
            " DELETE FROM outbox WHERE seq < coalesce("
            " (SELECT min(seq) FROM front WHERE created_at >= ?),"
            " (SELECT max(seq) + 1 FROM front))",
            [most, day],
        )

    def count(self) -> int:
        """How many entries wait."""
        first, last = self._database.execute(
            "SELECT (SELECT min(seq) FROM outbox), (SELECT max(seq) FROM outbox)"
        ).fetchone()
        return 0 if first is None else int(last - first + 1)

    def since(self) -> str:
        """When the oldest one was written; "" where none waits."""
        row = self._database.execute(
            "SELECT created_at FROM outbox ORDER BY seq LIMIT 1"
        ).fetchone()
        return "" if row is None else str(row[0])
