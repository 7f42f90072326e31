"""Thirty days of a busy ward, played fast: does anything grow that should not?"""

from __future__ import annotations

import contextlib
import mmap
import random
import re
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.errors import CommandRefused, KioskError
from kiosk.link.client import LinkClient
from kiosk.paths import DEFAULT_CONFIG, DataFolder
from kiosk.pins import hash_pin
from kiosk.queueing.hours import HANOI
from kiosk.store.database import looking
from kiosk.words import (
    Ask,
    CallNext,
    Complete,
    ForgetVisit,
    GiveFeedback,
    IssueTicket,
    KeepStaff,
    MarkNoShow,
    OpenCounter,
    Recall,
    Serve,
    SimulateFault,
)
from tools.prove.trial import Curve, Record, Row, Trial, Verdict

DAYS = 30
VISITS = 300
SURVEY = "2026-11"  # assets/feedback/survey.toml
FLAT = 1.05
WARM = 3  # days until caches are full
HOURS = ("07:30", "11:30"), ("13:30", "17:00")
STAFF, COUNTERS = "lan", "1234"
QUESTIONS = (
    "vợ tôi mới sinh cần giấy tờ gì", "bố tôi vừa mất", "photo công chứng bằng đại học",
    "cat khau", "lam can cuoc cho chau", "mấy giờ đóng cửa", "nhà vệ sinh ở đâu", "asdf ghjk",
)  # fmt: skip
SERVICES = (
    "civil-status", "certification", "certification", "residence", "land", "social", "business",
)  # fmt: skip


