"""The power goes at any moment of issuing: what was promised is there, and nothing is torn."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from kiosk.errors import StoreUnavailable
from kiosk.store import Store
from tools.prove.disk import Disk, build
from tools.prove.disk import Record as DiskRecord
from tools.prove.issuer import DAY, NOW, PROMISED, folders
from tools.prove.trial import Record, Row, Trial, Verdict

CUTS = 300
CUTS_A_LIFE = 10
NUMBERS_A_LIFE = 130


def play(folder: Path, first: int, last: int) -> Iterator[Record]:
    """One process issues; its record is cut at ten moments, and once more on a disk that lies."""
    library = build(folder)
    for life in range(first // CUTS_A_LIFE, -(-last // CUTS_A_LIFE)):
        root = folder / f"life{life}"
        disk = Disk(root, library)
        subprocess.run(
            [sys.executable, "-m", "tools.prove.issuer", str(root), f"life{life}",
             str(NUMBERS_A_LIFE)],
            env=disk.environment, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        disk.close()
        record = DiskRecord(disk.log)
        for cut in range(life * CUTS_A_LIFE, min(last, (life + 1) * CUTS_A_LIFE)):
            if cut >= first:
                yield _cut(record, root, folder / "after", cut)
        shutil.rmtree(root)
        disk.log.unlink()


def _cut(record: DiskRecord, root: Path, after: Path, number: int) -> Record:
    dice = random.Random(number)
    until = dice.randint(1, len(record.steps))
    told = {
        "cut": number,
        "step": until,
        "of": len(record.steps),
        **_what_is_left(record, root, after, until, dice, lies=False),
    }
    if number % CUTS_A_LIFE == 0:
        left = _what_is_left(record, root, after, len(record.steps), dice, lies=True)
        told["lost_by_a_liar"] = left["lost"]
    return told


def _what_is_left(
    record: DiskRecord, root: Path, after: Path, until: int, dice: random.Random, *, lies: bool
) -> Record:
    shutil.rmtree(after, ignore_errors=True)
    after.mkdir()
    record.cut(until, root, after, dice, lies=lies)
    lines = record.written_to(PROMISED, until).decode().splitlines()
    promised = dict(line.split() for line in lines if not line.startswith("-"))
    store = Store(folders(after), min_free_mb=0)
    try:
        restored = store.open(NOW)
        kept = {one.request_id: one.number for one in store.tickets_of(DAY)}
        store.close()
    except StoreUnavailable as error:
        return {"promised": len(promised), "lost": len(promised), "doubled": 0, "why": str(error)}
    return {
        "promised": len(promised),
        "lost": sum(kept.get(one) != number for one, number in promised.items()),
        "doubled": len(kept) - len(set(kept.values())),
        "restored": restored is not None,
    }


def judge(records: Sequence[Record]) -> Verdict:
    """Nothing lost, nothing doubled, nothing damaged; and a disk that lies must lose something."""
    lost = sum(one["lost"] for one in records)
    doubled = sum(one["doubled"] for one in records)
    damaged = sum(one.get("restored", True) for one in records)
    liar = [one["lost_by_a_liar"] for one in records if "lost_by_a_liar" in one]
    return Verdict(
        [
            Row("power cuts", f"{len(records):,}", f"{CUTS}", len(records) >= 1),
            Row("numbers promised before them", f"{sum(one['promised'] for one in records):,}"),
            Row("of these lost", f"{lost}", "0", lost == 0),
            Row("given twice", f"{doubled}", "0", doubled == 0),
            Row("databases found damaged", f"{damaged}", "0", damaged == 0),
            Row("lost where the disk lies about fsync: this trial can fail",
                f"{sum(liar):,} in {len(liar)}", "more than 0", sum(liar) > 0),
        ]
    )  # fmt: skip


TRIAL = Trial(
    "power",
    "A process issues, backs up and is cut from its power at any of its writes; of what was not "
    "synced any sectors may be gone. The store is opened again by its own recovery.",
    CUTS,
    play,
    judge,
)
