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
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from kiosk.errors import CommandRefused, KioskError
from kiosk.link.client import LinkClient
from kiosk.paths import DEFAULT_CONFIG, DataFolder
from kiosk.pins import hash_pin
from kiosk.queueing.hours import HANOI
from kiosk.settings.editing import changed
from kiosk.store.database import looking
from kiosk.words import (
    Ask,
    CallNext,
    Complete,
    ForgetVisit,
    IssueTicket,
    KeepStaff,
    MarkNoShow,
    OpenCounter,
    Recall,
    Serve,
    SimulateFault,
)
from tools.prove.opinions import Opinions
from tools.prove.processes import children_of, usage_of
from tools.prove.spoken import Asker, can_be_spoken
from tools.prove.trial import Curve, Record, Row, Trial, Verdict

DAYS = 30
VISITS = 300
ALOUD_EVERY = 40  # visits: a question takes seconds, as it is spoken
FLAT = 1.05
WARM = 3  # days until caches are full
HOURS = ("07:30", "11:30"), ("13:30", "17:00")
USED = (("rss_mb", "memory", "MB"), ("handles", "open handles", ""), ("threads", "threads", ""))
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
        self.opinions = Opinions(folder)
        microphone = folder / "microphone.wav"
        self.asker = Asker(microphone) if can_be_spoken() else None
        self._data = DataFolder(folder / "var")
        self._data.make()
        clock = folder / "clock"
        clock.write_bytes(bytes(8))
        with clock.open("r+b") as file:
            self._clock = mmap.mmap(file.fileno(), 8)
        self._log = (folder / "core.log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tools.prove.moved_core", str(clock), "--config",
             str(_config(folder, self.opinions.public, microphone if self.asker else None)),
             "--data", str(self._data.root), "core"],
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
        """Memory (MB), handles, threads of the core now, database (MB); of who listens too."""
        used = usage_of(self._process.pid) | {"db_mb": self._data.database.stat().st_size / 1e6}
        for pid in children_of(self._process.pid, "listen"):
            used["ear_pid"] = pid
            used |= {f"ear_{key}": value for key, value in usage_of(pid).items()}
        return used

    def until_it_hears(self) -> None:
        """Where questions are spoken. Raises TimeoutError."""
        ends = time.monotonic() + 90
        while self.asker is not None:
            with LinkClient(self._data.socket) as client:
                found = {one.name: one.state for one in client.welcome_state.devices}
            if found["hearing"] == found["guide"] == "ready":
                return
            if time.monotonic() > ends:
                raise TimeoutError("nobody listens")
            time.sleep(0.2)

    def wrong_opinions(self) -> dict[str, int]:
        """What became of what was said, where it is not as it must be."""
        return self.opinions.wrong_in(self._data.database)

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


def _config(folder: Path, sealing: Path, microphone: Path | None) -> Path:
    spans = [f"{a}-{b}" for a, b in HOURS]
    text = DEFAULT_CONFIG.read_text("utf-8")
    text = re.sub(r"(?m)^(saturday|sunday) = \[.*?\]", rf"\1 = {spans}".replace("'", '"'), text)
    text = re.sub(r"(?m)^(enabled|always_open|serve|public_holidays) = true", r"\1 = false", text)
    text = changed(text, "feedback.centre_key", str(sealing))
    if microphone is not None:
        text = changed(text, "voice.enabled", "true")
        text = changed(text, "voice.microphone", f"file:{microphone}")
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
    ward.until_it_hears()
    promised = said = 0
    for day in range(first, last):
        begun = time.monotonic()
        seen = _play_day(ward, today + timedelta(days=1 + day - first), day)
        promised += seen["promised"]
        kept, doubled = ward.tickets()
        said, opinions = len(ward.opinions), len(ward.opinions) - said
        yield {
            "day": day,
            "run": first,
            "opinions": opinions,
            "wrong_opinions": ward.wrong_opinions(),
            "aloud": seen["aloud"],
            "promised": promised,
            "kept": kept,
            "doubled": doubled,
            "warnings": ward.warnings(),
            "took_s": round(time.monotonic() - begun, 2),
            **ward.usage(),
        }


def _play_day(ward: _Day, midnight: datetime, day: int) -> Record:
    dice = random.Random(day)
    arrivals = sorted(_arrival(dice) for _ in range(VISITS))
    ward.go_to(midnight + timedelta(hours=7, minutes=31))
    _until_open(ward)
    for counter in COUNTERS:
        ward.client.ask(OpenCounter(counter=counter, staff=STAFF))
    promised, done, aloud = 0, "", []
    for n, minutes in enumerate(arrivals):
        ward.go_to(midnight + timedelta(minutes=minutes))
        if ward.asker is not None and n % ALOUD_EVERY == ALOUD_EVERY - 1:
            aloud.append(ward.asker.ask(ward.client, dice))
        promised += _visit(ward, dice, f"day{day}-{n:04d}", done)
        done = _counter(ward.client, dice, COUNTERS[n % len(COUNTERS)])
    ward.go_to(midnight + timedelta(hours=22))
    ward.client.ask(SimulateFault(device="printer", fault=""))  # a new roll each evening
    time.sleep(4)  # the day's end is seen, and told
    return {"promised": promised, "aloud": aloud}


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