class _Day:
    """A core whose clock we move, asked as a kiosk's screen and its counters ask."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._data = DataFolder(folder / "var")
        self._data.make()
        clock = folder / "clock"
        clock.write_bytes(bytes(8))
        with clock.open("r+b") as file:
            self._clock = mmap.mmap(file.fileno(), 8)
        self._log = (folder / "core.log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tools.prove.moved_core", str(clock), "--config",
             str(_config(folder)), "--data", str(self._data.root), "core"],
            stderr=self._log,
        )  # fmt: skip
        self.client = self._connect()
        self._now = datetime.now(HANOI)

    def _connect(self) -> LinkClient:
        ends = time.monotonic() + 60
        while True:
            try:
                return LinkClient(self._data.socket, face="screen", timeout_s=30.0)
            except KioskError:
                if time.monotonic() > ends:
                    raise
                time.sleep(0.05)

    def go_to(self, moment: datetime) -> None:
        """It is that late now, in the core."""
        ahead = (moment - datetime.now(HANOI)).total_seconds()
        self._clock[:8] = struct.pack("d", ahead)

    def usage(self) -> dict[str, float]:
        """Memory (MB), handles, threads, database (MB) of the core now."""
        proc = Path(f"/proc/{self._process.pid}")
        status = (proc / "status").read_text()
        return {
            "rss_mb": int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024,  # type: ignore[index]
            "threads": int(re.search(r"Threads:\s+(\d+)", status)[1]),  # type: ignore[index]
            "handles": len(list((proc / "fd").iterdir())),
            "db_mb": self._data.database.stat().st_size / 1e6,
        }

    def tickets(self) -> tuple[int, int]:
        """How many were kept, and how many numbers of a day were given twice."""
        with looking(self._data.database) as connection:
            return tuple(  # type: ignore[return-value]
                connection.execute(
                    "SELECT count(*), count(*) - count(DISTINCT business_day || number) FROM ticket"
                ).fetchone()
            )

    def warnings(self) -> list[str]:
        """Lines of the log that warn."""
        text = Path(self._log.name).read_text(errors="replace")
        return re.findall(r"(?m)^\S+ \S+ core [WEC] (.*)", text)

    def close(self) -> None:
        """End the core."""
        self.client.close()
        self._process.terminate()
        self._process.wait(30)
        self._log.close()
        self._clock.close()


def _config(folder: Path) -> Path:
    spans = [f"{a}-{b}" for a, b in HOURS]
    text = DEFAULT_CONFIG.read_text("utf-8")
    text = re.sub(r"(?m)^(saturday|sunday) = \[.*?\]", rf"\1 = {spans}".replace("'", '"'), text)
    text = re.sub(r"(?m)^(enabled|always_open|serve|public_holidays) = true", r"\1 = false", text)
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    return path


def play(folder: Path, first: int, last: int) -> Iterator[Record]:
    """One core for all days; a run that was cut off begins a new one."""
    with contextlib.closing(_Day(folder)) as ward:
        yield from _play_days(ward, first, last)


def _play_days(ward: _Day, first: int, last: int) -> Iterator[Record]:
    today = datetime.now(HANOI).replace(hour=0, minute=0, second=0, microsecond=0)
    ward.client.ask(KeepStaff(code=STAFF, name="Lan", role="clerk", pin_hash=hash_pin("4071")))
    promised = 0
    for day in range(first, last):
        begun = time.monotonic()
        promised += _play_day(ward, today + timedelta(days=1 + day - first), day)
        kept, doubled = ward.tickets()
        yield {
            "day": day,
            "promised": promised,
            "kept": kept,
            "doubled": doubled,
            "warnings": ward.warnings(),
            "took_s": round(time.monotonic() - begun, 2),
            **ward.usage(),
        }


def _play_day(ward: _Day, midnight: datetime, day: int) -> int:
    dice = random.Random(day)
    arrivals = sorted(_arrival(dice) for _ in range(VISITS))
    ward.go_to(midnight + timedelta(hours=7, minutes=31))
    _until_open(ward)
    for counter in COUNTERS:
        ward.client.ask(OpenCounter(counter=counter, staff=STAFF))
    promised = 0
    for n, minutes in enumerate(arrivals):
        ward.go_to(midnight + timedelta(minutes=minutes))
        promised += _visit(ward.client, dice, f"day{day}-{n:04d}")
        _counter(ward.client, dice, COUNTERS[n % len(COUNTERS)])
    ward.go_to(midnight + timedelta(hours=22))
    ward.client.ask(SimulateFault(device="printer", fault=""))  # a new roll each evening
    time.sleep(4)  # the day's end is seen, and told
    return promised


def _arrival(dice: random.Random) -> float:
    """Minutes after midnight: most come soon after the doors open."""
    if dice.random() < 0.7:
        return 451 + min(238.0, dice.expovariate(1 / 70))
    return 811 + min(208.0, dice.expovariate(1 / 80))


def _until_open(ward: _Day) -> None:
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        try:
            ward.client.ask(Ask(text="mấy giờ mở cửa"))
        except CommandRefused:
            time.sleep(0.2)  # the guide is still reading
        else:
            return


def _visit(client: LinkClient, dice: random.Random, name: str) -> int:
    """A citizen asks, takes a number, sometimes says how it was; 1 where a number was promised."""
    if dice.random() < 0.4:
        client.ask(Ask(text=dice.choice(QUESTIONS)))
    promised = 0
    try:
        client.ask(
            IssueTicket(request_id=f"{name}-ticket", service=dice.choice(SERVICES),
                        priority=dice.choice(["", "", "", "elderly"]))
        )  # fmt: skip
        promised = 1
    except CommandRefused as error:
        if error.code not in ("closed", "full"):
            raise
    if dice.random() < 0.2:
        try:
            client.ask(
                GiveFeedback(request_id=f"{name}-face", survey=SURVEY, face=dice.choice([3, 4, 5]))
            )
        except CommandRefused as error:
            if error.code != "too_many":
                raise
    client.ask(ForgetVisit())
    client.events.clear()
    return promised


def _counter(client: LinkClient, dice: random.Random, counter: str) -> None:
    """A clerk calls whoever is next and serves them, or nobody comes."""
    try:
        called = client.ask(CallNext(counter=counter, staff=STAFF)).ticket  # type: ignore[union-attr]
        told = {"ticket_id": called.id, "counter": counter, "staff": STAFF}
        if dice.random() < 0.06:
            client.ask(Recall(**told))
            client.ask(MarkNoShow(**told))
            return
        client.ask(Serve(**told))
        if dice.random() < 0.5:
            client.ask(Complete(**told))
    except CommandRefused as error:
        if error.code != "nobody_waiting":
            raise


def judge(records: Sequence[Record]) -> Verdict:
    """Nothing lost or doubled; memory, handles and threads stay as they were once warm."""
    last = records[-1]
    lost = last["promised"] - last["kept"]
    rows = [
        Row("days, visits", f"{len(records)}, {len(records) * VISITS:,}", f"{DAYS}"),
        Row("numbers promised / lost / doubled",
            f"{last['promised']:,} / {lost} / {last['doubled']}", "0 / 0",
            lost == last["doubled"] == 0),
        Row("warnings in the log", f"{len(last['warnings'])}", "0", not last["warnings"]),
        Row("database for these days", f"{last['db_mb']:.1f} MB"),
    ]  # fmt: skip
    curves = []
    for key, what, unit in (
        ("rss_mb", "memory of the core", "MB"),
        ("handles", "open handles", ""),
        ("threads", "threads", ""),
    ):
        values = [one[key] for one in records]
        curves.append(Curve(what, unit, values, x_title="days"))
        if len(values) > 2 * WARM:
            grown = max(values[-WARM:]) / max(values[WARM : 2 * WARM])
            rows.append(
                Row(f"{what}: first warm days → last days",
                    f"{max(values[WARM:2 * WARM]):.4g} → {max(values[-WARM:]):.4g} {unit}",
                    "≤ 5 % more", grown <= FLAT)
            )  # fmt: skip
    curves.append(Curve("database", "MB", [one["db_mb"] for one in records], x_title="days"))
    return Verdict(rows, curves)


TRIAL = Trial(
    "ward",
    "Thirty days of a busy ward on a core whose clocks are moved: 300 visits a day with their "
    "morning peak, questions, numbers with and without priority, four counters, no-shows, "
    "feedback, closing.",
    DAYS,
    play,
    judge,
)
