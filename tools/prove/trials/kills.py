"""kill -9 of core, screen and voice at random while citizens take numbers."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.prove.citizens import Citizens, doubles_in, kept_in, lost_of
from tools.prove.trial import Curve, Record, Row, Trial, Verdict
from tools.prove.whole_kiosk import PARTS, WholeKiosk

KILLS = 1000
BACK_S = 2.0
WAIT_S = 60.0


def play(folder: Path, first: int, last: int) -> Iterator[Record]:
    """One kiosk for all rounds; in each one part dies, and comes back."""
    with WholeKiosk(folder) as kiosk:
        citizens = Citizens(kiosk.data.socket, f"from{first}")
        citizens.start()
        kept: dict[str, str] = {}
        for round_ in range(first, last):
            kept = _round(kiosk, citizens, kept, round_)
            yield kept.pop("record")  # type: ignore[misc]
        citizens.end()


def _round(
    kiosk: WholeKiosk, citizens: Citizens, before: dict[str, str], number: int
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
    kept = kept_in(kiosk.data.database)
    record: Record = {
        "round": number,
        "part": part,
        "back_s": back,
        "promised": len(known) - len(before),
        "lost": lost_of(known, kept),
        "doubled": doubles_in(kept),
        "waited_s": round(citizens.longest_s, 3),
        "failure": citizens.failure,
    }
    citizens.longest_s = 0.0
    return {**known, "record": record}


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