def _visit(ward: _Day, dice: random.Random, name: str, done: str) -> int:
    """A citizen asks and takes a number; somebody, perhaps whoever was served as `done`, says how
    it was. 1 where a number was promised."""
    client = ward.client
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
        about = done if dice.random() < 0.5 else ""
        ward.opinions.give(client, dice, f"{name}-face", about)
    client.ask(ForgetVisit())
    client.events.clear()
    return promised


def _counter(client: LinkClient, dice: random.Random, counter: str) -> str:
    """A clerk calls whoever is next and serves them, or nobody comes; the number that is done."""
    try:
        called = client.ask(CallNext(counter=counter, staff=STAFF)).ticket  # type: ignore[union-attr]
        told = {"ticket_id": called.id, "counter": counter, "staff": STAFF}
        if dice.random() < 0.06:
            client.ask(Recall(**told))
            client.ask(MarkNoShow(**told))
            return ""
        client.ask(Serve(**told))
        if dice.random() < 0.5:
            client.ask(Complete(**told))
            return str(called.number)
    except CommandRefused as error:
        if error.code != "nobody_waiting":
            raise
    return ""


def judge(records: Sequence[Record]) -> Verdict:
    """Nothing lost or doubled; memory, handles and threads stay as they were once warm."""
    ends = list({one["run"]: one for one in records}.values())  # the last day of each run
    promised = sum(one["promised"] for one in ends)
    lost = promised - sum(one["kept"] for one in ends)
    doubled = sum(one["doubled"] for one in ends)
    warnings = sum(len(one["warnings"]) for one in ends)
    rows = [
        Row("days, visits", f"{len(records)}, {len(records) * VISITS:,}", f"{DAYS}"),
        Row("numbers promised / lost / doubled",
            f"{promised:,} / {lost} / {doubled}", "0 / 0", lost == doubled == 0),
        *_judge_opinions(records),
        *_judge_aloud(records),
        Row("warnings in the log", f"{warnings}", "0", not warnings),
        Row("database for these days", f"{sum(one['db_mb'] for one in ends):.1f} MB"),
    ]  # fmt: skip
    curves = []
    for whose, prefix in (("the core", ""), ("the listening process", "ear_")):
        for key, what, unit in USED:
            values = [one[prefix + key] for one in records if prefix + key in one]
            if values:
                curves.append(Curve(f"{whose}: {what}", unit, values, x_title="days"))
            if len(values) > 2 * WARM:
                rows.append(_judge_growth(f"{whose}: {what}", unit, values))
    curves.append(Curve("database", "MB", [one["db_mb"] for one in records], x_title="days"))
    waits = [median(one["after_s"] for one in day["aloud"]) for day in records if day["aloud"]]
    curves.append(Curve("asked aloud: last word to answer, median", "s",
                        waits, x_title="days"))  # fmt: skip
    return Verdict(rows, curves)


def _judge_growth(what: str, unit: str, values: Sequence[float]) -> Row:
    early, late = max(values[WARM : 2 * WARM]), max(values[-WARM:])
    told = f"{early:.4g} → {late:.4g} {unit}".strip()
    return Row(f"{what}, first warm days → last", told, "≤ 5 % more", late <= FLAT * early)


def _judge_opinions(records: Sequence[Record]) -> Iterator[Row]:
    """Each opinion is kept and told once, nothing personal with it, a telephone sealed."""
    given = sum(one["opinions"] for one in records)
    wrong = sum((Counter(one["wrong_opinions"]) for one in records), Counter[str]())
    words = ", ".join(f"{count} {what}" for what, count in wrong.items()) or "none"
    yield Row(f"of {given:,} opinions lost, told twice, or with what is personal", words, "none",
              given > 0 and not wrong)  # fmt: skip


def _judge_aloud(records: Sequence[Record]) -> Iterator[Row]:
    """Each press comes to an end; one process has listened to all of them."""
    ends = Counter(one["end"] for day in records for one in day["aloud"])
    if not ends:
        yield Row("questions asked aloud", "none: no model or no espeak-ng here")
        return
    told = ", ".join(f"{count} {end.replace('_', ' ')}" for end, count in ends.most_common())
    yield Row(f"{ends.total():,} questions asked aloud: what came of them", told)
    yield Row("presses that came to no end", f"{ends['none']}", "0", not ends["none"])
    lives = {(one["run"], one.get("ear_pid")) for one in records}
    died = len(lives) - len({run for run, _ in lives})
    yield Row("deaths of the listening process", f"{died}", "0", died == 0)


TRIAL = Trial(
    "ward",
    "Thirty days of a busy ward on a core whose clocks are moved: 300 visits a day with their "
    "morning peak, questions in writing and (seven a day) aloud, numbers with and without "
    "priority, four counters, no-shows, opinions in faces and in words with wishes to be called "
    "back, closing.",
    DAYS,
    play,
    judge,
    version=2,
)
