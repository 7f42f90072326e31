"""A number is ticket, print job and outbox entry in one: all of it or nothing."""

import itertools

import pytest
from drafts import DAY, NOW, draft, issue, opened, requests

from kiosk.errors import StoreUnavailable
from kiosk.queueing.moves import Deed, move
from kiosk.store import Store
from kiosk.store.database import connect, sqlite3

TABLES = ("ticket", "print_job", "outbox")


def counts(store: Store) -> list[int]:
    """Rows in the three tables of a promise."""
    execute = store.rooms.database.execute
    return [execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES]


def test_a_number_is_three_rows(store):
    ticket, job = store.issue(draft("request-1"), visit=True)
    assert (ticket.number, ticket.running, ticket.id) == ("A001", 1, 1)
    assert (job.ticket_id, job.state, job.reprint) == (ticket.id, "pending", False)
    assert [(entry.seq, entry.kind) for entry in store.centre.batch(10, 1_000_000).rows] == [
        (1, "ticket_issued")
    ]
    assert b'"number":"A001"' in store.centre.batch(1, 1_000_000).rows[0].body
    assert counts(store) == [1, 1, 1]


def test_the_same_request_is_the_same_ticket(store):
    first = store.issue(draft("request-1"), visit=True)
    assert store.issue(draft("request-1"), visit=True) == first
    assert store.issue(draft("request-1", series="B"), visit=False) == first
    assert counts(store) == [1, 1, 1]


def test_every_series_and_every_day_starts_at_one(store):
    assert [one.number for one in issue(store, "r-1", "r-2")] == ["A001", "A002"]
    assert [one.number for one in issue(store, "r-3", series="B")] == ["B001"]
    assert [one.number for one in issue(store, "r-4", day="2026-11-24")] == ["A001"]
    assert [one.number for one in issue(store, "r-5")] == ["A003"]
    assert [one.number for one in store.tickets_of(DAY)] == ["A001", "A002", "B001", "A003"]


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_cannot_be_written_undoes_the_others(store, table):
    issue(store, "before-1")
    store.rooms.database.execute(
        f"CREATE TRIGGER fault BEFORE INSERT ON {table} BEGIN SELECT raise(ABORT, 'fault'); END"
    )
    with pytest.raises(StoreUnavailable, match="fault"):
        store.issue(draft("request-1"), visit=True)
    assert counts(store) == [1, 1, 1]
    store.rooms.database.execute("DROP TRIGGER fault")
    assert issue(store, "request-1")[0].number == "A002"


def test_cut_off_at_any_step_it_is_all_or_nothing(store):
    """SQLite is interrupted after every number of its own steps until one issue gets through."""
    connection = store.rooms.database.conn
    for steps in itertools.count(1):
        left = itertools.count(steps, -1)
        connection.set_progress_handler(lambda left=left: next(left) == 0, 1)
        try:
            ticket, _ = store.issue(draft("request-1"), visit=True)
        except StoreUnavailable:
            continue
        finally:
            connection.set_progress_handler(None, 1)
            seen = counts(store)
            assert seen in ([0, 0, 0], [1, 1, 1])
        break
    assert steps > 100  # it was really cut off, many times
    assert (ticket.number, seen) == ("A001", [1, 1, 1])


def test_a_connection_that_cannot_even_roll_back_is_opened_anew(store):
    connection = store.rooms.database.conn
    left = itertools.count(80, -1)
    connection.set_progress_handler(lambda: next(left) <= 0, 1)
    with pytest.raises(StoreUnavailable):
        issue(store, "request-1")
    assert connection.in_transaction
    assert not store.trusted
    assert store.open(NOW) is None
    assert [one.number for one in issue(store, "request-2", "request-1")] == ["A001", "A002"]


def test_what_is_asked_of_a_closed_store_is_refused(tmp_path):
    store = opened(tmp_path)
    store.close()
    with pytest.raises(StoreUnavailable, match="not open"):
        issue(store, "request-1")
    assert store.open(NOW) is None
    assert issue(store, "request-1")[0].number == "A001"
    store.close()


def test_reopened_it_goes_on(tmp_path):
    for number, request in enumerate(requests(5), start=1):
        store = opened(tmp_path)
        assert issue(store, request)[0].running == number
        store.close()


