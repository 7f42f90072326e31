"""Print jobs as rows."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from kiosk.queueing.print_job import PrintJob, PrintState, SlipCount, printed_at

_COLUMNS = "id, ticket_id, state, reason, reprint, created_at"
_WRITTEN = "ticket_id, state, reason, reprint, visit_open, created_at, changed_at"


class PrintJobTable:
    """The rows of `print_job`. Its writing methods belong inside `database.immediate`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, ticket_id: int, now: str, *, visit: bool, reprint: bool = False) -> PrintJob:
        """A new pending job; `visit` says whether a citizen's page shows it."""
        return self._add(ticket_id, now, "pending", "", visit=visit, reprint=reprint)

    def add_elsewhere(self, ticket_id: int, now: str, kiosk: str) -> PrintJob:
        """A job that another kiosk does: nothing is to be done here."""
        reason = printed_at(kiosk)
        return self._add(ticket_id, now, "abandoned", reason, visit=False, reprint=False)

    def _add(
        self,
        ticket_id: int,
        now: str,
        state: PrintState,
        reason: str,
        *,
        visit: bool,
        reprint: bool,
    ) -> PrintJob:
        cursor = self._database.execute(
            f"INSERT INTO print_job ({_WRITTEN}) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [ticket_id, state, reason, int(reprint), int(visit), now, now],
        )
        return PrintJob(
            id=int(cursor.lastrowid or 0),
            ticket_id=ticket_id,
            state=state,
            reason=reason,
            reprint=reprint,
            created_at=now,
        )

    def move(self, job_id: int, state: PrintState, reason: str, now: str) -> None:
        """Write how far a job got."""
        self._database.execute(
            "UPDATE print_job SET state = ?, reason = ?, changed_at = ? WHERE id = ?",
            [state, reason, now, job_id],
        )

    def end_visit(self, ticket_id: int) -> bool:
        """The citizen is done with this ticket's page; tells whether it was open."""
        cursor = self._database.execute(
            "UPDATE print_job SET visit_open = 0 WHERE ticket_id = ? AND visit_open", [ticket_id]
        )
        return bool(cursor.rowcount > 0)

    def by_id(self, job_id: int) -> PrintJob | None:
        """The job with this id."""
        return next(iter(self._many("id = ?", job_id)), None)

    def newest_of(self, ticket_id: int) -> PrintJob | None:
        """The last job of a ticket: the one that counts."""
        return next(iter(self._many("ticket_id = ? ORDER BY id DESC LIMIT 1", ticket_id)), None)

    def reprints_of(self, ticket_id: int) -> int:
        """How many of a ticket's jobs are reprints."""
        row = self._database.execute(
            "SELECT count(*) FROM print_job WHERE ticket_id = ? AND reprint", [ticket_id]
        ).fetchone()
        return int(row[0])

    def counts_of(self, business_day: str) -> list[SlipCount]:
        """The slips of a day's tickets by what became of them, most of them first."""
        rows = self._database.execute(
            "SELECT j.state, j.reason, j.reprint, count(*) FROM ticket AS t"
            " JOIN print_job AS j ON j.ticket_id = t.id WHERE t.business_day = ?"
            " GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3",
            [business_day],
        ).fetchall()
        return [
            SlipCount(state=state, reason=reason, reprint=bool(reprint), count=count)
            for state, reason, reprint, count in rows
        ]

    def unfinished(self) -> list[PrintJob]:
        """The jobs that are pending, being sent or refused, oldest first."""
        return self._many("state IN ('pending', 'sending', 'refused') ORDER BY id")

    def with_open_visit(self) -> list[PrintJob]:
        """The jobs whose page may have to come back, newest first."""
        return self._many("visit_open ORDER BY id DESC LIMIT 50")

    def missing_of(self, business_day: str) -> list[PrintJob]:
        """The newest jobs of that day's open tickets, where the slip is not known to be there."""
        return self._many(
            "state IN ('refused', 'unknown') AND ticket_id IN (SELECT id FROM ticket"
            " WHERE business_day = ? AND state IN ('waiting', 'called', 'serving', 'on_hold'))"
            " AND id = (SELECT max(id) FROM print_job AS other"
            " WHERE other.ticket_id = print_job.ticket_id) ORDER BY id",
            business_day,
        )

    def _many(self, where: str, *values: object) -> list[PrintJob]:
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM print_job WHERE {where}", list(values)
        ).fetchall()
        return [_job(row) for row in rows]


def _job(row: tuple[Any, ...]) -> PrintJob:
    job_id, ticket_id, state, reason, reprint, created_at = row
    return PrintJob(
        id=job_id,
        ticket_id=ticket_id,
        state=state,
        reason=reason,
        reprint=bool(reprint),
        created_at=created_at,
    )
