"""The line to the centre is cut, swallowed, slow, flapping or reset, while numbers are given."""

from __future__ import annotations

import contextlib
import itertools
import random
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

from bench.figures import p50, p99
from kiosk.link.client import LinkClient
from kiosk.store.database import looking
from kiosk.words import IssueTicket, KioskState, TicketResult
from tools.cable import Cable
from tools.campaigns.kiosk_site import KioskProcess
from tools.centre_process import CentreProcess
from tools.postgresql import PostgresqlServer, programs
from tools.prove.citizens import SERVICES, doubles_in, kept_in, lost_of
from tools.prove.trial import CannotPlay, Curve, Record, Row, Trial, Verdict

FAULTS = ("refused", "hung up", "swallowed", "slow", "flapping", "reset", "answers lost")
ROUNDS = 6 * len(FAULTS)
SITE = "ward-1"
EVERY_S = 0.04  # between two citizens
CALM_S = 1.0
TOLD_WITHIN_S = 180.0
LATENCY_S, RATE = 0.4, 5000.0
BACKLOG = 300  # entries: too much for a line that slow within the time of an answer
ROOMY = {"max_connections": "30"}
KEYS = {
    "enabled": "false",
    "serve": "false",
    "send_s": "1",
    "health_s": "10",
    "pull_s": "10",
    "answer_s": "2",
}
_AT_THE_CENTRE = (
    "SELECT epoch, seq, coalesce(body->>'number', '') FROM event ORDER BY received_at, seq"
)


class _Tied:
    """A kiosk, its cable, and the centre with its database; a context."""

    def __init__(self, folder: Path) -> None:
        self._server = PostgresqlServer(ROOMY)
        self._folder = folder
        self._requests = itertools.count()
        self.promised: dict[str, str] = {}
        self._ends = contextlib.ExitStack()

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as ends:
            ends.enter_context(self._server)
            self._server.ask("CREATE DATABASE centre")
            keys = {"database": self._server.url("centre"), "workers": "1"}
            centre = ends.enter_context(CentreProcess(self._folder / "centre", keys))
            centre.until_ready()
            self.cable = Cable(int(centre.url.rpartition(":")[2]))
            ends.callback(self.cable.close)
            (self._folder / "kiosk").mkdir()
            self._core = KioskProcess(self._folder / "kiosk", KEYS)
            ends.callback(self._core.end)
            self._core.start()
            centre.run("site", "add", SITE, "Phường", "Ward")
            self._core.run("enrol", centre.run("enrol", SITE).split()[0], "--url", self.cable.url)
            self._face = self._core.client("screen")
            ends.callback(self._face.close)
            self._ends = ends.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.close()

    def visits(self, for_s: float, least: int = 0) -> list[float]:
        """Citizens take numbers one after the other, at least so many; how long each waited, in
        milliseconds."""
        waits: list[float] = []
        ends = time.monotonic() + for_s
        while time.monotonic() < ends or len(waits) < least:
            number = next(self._requests)
            wanted = IssueTicket(
                request_id=f"citizen-{number:06}", service=SERVICES[number % len(SERVICES)]
            )
            begun = time.perf_counter()
            result = self._face.ask(wanted)
            waits.append(1000 * (time.perf_counter() - begun))
            assert isinstance(result, TicketResult)
            self.promised[wanted.request_id] = result.card.ticket.number
            time.sleep(EVERY_S)
        self._face.events.clear()
        return waits

    def state(self) -> str:
        """How the tie is, as faces see it."""
        return next(one.state for one in self._look().devices if one.name == "centre")

    def _look(self) -> KioskState:
        with LinkClient(self._core.data.socket, timeout_s=30.0) as client:
            return client.welcome_state

    def waiting(self) -> int:
        """Entries of the outbox."""
        with looking(self._core.data.database) as connection:
            return int(connection.execute("SELECT count(*) FROM outbox").fetchone()[0])

    def until_told(self) -> float | None:
        """Seconds until the outbox is empty; None where it does not get so."""
        begun = time.monotonic()
        while time.monotonic() - begun < TOLD_WITHIN_S:
            if not self.waiting():
                return time.monotonic() - begun
            time.sleep(0.05)
        return None

    def compare(self) -> dict[str, int]:
        """What differs between the two sides, by kind; all 0 where each has each."""
        told = [line.split("|") for line in self._server.ask(_AT_THE_CENTRE, "centre").split()]
        seqs = [(epoch, int(seq)) for epoch, seq, _ in told]
        numbers = [number for *_, number in told]
        with looking(self._core.data.database) as connection:
            given = connection.execute("SELECT number FROM ticket ORDER BY id").fetchall()
            last = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")
            (entries,) = last.fetchone()
        aside = self._server.ask("SELECT count(*) FROM quarantined", "centre")
        kept = kept_in(self._core.data.database)
        return {
            "entries": entries,
            "missing": entries - len(set(seqs)),
            "twice": len(seqs) - len(set(seqs)),
            "disorder": int([seq for _, seq in seqs] != sorted(seq for _, seq in seqs)),
            "orders": len({epoch for epoch, _ in seqs}),
            "others": int([one for one in numbers if one] != [number for (number,) in given]),
            "aside": int(aside),
            "lost": lost_of(self.promised, kept),
            "doubled": doubles_in(kept),
        }


