"""A few facts that the store keeps about itself: its epoch, the last known time, number floors."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlite_utils import Database


class Facts:
    """The rows of `fact`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> str:
        """The fact, or "" when it is not known."""
        row = self._database.execute("SELECT value FROM fact WHERE name = ?", [name]).fetchone()
        return "" if row is None else str(row[0])

    def put(self, name: str, value: str) -> None:
        """Write the fact, whatever it was."""
        self._database.execute(
            "INSERT INTO fact (name, value) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [name, value],
        )

    @property
    def epoch(self) -> str:
        """Drawn when the store was made or restored: from then on the outbox has a new order."""
        return self.get("epoch")

    def renew_epoch(self) -> None:
        """Begin a new order of the outbox."""
        self.put("epoch", secrets.token_hex(8))

    @property
    def last_known(self) -> datetime | None:
        """The latest moment that the store has seen: remembered, or that of the last ticket."""
        row = self._database.execute(
            "SELECT issued_at FROM ticket ORDER BY id DESC LIMIT 1"
        ).fetchone()
        texts = [self.get("last_known"), "" if row is None else str(row[0])]
        return max((datetime.fromisoformat(text) for text in texts if text), default=None)

    def floor(self, business_day: str, series: str) -> int:
        """The highest number that may have been given that day (after a restore), else 0."""
        row = self._database.execute(
            "SELECT max(CAST(value AS INTEGER)) FROM fact WHERE name IN (?, ?)",
            [f"floor.{business_day}.{series}", f"floor.{business_day}.*"],
        ).fetchone()
        return int(row[0] or 0)

    def put_floor(self, business_day: str, series: str, running: int) -> None:
        """No number up to `running` is given that day any more; "*" is every series."""
        self.put(f"floor.{business_day}.{series}", str(running))
