"""What is given out, and what is left, as rows."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from kiosk.queueing.refreshment import Giving, GivingState

_COLUMNS = "id, item, request_id, state, reason, asked_at"


class RefreshmentTable:
    """The rows of `giving` and `stock`. Its writing methods belong inside `immediate`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, item: str, request_id: str, now: str) -> Giving:
        """A dispenser is about to move."""
        cursor = self._database.execute(
            "INSERT INTO giving (item, request_id, state, asked_at, changed_at)"
            " VALUES (?, ?, 'moving', ?, ?)",
            [item, request_id, now, now],
        )
        return Giving(
            id=int(cursor.lastrowid or 0),
            item=item,
            request_id=request_id,
            state="moving",
            reason="",
            asked_at=now,
        )

    def settle(self, giving: Giving, state: GivingState, reason: str, now: str) -> None:
        """What became of it; what dropped is one less in stock, once."""
        cursor = self._database.execute(
            "UPDATE giving SET state = ?, reason = ?, changed_at = ?"
            " WHERE id = ? AND state = 'moving'",
            [state, reason, now, giving.id],
        )
        if state == "dropped" and cursor.rowcount > 0:
            self._database.execute(
                "UPDATE stock SET count = max(0, count - 1), changed_at = ? WHERE item = ?",
                [now, giving.item],
            )

    def by_request(self, request_id: str) -> Giving | None:
        """What a request came to."""
        return next(iter(self._many("request_id = ?", request_id)), None)

    def moving(self) -> list[Giving]:
        """Those of which nothing is known yet."""
        return self._many("state = 'moving' ORDER BY id")

    def stock(self) -> dict[str, int]:
        """How many of each item are left."""
        return dict(self._database.execute("SELECT item, count FROM stock").fetchall())

    def restock(self, item: str, count: int, now: str) -> None:
        """So many are in the dispenser now."""
        self._database.execute(
            "INSERT INTO stock (item, count, changed_at) VALUES (?, ?, ?) ON CONFLICT (item)"
            " DO UPDATE SET count = excluded.count, changed_at = excluded.changed_at",
            [item, count, now],
        )

    def _many(self, where: str, *values: object) -> list[Giving]:
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM giving WHERE {where}", list(values)
        ).fetchall()
        return [_giving(row) for row in rows]


def _giving(row: tuple[Any, ...]) -> Giving:
    giving_id, item, request_id, state, reason, asked_at = row
    return Giving(
        id=giving_id,
        item=item,
        request_id=request_id,
        state=state,
        reason=reason,
        asked_at=asked_at,
    )
