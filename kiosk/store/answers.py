"""What citizens said of their visits, as rows."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlite_utils import Database

from kiosk.feedback.answer import Answer

_COLUMNS = tuple(field.name for field in fields(Answer))
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM feedback"
_INSERT = f"INSERT INTO feedback ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


class AnswerTable:
    """The rows of `feedback`. Its writing methods belong inside `database.immediate`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, answer: Answer) -> None:
        """One answer more."""
        values = [getattr(answer, name) for name in _COLUMNS]
        values[_COLUMNS.index("reasons")] = " ".join(answer.reasons)
        self._database.execute(_INSERT, values)

    def is_kept(self, request_id: str) -> bool:
        """Whether this answer is there already."""
        return self._is_there("request_id = ?", request_id)

    def is_answered(self, ticket_id: int) -> bool:
        """Whether somebody has answered for this ticket."""
        return self._is_there("ticket_id = ?", ticket_id)

    def of_days(self, first_day: str, last_day: str) -> list[Answer]:
        """The answers of these business days, both included, in the order in which they came."""
        rows = self._database.execute(
            f"{_SELECT} WHERE business_day BETWEEN ? AND ? ORDER BY id", [first_day, last_day]
        ).fetchall()
        return [_answer(row) for row in rows]

    def forget_before(self, day: str) -> None:
        """Remove the answers of earlier days."""
        self._database.execute("DELETE FROM feedback WHERE business_day < ?", [day])

    def _is_there(self, where: str, value: object) -> bool:
        row = self._database.execute(f"SELECT 1 FROM feedback WHERE {where}", [value]).fetchone()
        return row is not None


def _answer(row: tuple[Any, ...]) -> Answer:
    named = dict(zip(_COLUMNS, row, strict=True))
    return Answer(**(named | {"reasons": tuple(named["reasons"].split())}))
