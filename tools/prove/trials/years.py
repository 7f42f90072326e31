"""Ten years of a busy ward, a year a round: does anything become slow, large or broken?"""

from __future__ import annotations

import contextlib
import json
import signal
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench.figures import p50, p99
from bench.rows.issue import HISTORY, YEARS, make_history
from kiosk.paths import DataFolder
from kiosk.pins import hash_pin
from kiosk.queueing.hours import HANOI
from kiosk.store.database import connect, immediate, looking
from kiosk.words import (
    AnyCommand,
    AskDay,
    AskFeedback,
    AskHall,
    AskPlace,
    CallNext,
    CallResult,
    Complete,
    IssueTicket,
    KeepStaff,
    ListTickets,
    OpenCounter,
    Result,
    Serve,
    TicketResult,
)
from tools.campaigns.kiosk_site import KioskProcess
from tools.prove.moved_clock import MovedClock
from tools.prove.trial import Curve, Record, Row, Trial, Verdict

FIRST_YEAR = 2016
LAST_DAY = "12-27"  # of a year: two days after the last one of its history
KEEP_DAYS = 400  # config.toml [hall] keep_history_days
OVERDUE_DAYS = 30  # nobody cleaned up for so long
VISITS = 60
LOOKS = 30
BACKUP_S = 300.0
STAFF, COUNTER, SERVICE = "lan", "3", "residence"
KEYS = {"enabled": "false", "serve": "false"}
WHAT = {
    "issue": "a number",
    "call": "a call",
    "hall": "the board",
    "report": "the day's report",
    "place": "a ticket by its code",
    "again": "a number asked for once more",
}
_VERBS = ("call", "serve", "complete")
_ROOM_FOR_A_BODY = 430
"""An entry of the outbox has so many letters beside what tells one ticket from another."""


class _Ward:
    """A core on a folder of its own, at its own time; started, asked, ended."""

    def __init__(self, folder: Path, now: datetime) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._clock = MovedClock(folder / "clock")
        self._clock.go_to(now)
        self._core = KioskProcess(folder, KEYS, program=self._clock.program)
        self.data = self._core.data
        self.times: dict[str, list[float]] = {name: [] for name in WHAT}

    def start(self) -> float:
        """Seconds until it answers."""
        begun = time.monotonic()
        self._core.start()
        self._face = self._core.client("screen")
        return time.monotonic() - begun

    def stop(self) -> None:
        """As at night."""
        self._face.close()
        self._core.send(signal.SIGTERM)

    def prepare(self) -> None:
        """A clerk at the counter."""
        self._face.ask(KeepStaff(code=STAFF, name="Lan", role="clerk", pin_hash=hash_pin("4071")))
        self._face.ask(OpenCounter(counter=COUNTER, staff=STAFF))

    def visit(self, name: str) -> str:
        """A number is given, called, served and completed; the number."""
        wanted = IssueTicket(request_id=name, service=SERVICE)
        ticket = self._told("issue", wanted).card.ticket
        self._told("again", wanted)
        self._told("place", AskPlace(token=ticket.token))
        called = self._told("call", CallNext(counter=COUNTER, staff=STAFF))
        assert isinstance(called, CallResult)
        assert called.ticket.number == ticket.number
        told = {"ticket_id": ticket.id, "counter": COUNTER, "staff": STAFF}
        self._face.ask(Serve(**told))
        self._face.ask(Complete(**told))
        self._face.events.clear()
        return str(ticket.number)

    def look(self, day: str) -> None:
        """What a manager and a board ask."""
        self._told("hall", AskHall())
        self._told("report", AskDay())
        self._face.ask(AskDay(business_day=day))
        self._face.ask(ListTickets(business_day=day))
        self._face.ask(AskFeedback(first_day=day[:8] + "01", last_day=day))

    def _told(self, what: str, command: AnyCommand) -> Any:
        begun = time.perf_counter()
        result: Result = self._face.ask(command)
        self.times[what].append(1000 * (time.perf_counter() - begun))
        return result

    def back_up(self, name: str) -> tuple[float, float, list[float]]:
        """An hour passes, and a backup is due: its seconds and MB, and what numbers waited
        meanwhile (ms)."""
        known = set(self.data.backups.glob("*.db"))
        self._clock.pass_by(timedelta(minutes=61))
        begun, waits = time.monotonic(), []
        for number in range(10**6):
            asked = time.perf_counter()
            result = self._face.ask(IssueTicket(request_id=f"{name}-{number:06}", service=SERVICE))
            waits.append(1000 * (time.perf_counter() - asked))
            assert isinstance(result, TicketResult)
            if new := set(self.data.backups.glob("*.db")) - known:
                size = new.pop().stat().st_size / 1e6
                return time.monotonic() - begun, size, waits
            if time.monotonic() - begun > BACKUP_S:
                break
            time.sleep(0.05)
        raise TimeoutError("no backup was written")

    def close(self) -> None:
        """Whatever it is doing."""
        self._core.end()
        self._clock.close()


