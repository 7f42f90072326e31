"""kill -9 of core, screen and voice at random while citizens take numbers."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from kiosk.store.database import looking
from tools.prove.trial import Curve, Record, Row, Trial, Verdict
from tools.prove.whole_kiosk import PARTS, Citizen, WholeKiosk

KILLS = 1000
BACK_S = 2.0
WAIT_S = 60.0
SERVICES = ("civil-status", "certification", "residence", "land")


class _Citizens(threading.Thread):
    """They come one after the other, all the time; each keeps what was promised."""

    def __init__(self, socket: Path, prefix: str) -> None:
        super().__init__(daemon=True)
        self._citizen = Citizen(socket)
        self._prefix = prefix
        self._ended = threading.Event()
        self.promised: dict[str, str] = {}
        self.longest_s = 0.0
        self.failure = ""

    def run(self) -> None:
        dice = random.Random(self._prefix)
        while not self._ended.wait(0.15):
            request = f"{self._prefix}-{len(self.promised):06d}"
            try:
                number, took = self._citizen.takes(request, dice.choice(SERVICES))
            except TimeoutError as error:
                self.failure = str(error)
                return
            self.promised[request] = number
            self.longest_s = max(self.longest_s, took)

    def end(self) -> None:
        self._ended.set()
        self.join()


def play(folder: Path, first: int, last: int) -> Iterator[Record]:
    """One kiosk for all rounds; in each one part dies, and comes back."""
    with WholeKiosk(folder) as kiosk:
        citizens = _Citizens(kiosk.data.socket, f"from{first}")
        citizens.start()
        kept: dict[str, str] = {}
        for round_ in range(first, last):
            kept = _round(kiosk, citizens, kept, round_)
            yield kept.pop("record")  # type: ignore[misc]
        citizens.end()


def _round(
    kiosk: WholeKiosk, citizens: _Citizens, before: dict[str, str], number: int
) -> dict[str, object]:
    dice = random.Random(number)
    part = dice.choice(PARTS)
    kiosk.until(lambda: kiosk.pid(part) is not None, WAIT_S)
    time.sleep(dice.uniform(0.0, 0.4))
    pid = kiosk.pid(part)
    kiosk.mark()
    known = dict(citizens.promised)
    back = None
    if pid is not None:
        os.kill(pid, signal.SIGKILL)
        back = kiosk.until(lambda: kiosk.is_back(part, pid), WAIT_S)
    kept = _kept(kiosk)
    lost = [request for request, number in known.items() if kept.get(request) != number]
    record: Record = {
        "round": number,
        "part": part,
        "back_s": back,
        "promised": len(known) - len(before),
        "lost": len(lost),
        "doubled": len(kept) - len(set(kept.values())),
        "waited_s": round(citizens.longest_s, 3),
        "failure": citizens.failure,
    }
    citizens.longest_s = 0.0
    return {**known, "record": record}


def _kept(kiosk: WholeKiosk) -> dict[str, str]:
    """What is in the store's file, whoever lives."""
    with looking(kiosk.data.database) as connection:
        rows = connection.execute("SELECT request_id, number FROM ticket").fetchall()
    return dict(rows)


def judge(records: Sequence[Record]) -> Verdict:
    """Nothing lost or doubled, everybody got a number, every part came back."""
    rows = [Row("kills", f"{len(records):,}", f"{KILLS:,}")]
    rows.append(Row("numbers promised", f"{sum(one['promised'] for one in records):,}"))
    for what, key in (("of these lost", "lost"), ("given twice", "doubled")):
        count = sum(one[key] for one in records)
        rows.append(Row(what, f"{count}", "0", count == 0))
    unserved = [one["failure"] for one in records if one["failure"]]
    rows.append(Row("citizens without a number", f"{len(set(unserved))}", "0", not unserved))
    for part in PARTS:
        mine = [one["back_s"] for one in records if one["part"] == part]
        if not mine:
            continue
        never = sum(one is None for one in mine)
        times = sorted(one for one in mine if one is not None)
        rows.append(Row(f"{part}: did not come back", f"{never} of {len(mine)}", "0", never == 0))
        if times:
            middle, late = (
                times[len(times) // 2],
                times[min(len(times) - 1, int(0.95 * len(times)))],
            )
            rows.append(
                Row(
                    f"{part}: back after, p50 / p95",
                    f"{middle:.2f} / {late:.2f} s",
                    f"{BACK_S:g} s",
                )
            )
    waits = [one["waited_s"] for one in records]
    return Verdict(rows, [Curve("the longest wait for a number in a round", "s", waits)])


TRIAL = Trial(
    "kills",
    "A whole kiosk, its screen unseen and its voice on a card that plays nothing. Citizens take "
    "numbers all the time, each asking again with the same request until it is answered; core, "
    "screen, the speaking or the listening process is killed at random moments.",
    KILLS,
    play,
    judge,
)
