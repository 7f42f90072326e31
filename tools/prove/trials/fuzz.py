"""The parsers that meet the outside, asked far more than the suite asks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from kiosk.paths import PROJECT
from tools.prove.trial import Record, Row, Trial, Verdict

ROUNDS = 20
EXAMPLES = 500  # a parser and a round


def play(folder: Path, first: int, last: int) -> Iterator[Record]:
    """tests/fuzz with other dice each round."""
    del folder
    for number in range(first, last):
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "tests/fuzz", "-p", "no:cacheprovider",
             "--timeout", "900", f"--hypothesis-seed={number}"],
            cwd=PROJECT, env={**os.environ, "KIOSK_FUZZ": str(EXAMPLES)}, check=False,
            capture_output=True, text=True,
        )  # fmt: skip
        yield {
            "round": number,
            "parsers": _passed(done.stdout),
            "broken": re.findall(r"FAILED \S+\[(.*?)\]", done.stdout),
            "status": done.returncode,
        }


def _passed(output: str) -> int:
    found = re.search(r"(\d+) passed", output)
    return int(found[1]) // 2 if found else 0  # each parser is asked twice: spoilt and true


def judge(records: Sequence[Record]) -> Verdict:
    """No parser does anything but read or refuse."""
    broken = sorted({name for one in records for name in one["broken"]})
    unsure = sum(one["status"] not in (0, 1) for one in records)
    parsers = max((one["parsers"] for one in records), default=0)
    return Verdict(
        [
            Row("rounds of 500 spoilt examples a parser", f"{len(records)}", f"{ROUNDS}"),
            Row("parsers", f"{parsers}", "", parsers > 0),
            Row("broken", ", ".join(broken) or "none", "none", not broken),
            Row("rounds that did not come to their end", f"{unsure}", "0", unsure == 0),
        ]
    )


TRIAL = Trial(
    "fuzz",
    "Every parser that meets the outside (tests/fuzz/targets.py) reads true examples that were "
    "cut, doubled, turned and spiced: it reads them or refuses them by its own error.",
    ROUNDS,
    play,
    judge,
)