def play(folder: Path, first: int, last: int) -> Iterator[Record]:
    """The history grows by a year each round; a kiosk that is new stands beside it."""
    old = DataFolder(folder / "old" / "var")
    old.make()
    for year in range(first):
        _add_year(old, year)
    for year in range(first, last):
        _add_year(old, year)
        yield _round(folder, year)


def _round(folder: Path, year: int) -> Record:
    now = datetime.fromisoformat(f"{FIRST_YEAR + year}-{LAST_DAY}T08:00:00").replace(tzinfo=HANOI)
    with (
        contextlib.closing(_Ward(folder / "old", now)) as old,
        contextlib.closing(_Ward(folder / f"new{year}", now)) as new,
    ):
        before = _counts(old.data.database)
        cleaning_s = old.start()
        after = _counts(old.data.database)
        old.stop()
        old_starts, new_starts = [], []
        for ward, starts in ((old, old_starts), (new, new_starts)):
            starts.append(ward.start())
            ward.stop()
        for ward, starts in ((new, new_starts), (old, old_starts)):
            starts.append(ward.start())
            ward.prepare()
        numbers: dict[str, list[str]] = {"old": [], "new": []}
        for visit in range(VISITS):
            for name, ward in (("old", old), ("new", new)):
                numbers[name].append(ward.visit(f"year{year}-{visit:04}"))
        day = (now - timedelta(days=3)).date().isoformat()
        for _ in range(LOOKS):
            old.look(day)
            new.look(day)
        backup_s, backup_mb, waits = old.back_up(f"year{year}-backup")
        old.stop()
        new.stop()
    return {
        "year": year + 1,
        "tickets": before["ticket"],
        "cleaned": {name: before[name] - after[name] for name in before},
        "lost": before["ticket"] - after["ticket"],
        "same_numbers": numbers["old"] == numbers["new"],
        "cleaning_start_s": round(cleaning_s, 2),
        "start_s": [round(min(one), 2) for one in (old_starts, new_starts)],
        "db_mb": round(old.data.database.stat().st_size / 1e6, 1),
        "backup_s": round(backup_s, 2),
        "backup_mb": round(backup_mb, 1),
        "backup_waits_ms": [round(p50(waits), 2), round(p99(waits), 2)],
        "integrity": _integrity(old.data.database),
        "p50": {name: [round(p50(ward.times[name]), 3) for ward in (old, new)] for name in WHAT},
        "p99": {name: [round(p99(ward.times[name]), 3) for ward in (old, new)] for name in WHAT},
    }