def test_another_writer_is_waited_for_and_then_told(store, tmp_path):
    other = connect(tmp_path / "store" / "kiosk.db")
    other.execute("BEGIN IMMEDIATE")
    store.rooms.database.execute("PRAGMA busy_timeout=20")
    with pytest.raises(StoreUnavailable, match="locked"):
        issue(store, "request-1")
    other.execute("ROLLBACK")
    other.close()
    assert issue(store, "request-1")[0].number == "A001"


def end(store, ticket):
    """Somebody did everything about this ticket."""
    for verb in ("call", "serve", "complete"):
        done = move(ticket, Deed(verb=verb, at=NOW.isoformat(), counter="1"))
        store.hall.move([done])
        ticket = done.ticket


def test_former_days_expire_and_are_told(store):
    old = issue(store, "r-1", "r-2", day="2026-11-20")
    end(store, old[0])
    assert [one.id for one in store.close_former_days(DAY, NOW.isoformat())] == [old[1].id]
    assert [one.state for one in store.tickets_of("2026-11-20")] == ["done", "expired"]
    assert store.centre.batch(10, 1_000_000).rows[-1].kind == "ticket_expire"
    assert store.close_former_days(DAY, NOW.isoformat()) == []


def test_a_reprint_takes_the_place_of_the_slip_before(store):
    ticket, job = store.issue(draft("request-1"), visit=True)
    store.move_job(job, "unknown", "restart", NOW.isoformat())
    again = store.reprint(ticket.id, NOW.isoformat())
    assert (again.reprint, again.state) == (True, "pending")
    assert store.job(job.id).state == "abandoned"
    assert [one.id for one in store.open_visits()] == [again.id]
    assert store.newest_job(ticket.id) == again
    assert store.reprints(ticket.id) == 1
    store.end_visit(ticket.id)
    assert store.open_visits() == []


def test_tables_are_strict_and_rows_belong_to_something(store):
    execute = store.rooms.database.execute
    strict = {name for _, name, _, _, _, flag in execute("PRAGMA table_list") if flag}
    assert strict >= {*TABLES, "fact"}
    issue(store, "request-1")
    with pytest.raises(sqlite3.IntegrityError, match="INTEGER"):
        execute("UPDATE print_job SET reprint = 'yes'")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        execute("UPDATE print_job SET ticket_id = 99")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        execute(
            "INSERT INTO ticket SELECT 9, business_day, series, running, number, service,"
            " priority, language, state, issued_at, '', '', '', '', 0, 0, 'other', 'other',"
            " '', '', '', '', '', 0 FROM ticket"
        )
    for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
        assert execute(f"PRAGMA {pragma}").fetchone()[0] == value


def test_migrations_are_recorded_once(tmp_path):
    for _ in range(2):
        store = opened(tmp_path)
        rows = store.rooms.database.execute(
            "SELECT migration_set, name FROM _sqlite_migrations"
        ).fetchall()
        epoch = store.rooms.facts.epoch
        store.close()
        names = ["0001_tickets", "0002_refreshments", "0003_hall", "0004_feedback"]
        assert rows == [("kiosk", name) for name in names]
    assert len(epoch) == 16


def test_the_file_is_for_this_user_alone(store, tmp_path):
    path = tmp_path / "store" / "kiosk.db"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_ten_years_of_tickets_are_not_read_through(store):
    """Each question that is asked often, or at the start, has an index of its own."""
    execute = store.rooms.database.execute
    asked: list[str] = []
    store.rooms.database.conn.set_trace_callback(asked.append)
    issue(store, "request-1")
    store.close_former_days("2026-11-24", NOW.isoformat())
    store.unfinished_jobs()
    store.open_visits()
    store.tickets_of(DAY)
    store.last_known()
    store.ticket_of_token("token")
    store.hall.steps_of(DAY)
    store.hall.missing_slips(DAY)
    store.hall.forget_before("2026-01-01", DAY)
    store.handover.to_hand_over(10)
    store.rooms.database.conn.set_trace_callback(None)
    questions = [sql for sql in asked if sql.startswith(("SELECT", "UPDATE"))]
    assert len(questions) >= 8
    for sql in questions:
        plan = [row[3] for row in execute(f"EXPLAIN QUERY PLAN {sql}")]
        scans = [step for step in plan if step.startswith("SCAN") and "INDEX" not in step]
        if "ORDER BY id DESC LIMIT 1" not in sql:  # the last row alone
            assert scans == [], sql
