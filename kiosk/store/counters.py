"""Counters' sessions, and who calls for a person, as rows."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from sqlite_utils import Database

from kiosk.queueing.counter import CounterSession
from kiosk.queueing.staff import RaisedCall

_CALL = "id, page, kiosk, raised_at, answered_at, answered_by"


class CounterTable:
    """The rows of `counter_session`. `keep` belongs inside `database.immediate`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, session: CounterSession) -> None:
        """Write how a counter is now."""
        self._database.execute(
            "INSERT OR REPLACE INTO counter_session (counter, state, staff, since, reason)"
            " VALUES (?, ?, ?, ?, ?)",
            list(astuple(session)),
        )

    def all(self) -> list[CounterSession]:
        """How the counters were left."""
        rows = self._database.execute(
            "SELECT counter, state, staff, since, reason FROM counter_session"
        ).fetchall()
        return [
            CounterSession(counter=counter, state=state, staff=staff, since=since, reason=reason)
            for counter, state, staff, since, reason in rows
        ]


class StaffCallTable:
    """The rows of `staff_call`. Its writing methods belong inside `database.immediate`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def raise_call(self, page: str, kiosk: str, now: str) -> RaisedCall:
        """A citizen wants a person."""
        cursor = self._database.execute(
            "INSERT INTO staff_call (page, kiosk, raised_at) VALUES (?, ?, ?)", [page, kiosk, now]
        )
        return RaisedCall(id=int(cursor.lastrowid or 0), page=page, kiosk=kiosk, raised_at=now)

    def answer(self, call_id: int, staff: str, now: str) -> None:
        """Somebody goes there; whoever said so first stays written."""
        self._database.execute(
            "UPDATE staff_call SET answered_at = ?, answered_by = ?"
            " WHERE id = ? AND answered_at = ''",
            [now, staff, call_id],
        )

    def by_id(self, call_id: int) -> RaisedCall | None:
        """The call with this id."""
        return next(iter(self._many("id = ?", call_id)), None)

    def open(self, day: str) -> list[RaisedCall]:
        """The calls of this day that nobody answered, oldest first."""
        return self._many("answered_at = '' AND raised_at >= ? ORDER BY id", day)

    def forget_before(self, day: str) -> None:
        """Remove the calls of earlier days."""
        self._database.execute("DELETE FROM staff_call WHERE raised_at < ?", [day])

    def _many(self, where: str, *values: object) -> list[RaisedCall]:
        rows: list[tuple[Any, ...]] = self._database.execute(
            f"SELECT {_CALL} FROM staff_call WHERE {where}", list(values)
        ).fetchall()
        names = _CALL.split(", ")
        return [RaisedCall(**dict(zip(names, row, strict=True))) for row in rows]
