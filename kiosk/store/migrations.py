"""The schema, as migrations that sqlite-utils records in the file itself.

A step that has landed is never changed: what comes later is a new step.
"""

from __future__ import annotations

import secrets

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("kiosk")


@migrations(name="0001_tickets")
def tickets(database: Database) -> None:
    """Tickets, their print jobs, the outbox and a few facts about the store itself."""
    for statement in (
        """
        CREATE TABLE ticket (
            id INTEGER PRIMARY KEY,
            business_day TEXT NOT NULL,
            series TEXT NOT NULL,
            running INTEGER NOT NULL CHECK (running > 0),
            number TEXT NOT NULL,
            service TEXT NOT NULL,
            priority TEXT NOT NULL,
            language TEXT NOT NULL,
            state TEXT NOT NULL,
            issued_at TEXT NOT NULL,
            called_at TEXT NOT NULL DEFAULT '',
            served_at TEXT NOT NULL DEFAULT '',
            ended_at TEXT NOT NULL DEFAULT '',
            counter TEXT NOT NULL DEFAULT '',
            ahead INTEGER NOT NULL,
            estimate_minutes INTEGER,
            token TEXT NOT NULL UNIQUE,
            request_id TEXT NOT NULL UNIQUE,
            UNIQUE (business_day, series, running)
        ) STRICT
        """,
        """
        CREATE INDEX ticket_open ON ticket (business_day)
            WHERE state IN ('waiting', 'called', 'serving', 'on_hold')
        """,
        """
        CREATE TABLE print_job (
            id INTEGER PRIMARY KEY,
            ticket_id INTEGER NOT NULL REFERENCES ticket (id),
            state TEXT NOT NULL,
            reason TEXT NOT NULL DEFAULT '',
            reprint INTEGER NOT NULL DEFAULT 0,
            visit_open INTEGER NOT NULL DEFAULT 1,
            created_at TEXT NOT NULL,
            changed_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX print_job_ticket ON print_job (ticket_id)",
        "CREATE INDEX print_job_open ON print_job (id) WHERE visit_open",
        """
        CREATE INDEX print_job_unfinished ON print_job (state)
            WHERE state IN ('pending', 'sending', 'refused')
        """,
        """
        CREATE TABLE outbox (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            body TEXT NOT NULL,
            created_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    ):
        database.execute(statement)
    database.execute("INSERT INTO fact VALUES ('epoch', ?)", [secrets.token_hex(8)])


@migrations(name="0002_refreshments")
def refreshments(database: Database) -> None:
    """What the dispensers gave out, and what is left in them."""
    for statement in (
        """
        CREATE TABLE giving (
            id INTEGER PRIMARY KEY,
            item TEXT NOT NULL,
            request_id TEXT NOT NULL UNIQUE,
            state TEXT NOT NULL,
            reason TEXT NOT NULL DEFAULT '',
            asked_at TEXT NOT NULL,
            changed_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX giving_moving ON giving (id) WHERE state = 'moving'",
        """
        CREATE TABLE stock (
            item TEXT PRIMARY KEY,
            count INTEGER NOT NULL CHECK (count >= 0),
            changed_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
    ):
        database.execute(statement)


HALL_COLUMNS = (
    "queued_at TEXT NOT NULL DEFAULT ''",
    "booked_at TEXT NOT NULL DEFAULT ''",
    "registered_at TEXT NOT NULL DEFAULT ''",
    "late_at TEXT NOT NULL DEFAULT ''",
    "at_counter TEXT NOT NULL DEFAULT ''",
    "calls INTEGER NOT NULL DEFAULT 0",
)

HALL_TABLES = (
    """
    CREATE TABLE ticket_step (
        id INTEGER PRIMARY KEY,
        ticket_id INTEGER NOT NULL REFERENCES ticket (id),
        business_day TEXT NOT NULL,
        at TEXT NOT NULL,
        verb TEXT NOT NULL,
        service TEXT NOT NULL,
        counter TEXT NOT NULL,
        staff TEXT NOT NULL,
        to_service TEXT NOT NULL,
        reason TEXT NOT NULL,
        note TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX ticket_step_day ON ticket_step (business_day)",
    """
    CREATE TABLE counter_session (
        counter TEXT PRIMARY KEY,
        state TEXT NOT NULL,
        staff TEXT NOT NULL,
        since TEXT NOT NULL,
        reason TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE staff (
        code TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('clerk', 'manager')),
        pin_hash TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE booking (
        code TEXT PRIMARY KEY,
        service TEXT NOT NULL,
        at TEXT NOT NULL,
        registered_at TEXT NOT NULL,
        person TEXT NOT NULL,
        ticket_id INTEGER REFERENCES ticket (id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX booking_at ON booking (at)",
    """
    CREATE TABLE staff_call (
        id INTEGER PRIMARY KEY,
        page TEXT NOT NULL,
        kiosk TEXT NOT NULL,
        raised_at TEXT NOT NULL,
        answered_at TEXT NOT NULL DEFAULT '',
        answered_by TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX staff_call_open ON staff_call (id) WHERE answered_at = ''",
    """
    CREATE TABLE lent_ticket (
        ticket_id INTEGER PRIMARY KEY REFERENCES ticket (id),
        handed_over INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX lent_ticket_open ON lent_ticket (ticket_id) WHERE NOT handed_over",
)


@migrations(name="0003_hall")
def hall(database: Database) -> None:
    """The hall: a ticket's place in its queue, its steps, counters, staff, bookings, calls."""
    for column in HALL_COLUMNS:
        database.execute(f"ALTER TABLE ticket ADD COLUMN {column}")
    for statement in HALL_TABLES:
        database.execute(statement)


@migrations(name="0004_feedback")
def feedback(database: Database) -> None:
    """What citizens say of their visit; one answer a number. No telephone number is in it."""
    for statement in (
        """
        CREATE TABLE feedback (
            id INTEGER PRIMARY KEY,
            request_id TEXT NOT NULL UNIQUE,
            business_day TEXT NOT NULL,
            given_at TEXT NOT NULL,
            survey TEXT NOT NULL,
            question TEXT NOT NULL,
            face INTEGER NOT NULL CHECK (face BETWEEN 1 AND 5),
            reasons TEXT NOT NULL,
            words TEXT NOT NULL,
            language TEXT NOT NULL,
            place TEXT NOT NULL,
            ticket_id INTEGER UNIQUE REFERENCES ticket (id),
            service TEXT NOT NULL,
            counter TEXT NOT NULL,
            consent TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX feedback_day ON feedback (business_day)",
    ):
        database.execute(statement)
