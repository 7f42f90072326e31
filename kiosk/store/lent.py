"""Tickets of a kiosk that does not lead, as marks beside their rows.

`handed_over` ones belong to the leader, by whom they were given or to whom they were handed; it
calls them and tells the centre. The others were given here, under this kiosk's own letter, while
the leader was away.
"""

from __future__ import annotations

from sqlite_utils import Database


class LentTable:
    """The rows of `lent_ticket`. Its writing methods belong inside `database.immediate`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark(self, ticket_id: int, *, handed_over: bool) -> None:
        """Write whose it is now."""
        self._database.execute(
            "INSERT OR REPLACE INTO lent_ticket (ticket_id, handed_over) VALUES (?, ?)",
            [ticket_id, int(handed_over)],
        )

    def waiting(self) -> list[int]:
        """The ids of those that the leader does not have yet, oldest first."""
        rows = self._database.execute(
            "SELECT ticket_id FROM lent_ticket WHERE NOT handed_over ORDER BY ticket_id"
        ).fetchall()
        return [int(row[0]) for row in rows]

    def leaders(self, business_day: str) -> set[int]:
        """The ids of that day's tickets (and of days before) which are the leader's."""
        rows = self._database.execute(
            "SELECT ticket_id FROM lent_ticket JOIN ticket ON ticket.id = ticket_id"
            " WHERE handed_over AND business_day <= ? AND business_day >= date(?, '-7 days')",
            [business_day, business_day],
        ).fetchall()
        return {int(row[0]) for row in rows}
