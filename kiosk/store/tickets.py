"""Tickets as rows. The engine decides, this room keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from sqlite_utils import Database

from kiosk.errors import OurFault
from kiosk.queueing.ticket import State, Ticket

COLUMNS = tuple(field.name for field in fields(Ticket))
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM ticket"
_INSERT = (
    f"INSERT INTO ticket ({', '.join(COLUMNS[1:])}) VALUES ({', '.join('?' * (len(COLUMNS) - 1))})"
)
_CHANGEABLE = (
    "state", "service", "counter", "called_at", "served_at", "ended_at", "queued_at", "booked_at",
    "registered_at", "late_at", "at_counter", "calls",
)  # fmt: skip
_UPDATE = (
    f"UPDATE ticket SET {', '.join(f'{name} = ?' for name in _CHANGEABLE)}"
    " WHERE id = ? AND state = ?"
)
# the states in the very words of the index, or SQLite cannot use it; and it would not by itself
_LEFT_OPEN = (
    f"{_SELECT} INDEXED BY ticket_open WHERE business_day < ?"
    " AND state IN ('waiting', 'called', 'serving', 'on_hold') ORDER BY id"
)


class TicketTable:
    """The rows of `ticket`. Its writing methods belong inside `database.immediate`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, ticket: Ticket) -> Ticket:
        """Insert `ticket` and give it back with the id that it got."""
        cursor = self._database.execute(_INSERT, [getattr(ticket, name) for name in COLUMNS[1:]])
        return replace(ticket, id=int(cursor.lastrowid or 0))

    def change(self, ticket: Ticket, before: State) -> None:
        """Write what a verb may change of a ticket that was in state `before`.

        Raises OurFault where it is not any more: whoever decided did not see what is.
        """
        values = [getattr(ticket, name) for name in _CHANGEABLE]
        cursor = self._database.execute(_UPDATE, [*values, ticket.id, before])
        if cursor.rowcount != 1:
            raise OurFault(f"{ticket.number} of {ticket.business_day} is not {before} any more")

    def replace_request(self, ticket_id: int, request_id: str) -> None:
        """Free the request id of a ticket that another one has taken the place of."""
        self._database.execute(
            "UPDATE ticket SET request_id = ? WHERE id = ?", [request_id, ticket_id]
        )

    def by_id(self, ticket_id: int) -> Ticket | None:
        """The ticket with this id."""
        return self._one("id = ?", ticket_id)

    def by_request(self, request_id: str) -> Ticket | None:
        """The ticket that this request was given."""
        return self._one("request_id = ?", request_id)

    def by_token(self, token: str) -> Ticket | None:
        """The ticket with this token."""
        return self._one("token = ?", token)

    def is_taken(self, ticket: Ticket) -> bool:
        """Whether its number of that day, or its token, is there already."""
        row = self._database.execute(
            "SELECT 1 FROM ticket WHERE token = ?"
            " OR (business_day = ? AND series = ? AND running = ?)",
            [ticket.token, ticket.business_day, ticket.series, ticket.running],
        ).fetchone()
        return row is not None

    def of_day(self, business_day: str) -> list[Ticket]:
        """The tickets of a business day, in the order of issue."""
        return self._many("business_day = ? ORDER BY id", business_day)

    def left_open_before(self, business_day: str) -> list[Ticket]:
        """Tickets of former days that nobody closed."""
        rows = self._database.execute(_LEFT_OPEN, [business_day]).fetchall()
        return tickets_from(rows)

    def highest_running(self, business_day: str, series: str) -> int | None:
        """The highest running number of a series on a business day."""
        row = self._database.execute(
            "SELECT max(running) FROM ticket WHERE business_day = ? AND series = ?",
            [business_day, series],
        ).fetchone()
        return None if row[0] is None else int(row[0])

    def _one(self, where: str, value: object) -> Ticket | None:
        return next(iter(self._many(where, value)), None)

    def _many(self, where: str, value: object) -> list[Ticket]:
        rows = self._database.execute(f"{_SELECT} WHERE {where}", [value]).fetchall()
        return tickets_from(rows)


def tickets_from(rows: Iterable[tuple[Any, ...]]) -> list[Ticket]:
    """Rows of COLUMNS as tickets."""
    return [Ticket(**_named(row)) for row in rows]


def _named(row: tuple[Any, ...]) -> Mapping[str, Any]:
    return dict(zip(COLUMNS, row, strict=True))