def _add_year(data: DataFolder, year: int) -> None:
    """Its tickets and slips, and of their steps, answers and unsent entries what is kept at its
    end by a kiosk that no centre ever knew; but for the last month nobody cleaned up."""
    make_history(data, range(year, year + 1))
    begin = f"{FIRST_YEAR + year}-01-01"
    end = datetime.fromisoformat(f"{FIRST_YEAR + year}-{LAST_DAY}")
    kept = (end - timedelta(days=KEEP_DAYS + OVERDUE_DAYS)).date().isoformat()
    body = json.dumps({"of": "x" * _ROOM_FOR_A_BODY})[:-1]
    with contextlib.closing(connect(data.database)) as database:
        with immediate(database):
            for table, when in (
                ("ticket_step", "business_day"),
                ("feedback", "business_day"),
                ("outbox", "created_at"),
            ):
                database.execute(f"DELETE FROM {table} WHERE {when} < ?", [kept])
            database.execute(
                "INSERT INTO ticket_step (ticket_id, business_day, at, verb, service, counter,"
                " staff, to_service, reason, note) SELECT t.id, business_day, issued_at, j.value,"
                " service, '3', 'lan', '', '', '' FROM ticket AS t, json_each(?) AS j"
                " WHERE business_day >= ? ORDER BY t.id, j.key",
                [json.dumps(_VERBS), begin],
            )
            database.execute(
                "INSERT INTO feedback (request_id, business_day, given_at, survey, question, face,"
                " reasons, words, language, place, ticket_id, service, counter, consent)"
                " SELECT 'said-' || request_id, business_day, issued_at, '2026-11', 'face', 4, '',"
                " '', 'vi', 'kiosk', id, service, '3', '' FROM ticket"
                " WHERE business_day >= ? AND id % 5 = 0",
                [begin],
            )
            database.execute(
                "INSERT INTO outbox (kind, body, created_at) SELECT 'ticket_' || j.value,"
                " ? || ', \"id\": ' || t.id || ', \"token\": \"' || token || '\"}', issued_at"
                " FROM ticket AS t, json_each(?) AS j WHERE business_day >= ? ORDER BY t.id, j.key",
                [body, json.dumps(("issued", *_VERBS)), begin],
            )
            database.execute(
                "INSERT INTO fact VALUES ('last_known', ?) ON CONFLICT (name)"
                " DO UPDATE SET value = excluded.value",
                [f"{end.date().isoformat()}T07:00:00.000+07:00"],
            )
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _counts(database: Path) -> dict[str, int]:
    with looking(database) as connection:
        return {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in ("ticket", "ticket_step", "feedback", "outbox")
        }


def _integrity(database: Path) -> str:
    with looking(database) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def judge(records: Sequence[Record]) -> Verdict:
    """Nothing lost, the same numbers as a new kiosk's, a whole file; how slow it is, is told."""
    last = records[-1]
    lost = sum(one["lost"] for one in records)
    other = sum(not one["same_numbers"] for one in records)
    broken = [one["integrity"] for one in records if one["integrity"] != "ok"]
    rows = [
        Row("years, tickets", f"{last['year']}, {last['tickets']:,}", f"{YEARS}, {HISTORY:,}"),
        Row("tickets lost by cleaning up", f"{lost}", "0", lost == 0),
        Row("years whose new numbers were not those of a new kiosk", f"{other}", "0", other == 0),
        Row("years after which the file was not whole", f"{len(broken)}", "0", not broken),
        Row("start with this history / without",
            f"{last['start_s'][0]:.2f} / {last['start_s'][1]:.2f} s"),
        Row("the start that cleans up a month", f"{last['cleaning_start_s']:.2f} s"),
        Row("steps, answers and unsent entries cleaned up then",
            " / ".join(f"{last['cleaned'][name]:,}" for name in
                       ("ticket_step", "feedback", "outbox"))),
    ]  # fmt: skip
    rows += [
        Row(f"{words}: p50 with / without", f"{old:.2f} / {new:.2f} ms", f"{old / new:.2f} times")
        for words, (old, new) in ((WHAT[name], last["p50"][name]) for name in WHAT)
    ]
    rows.append(Row("a backup", f"{last['backup_s']:.1f} s, {last['backup_mb']:.0f} MB"))
    middle, late = last["backup_waits_ms"]
    rows.append(Row("a number while it is written, p50 / p99", f"{middle:.1f} / {late:.1f} ms"))
    years = [one["year"] for one in records]
    curves = [
        Curve(title, unit, values, years, "years")
        for title, unit, values in (
            ("database", "MB", [one["db_mb"] for one in records]),
            ("start", "s", [one["start_s"][0] for one in records]),
            ("a number, p50, in units of a new kiosk's", "times", _ratios(records, "issue")),
            ("a call, p50, in units of a new kiosk's", "times", _ratios(records, "call")),
            ("a backup", "s", [one["backup_s"] for one in records]),
        )
    ]
    return Verdict(rows, curves)


def _ratios(records: Sequence[Record], name: str) -> list[float]:
    return [old / new for old, new in (one["p50"][name] for one in records)]


TRIAL = Trial(
    "years",
    "Ten years of a busy ward, 75,000 numbers each, with all that is kept of them by a kiosk that "
    "no centre ever knew. After each year: its start, numbers, calls, board, report and look-ups "
    "against a new kiosk's, by turns; cleaning up, a backup, and a look at every page of the file.",
    YEARS,
    play,
    judge,
)
