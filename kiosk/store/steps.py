"""The steps of tickets as rows: what the report and every "why" are made of."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlite_utils import Database

from kiosk.queueing.history import Step
from kiosk.queueing.reason import Reason

_COLUMNS = (
    "ticket_id", "business_day", "at", "verb", "service", "counter", "staff", "to_service",
    "reason", "note",
)  # fmt: skip
_INSERT = (
    f"INSERT INTO ticket_step ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
)
_OF_DAY = f"SELECT {', '.join(_COLUMNS)} FROM ticket_step WHERE business_day = ? ORDER BY id"


class StepTable:
    """The rows of `ticket_step`. Its writing methods belong inside `database.immediate`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, step: Step) -> None:
        """Append a step."""
        values = [getattr(step, name) for name in _COLUMNS]
        reason = msgspec.json.encode(step.reason).decode() if step.reason else ""
        values[_COLUMNS.index("reason")] = reason
        self._database.execute(_INSERT, values)

    def of_day(self, business_day: str) -> list[Step]:
        """The steps of a business day, in the order in which they were."""
        return [_step(row) for row in self._database.execute(_OF_DAY, [business_day]).fetchall()]

    def forget_before(self, business_day: str) -> int:
        """Remove the steps of earlier days; how many there were."""
        cursor = self._database.execute(
            "DELETE FROM ticket_step WHERE business_day < ?", [business_day]
        )
        return int(cursor.rowcount)


def _step(row: tuple[Any, ...]) -> Step:
    values = dict(zip(_COLUMNS, row, strict=True))
    reason = values.pop("reason")
    return Step(**values, reason=msgspec.json.decode(reason, type=Reason) if reason else None)
