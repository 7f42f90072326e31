"""The core's disk is full, read-only or slow for a while, while citizens take numbers."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.campaigns.kiosk_site import KioskProcess
from tools.prove.citizens import Citizens, doubles_in, kept_in, lost_of
from tools.prove.disk import Disk, build
from tools.prove.trial import Record, Row, Trial, Verdict

ROUNDS = 90
FAULTS = ("full", "read_only", "slow")
SLOW_MS = 20
SERVED_WITHIN_S = 5.0
WAIT_S = 60.0
QUIET = {"enabled": "false", "serve": "false"}


def play(folder: Path, first: int, last: int) -> Iterator[Record]:
    """One core for all rounds; its data folder lies on a disk with faults on command."""
    disk = Disk(folder / "kiosk" / "var", build(folder))
    core = KioskProcess(folder / "kiosk", QUIET, surroundings=disk.environment)
    core.start()
    citizens = Citizens(core.data.socket, f"from{first}", every_s=0.02)
    citizens.start()
    for number in range(first, last):
        yield _round(disk, core, citizens, number)
        disk.log.write_bytes(b"")  # nobody cuts this one
    citizens.end()
    core.end()
    disk.close()


def _round(disk: Disk, core: KioskProcess, citizens: Citizens, number: int) -> Record:
    dice = random.Random(number)
    fault = FAULTS[number % len(FAULTS)]
    before = len(citizens.promised)
    if fault == "slow":
        disk.slow(SLOW_MS)
    else:
        disk.set_fault(fault)
    time.sleep(dice.uniform(0.3, 1.5))
    during = len(citizens.promised) - before
    known = dict(citizens.promised)
    disk.slow(0)
    disk.set_fault("")
    mended = time.monotonic()
    while len(citizens.promised) <= len(known) and time.monotonic() - mended < WAIT_S:
        time.sleep(0.01)
    served = time.monotonic() - mended
    kept = kept_in(core.data.database)
    return {
        "round": number,
        "fault": fault,
        "during": during,
        "served_s": round(served, 3) if len(citizens.promised) > len(known) else None,
        "lost": lost_of(known, kept),
        "doubled": doubles_in(core.data.database),
        "lives": core.process is not None and core.process.poll() is None,
    }


def judge(records: Sequence[Record]) -> Verdict:
    """Nothing lost or doubled, the core lives, and goes on soon after the mend."""
    rows = []
    for fault in FAULTS:
        mine = [one for one in records if one["fault"] == fault]
        if not mine:
            continue
        lost, doubled = sum(one["lost"] for one in mine), sum(one["doubled"] for one in mine)
        rows.append(Row(f"{fault}: rounds", f"{len(mine)}"))
        rows.append(
            Row(f"{fault}: lost / doubled", f"{lost} / {doubled}", "0 / 0", lost == doubled == 0)
        )
        rows.append(
            Row(f"{fault}: numbers given meanwhile", f"{sum(one['during'] for one in mine)}")
        )
        waits = [one["served_s"] for one in mine]
        never = sum(one is None for one in waits)
        longest = max((one for one in waits if one is not None), default=0.0)
        rows.append(
            Row(f"{fault}: next number after the mend, at most", f"{longest:.2f} s",
                f"{SERVED_WITHIN_S:g} s", never == 0 and longest <= SERVED_WITHIN_S)
        )  # fmt: skip
    died = sum(not one["lives"] for one in records)
    rows.append(Row("the core died", f"{died}", "0", died == 0))
    return Verdict(rows)


TRIAL = Trial(
    "disk",
    "The disk below the core's data folder takes nothing more, becomes read-only, or needs 20 ms "
    "more for each fsync, for a second or so, again and again, while citizens take numbers.",
    ROUNDS,
    play,
    judge,
)
