"""Rows 1 and 5: a command at the core's door until its ticket is durable and the event is out.

Measured through Engine.do with the real store (WAL, synchronous FULL) on this disk, interleaved
with a bare sqlite3 insert of the same durability: the floor. Row 5 does the same over a history
of ten years (750,000 tickets).
"""

from __future__ import annotations

import asyncio
import itertools
import secrets
import shutil
import tempfile
import time
from pathlib import Path

from bench.figures import Figure, p50, p99
from bench.floors import BareTickets
from kiosk.app import Core
from kiosk.config import load_config
from kiosk.paths import DEFAULT_CONFIG, DEFAULT_DATA, DataFolder
from kiosk.store.database import connect, immediate
from kiosk.words import IssueTicket

ROUNDS = 400
WARM_UP = 20
HISTORY = 750_000
YEARS = 10
SERVICES = ("civil-status", "certification", "residence", "land", "social", "business")


def measure() -> list[Figure]:
    """p50 and p99 on a new store, and how a long history slows it."""
    DEFAULT_DATA.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=DEFAULT_DATA))  # the disk that counts
    try:
        fresh, floor = asyncio.run(issue_times(DataFolder(folder / "fresh")))
        old = DataFolder(folder / "old")
        make_history(old)
        aged, _ = asyncio.run(issue_times(old))
    finally:
        shutil.rmtree(folder)
    return [
        Figure(
            row=1, what="issue, p50", value=p50(fresh), unit="ms", at_most=1.0, floor=p50(floor)
        ),
        Figure(
            row=1, what="issue, p99", value=p99(fresh), unit="ms", at_most=5.0, floor=p99(floor)
        ),
        Figure(
            row=1,
            what="issue, p50, in units of a bare insert as durable",
            value=p50(fresh) / p50(floor),
            unit="x",
            at_most=3.0,
        ),
        Figure(
            row=5,
            what=f"issue, p50, with {HISTORY:,} tickets, against none",
            value=p50(aged) / p50(fresh),
            unit="x",
            at_most=1.1,
        ),
    ]


async def issue_times(data: DataFolder) -> tuple[list[float], list[float]]:
    """Milliseconds of each issue and of each bare insert, interleaved."""
    data.make()
    core = Core(load_config(DEFAULT_CONFIG), data)
    heard: list[object] = []
    core.engine.listen(heard.append)
    core.begin()
    issue, insert = [], []
    services = itertools.cycle(SERVICES)
    with BareTickets(data.root / "bare.db") as bare:
        for number in range(ROUNDS + WARM_UP):
            wanted = IssueTicket(
                request_id=f"bench-{number:08d}-{secrets.token_hex(4)}", service=next(services)
            )
            events = len(heard)
            begin = time.perf_counter()
            core.engine.do(wanted, "bench")
            issue.append((time.perf_counter() - begin) * 1000)
            insert.append(bare.insert())
            assert len(heard) > events
    return issue[WARM_UP:], insert[WARM_UP:]


def make_history(data: DataFolder, years: range = range(YEARS)) -> None:
    """Ten years of closed tickets with their slips, as a busy ward leaves them; or some of them."""
    data.make()
    database = connect(data.database)
    per_day, per_year = HISTORY // (YEARS * 300), HISTORY // YEARS
    numbers = range(years.start * per_year, years.stop * per_year)
    (before,) = database.execute("SELECT coalesce(max(id), 0) FROM ticket").fetchone()
    with immediate(database):
        database.conn.executemany(
            "INSERT INTO ticket (business_day, series, running, number, service, priority,"
            " language, state, issued_at, ahead, token, request_id)"
            " VALUES (?, ?, ?, ?, ?, '', 'vi', 'done', ?, 0, ?, ?)",
            (_row(number, per_day) for number in numbers),
        )
        database.execute(
            "INSERT INTO print_job (ticket_id, state, visit_open, created_at, changed_at)"
            " SELECT id, 'printed', 0, issued_at, issued_at FROM ticket WHERE id > ?",
            [before],
        )
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def _row(number: int, per_day: int) -> tuple[object, ...]:
    ordinal, place = divmod(number, per_day)
    day = f"{2016 + ordinal // 300:04d}-{ordinal % 300 // 25 + 1:02d}-{ordinal % 25 + 1:02d}"
    which, running = place % len(SERVICES), place // len(SERVICES) + 1
    series = "ABCDEG"[which]
    unique = f"{number:016d}"
    return (
        day, series, running, f"{series}{running:03d}", SERVICES[which], f"{day}T08:00:00+07:00",
        unique, f"history-{unique}",
    )  # fmt: skip