def play(folder: Path, first: int, last: int) -> Iterator[Record]:
    """One kiosk and one centre for all rounds."""
    if programs() is None:
        raise CannotPlay("PostgreSQL 15 or later is not installed")
    with _Tied(folder) as tied:
        tied.until_told()
        for number in range(first, last):
            yield _round(tied, number)


def _round(tied: _Tied, number: int) -> Record:
    dice, fault = random.Random(number), FAULTS[number % len(FAULTS)]
    calm = tied.visits(CALM_S)
    with _broken(tied.cable, fault, dice):
        waits = tied.visits(dice.uniform(3.0, 6.0), BACKLOG if fault == "slow" else 0)
        noticed = tied.state() == "unavailable"
        left = tied.waiting()
        if fault == "slow":  # all that waits goes over a line that slow
            tied.cable.is_in = True
            told = tied.until_told()
    if fault != "slow":
        told = tied.until_told()
    return {
        "round": number,
        "fault": fault,
        "calm_ms": [round(one, 2) for one in calm],
        "waits_ms": [round(one, 2) for one in waits],
        "noticed": noticed,
        "left": left,
        "told_s": None if told is None else round(told, 2),
        **tied.compare(),
    }


@contextlib.contextmanager
def _broken(cable: Cable, fault: str, dice: random.Random) -> Iterator[None]:
    """The cable with that fault; as good as new afterwards."""
    ended, flapping = threading.Event(), None
    match fault:
        case "refused":
            cable.refuses = True
            cable.pull()
        case "hung up":
            cable.pull()
        case "swallowed":
            cable.hole = True
        case "slow":
            cable.pull()
            cable.latency_s, cable.rate = LATENCY_S, RATE
        case "flapping":
            flapping = threading.Thread(target=_flap, args=[cable, dice, ended])
            flapping.start()
        case "reset":
            cable.resets, cable.cut_after = True, dice.randrange(1, 120)
        case _:
            cable.swallow = True
    try:
        yield
    finally:
        ended.set()
        if flapping is not None:
            flapping.join()
        if fault in ("swallowed", "answers lost"):
            cable.pull()  # who mends it does not bring back what it swallowed
        cable.plug_in()


def _flap(cable: Cable, dice: random.Random, ended: threading.Event) -> None:
    while not ended.wait(dice.uniform(0.1, 0.6)):
        cable.pull()
        ended.wait(dice.uniform(0.1, 0.6))
        cable.plug_in()


def judge(records: Sequence[Record]) -> Verdict:
    """Each entry at the centre once and in order, nobody without a number; the waits are told."""
    rows = [
        Row(f"rounds, of {len(FAULTS)} kinds", f"{len(records)}", f"{ROUNDS}"),
        Row("numbers given", f"{sum(len(one['calm_ms'] + one['waits_ms']) for one in records):,}"),
        Row("entries for the centre", f"{sum(_added(records)):,}"),
    ]
    for what, key in (
        ("numbers lost", "lost"),
        ("numbers given twice", "doubled"),
        ("entries missing at the centre", "missing"),
        ("entries there twice", "twice"),
        ("rounds after which the order was another", "disorder"),
        ("rounds after which the numbers there were others", "others"),
        ("entries that the centre set aside", "aside"),
    ):
        count = max(one[key] for one in records)
        rows.append(Row(what, f"{count}", "0", count == 0))
    orders = max(one["orders"] for one in records)
    rows.append(Row("orders of the outbox", f"{orders}", "1", orders == 1))
    never = sum(one["told_s"] is None for one in records)
    rows.append(Row("rounds whose outbox did not get empty", f"{never}", "0", never == 0))
    calm = [one for record in records for one in record["calm_ms"]]
    rows.append(Row("a number with the line in, p50 / p99", _two(calm)))
    for fault in FAULTS:
        mine = [one for one in records if one["fault"] == fault]
        if mine:
            waits = [one for record in mine for one in record["waits_ms"]]
            longest = max((one["told_s"] or TOLD_WITHIN_S for one in mine), default=0.0)
            seen = sum(one["noticed"] for one in mine)
            rows.append(Row(f"{fault}: a number meanwhile, p50 / p99", _two(waits)))
            rows.append(
                Row(f"{fault}: all told after, at most; told as away",
                    f"{longest:.1f} s; {seen} of {len(mine)}")
            )  # fmt: skip
    return Verdict(
        rows,
        [
            Curve("a number while the line is bad, p99", "ms",
                  [p99(one["waits_ms"]) for one in records]),
            Curve("a number while it is good, p99", "ms",
                  [p99(one["calm_ms"]) for one in records]),
            Curve("until the centre had everything", "s",
                  [one["told_s"] or TOLD_WITHIN_S for one in records]),
        ],
    )  # fmt: skip


def _added(records: Sequence[Record]) -> Iterator[int]:
    """The entries of each round; a run that was cut off goes on with another kiosk."""
    before = 0
    for one in records:
        yield one["entries"] - (before if one["entries"] >= before else 0)
        before = one["entries"]


def _two(waits: Sequence[float]) -> str:
    return f"{p50(waits):.1f} / {p99(waits):.1f} ms" if waits else ""


TRIAL = Trial(
    "network",
    "A kiosk, and a centre with PostgreSQL, with a cable between them that refuses, hangs up, "
    "swallows, brings 5 kB/s after 0.4 s, flaps, resets in mid-answer or loses answers for some "
    "seconds, while a citizen takes a number every few hundredths of a second.",
    ROUNDS,
    play,
    judge,
)
