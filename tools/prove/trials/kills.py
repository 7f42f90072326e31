"""kill -9 of core, screen, voice and centre at random while citizens take numbers."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.centre_commands import make_known
from kiosk.paths import DataFolder
from tools.prove.citizens import Citizens, doubles_in, given_in, kept_in, lost_of, waiting_in
from tools.prove.kept_centre import KeptCentre, Told
from tools.prove.trial import Curve, Record, Row, Trial, Verdict
from tools.prove.whole_kiosk import PARTS as OF_THE_KIOSK
from tools.prove.whole_kiosk import WholeKiosk

KILLS = 1000
PARTS = (*OF_THE_KIOSK, "centre")
BACK_S = 2.0
WAIT_S = 60.0
COMPARED_EVERY = 50
WRONG = ("missing", "twice", "out_of_order", "gaps", "earlier", "set_aside")
"""What may be wrong with the tickets at the centre; see `compare` and `Told`."""


@dataclass
class House:
    """All that a round can kill, and those who stand before it."""

    kiosk: WholeKiosk
    centre: KeptCentre
    citizens: Citizens
    known: dict[str, str] = field(default_factory=dict)
    """What had been promised when the round before killed."""

    def pid(self, part: str) -> int | None:
        """The process of a part, where it lives."""
        return self.centre.pid if part == "centre" else self.kiosk.pid(part)

    def is_back(self, part: str, gone: int) -> bool:
        """Whether the part lives again and does its work."""
        if part == "centre":
            return self.centre.is_back(gone)
        return self.kiosk.is_back(part, gone)


def play(folder: Path, first: int, last: int) -> Iterator[Record]:
    """One kiosk and one centre for all rounds; in each one part dies, and comes back."""
    with _house(folder, f"from{first}") as house:
        for number in range(first, last):
            record = _round(house, number)
            if number % COMPARED_EVERY == COMPARED_EVERY - 1 or number == last - 1:
                record["centre"] = _at_the_centre(house)
            yield record


@contextmanager
def _house(folder: Path, prefix: str) -> Iterator[House]:
    data = DataFolder(folder / "kiosk" / "data")
    data.make()
    with KeptCentre(folder / "centre") as centre:
        make_known(data, centre.url, "", code=centre.code())
        keys = {"centre.url": centre.url, "centre.send_s": "1"}
        with WholeKiosk(folder / "kiosk", keys) as kiosk:
            citizens = Citizens(data.socket, prefix)
            citizens.start()
            yield House(kiosk, centre, citizens)
            citizens.end()


def _round(house: House, number: int) -> Record:
    dice = random.Random(number)
    part = dice.choice(PARTS)
    kiosk, citizens = house.kiosk, house.citizens
    kiosk.until(lambda: house.pid(part) is not None, WAIT_S)
    time.sleep(dice.uniform(0.0, 0.4))
    pid = house.pid(part)
    kiosk.mark()
    before, house.known = house.known, dict(citizens.promised)
    back = None
    if pid is not None:
        os.kill(pid, signal.SIGKILL)
        back = kiosk.until(lambda: house.is_back(part, pid), WAIT_S)
    database = kiosk.data.database
    record: Record = {
        "round": number,
        "part": part,
        "back_s": back,
        "promised": len(house.known) - len(before),
        "lost": lost_of(house.known, kept_in(database)),
        "doubled": doubles_in(database),
        "waited_s": round(citizens.longest_s, 3),
        "outbox": waiting_in(database),
        "failure": citizens.failure,
    }
    citizens.longest_s = 0.0
    return record


def _at_the_centre(house: House) -> Record:
    """What became of everything that was promised until now, as soon as the outbox had its time."""
    known = dict(house.citizens.promised)
    took = house.kiosk.until(lambda: house.centre.count() >= len(known), WAIT_S)
    told = house.centre.told()  # before those: who comes meanwhile is no fault
    return {"after_s": took, **compare(known, told, given_in(house.kiosk.data.database))}


def compare(promised: dict[str, str], told: Told, given: list[tuple[str, str]]) -> Record:
    """What is wrong at the centre, which was asked first: of what the kiosk has given, in order,
    it must have the beginning, and all that was promised before."""
    there, times = dict(told.tickets), Counter(request for request, _ in told.tickets)
    return {
        "tickets": len(there),
        "missing": lost_of(promised, there),
        "twice": len(told.tickets) - len(times),
        "out_of_order": sum(one != other for one, other in zip(there.items(), given, strict=False)),
        "gaps": told.gaps,
        "earlier": told.earlier,
        "set_aside": told.set_aside,
    }


def judge(records: Sequence[Record]) -> Verdict:
    """Nothing lost or doubled, everybody got a number, every part came back, the centre knows."""
    rows = [Row("kills", f"{len(records):,}", f"{KILLS:,}")]
    rows.append(Row("numbers promised", f"{sum(one['promised'] for one in records):,}"))
    lost = sum(one["lost"] for one in records)
    doubled = max(one["doubled"] for one in records)
    rows.append(Row("of these lost", f"{lost}", "0", lost == 0))
    rows.append(Row("given twice", f"{doubled}", "0", doubled == 0))
    unserved = {one["failure"] for one in records if one["failure"]}
    rows.append(Row("citizens without a number", f"{len(unserved)}", "0", not unserved))
    rows += _judge_centre([one["centre"] for one in records if "centre" in one])
    rows += [row for part in PARTS for row in _judge_part(part, records)]
    return Verdict(
        rows,
        [
            Curve("the longest wait for a number in a round", "s",
                  [one["waited_s"] for one in records]),
            Curve("entries that wait for the centre after a round", "",
                  [one["outbox"] for one in records]),
            *(_back_of(part, records) for part in PARTS),
        ],
    )  # fmt: skip


def _back_of(part: str, records: Sequence[Record]) -> Curve:
    mine = [one for one in records if one["part"] == part and one["back_s"] is not None]
    return Curve(f"{part}: back after", "s", [one["back_s"] for one in mine],
                 [one["round"] for one in mine])  # fmt: skip


def _judge_centre(compared: Sequence[Record]) -> Iterator[Row]:
    if not compared:
        return
    wrong = sum((Counter({key: one[key] for key in WRONG}) for one in compared), Counter[str]())
    words = ", ".join(f"{count} {key.replace('_', ' ')}" for key, count in wrong.items())
    seen = words or f"all {max(one['tickets'] for one in compared):,}"
    yield Row(
        f"promised tickets at the centre, once and in order (comparisons: {len(compared)})",
        seen, "all", not wrong,
    )  # fmt: skip
    waits = [one["after_s"] for one in compared]
    never = sum(one is None for one in waits)
    longest = max((one for one in waits if one is not None), default=0.0)
    yield Row(
        "all of them were there after, at most", f"{longest:.1f} s", f"{WAIT_S:g} s", never == 0
    )


def _judge_part(part: str, records: Sequence[Record]) -> Iterator[Row]:
    mine = [one["back_s"] for one in records if one["part"] == part]
    if not mine:
        return
    never = sum(one is None for one in mine)
    yield Row(f"{part}: did not come back", f"{never} of {len(mine)}", "0", never == 0)
    times = sorted(one for one in mine if one is not None)
    if times:
        middle, late = times[len(times) // 2], times[min(len(times) - 1, int(0.95 * len(times)))]
        reached = True if late <= BACK_S else None  # told and not judged: the machine may be busy
        told = f"{middle:.2f} / {late:.2f} s"
        yield Row(f"{part}: back after, p50 / p95", told, f"{BACK_S:g} s", reached)


TRIAL = Trial(
    "kills",
    "A whole kiosk, its screen unseen and its voice on a card that plays nothing, tied to a centre "
    "on a real PostgreSQL. Citizens take numbers all the time, each asking again with the same "
    "request until it is answered; core, screen, the speaking or the listening process, or the "
    "centre is killed at random moments. Every 50 kills the centre's tickets are compared with "
    "what was promised.",
    KILLS,
    play,
    judge,
    version=2,
)
