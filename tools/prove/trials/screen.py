"""A screen that is touched for days: does it grow, does it slow down?"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from kiosk.paths import DEFAULT_CONFIG
from tools.campaigns.kiosk_site import KioskProcess
from tools.prove.trial import Curve, Record, Row, Trial, Verdict

ROUNDS = 90  # of ten visits: three days of a busy ward
WARM = 10
FLAT = 1.05
QUIET = {"enabled": "false", "serve": "false"}


def play(folder: Path, first: int, last: int) -> Iterator[Record]:
    """One core, one screen, all visits."""
    core = KioskProcess(folder / "kiosk", QUIET)
    core.start()
    config = folder / "screen.toml"
    config.write_text(re.sub(r"(?m)^motion = true", "motion = false", DEFAULT_CONFIG.read_text()))
    command = [sys.executable, "-m", "tools.prove.touching_screen", str(config)]
    command += [str(core.data.root), str(first), str(last)]
    surroundings = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    try:
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={**os.environ, **surroundings}
        ) as screen:
            assert screen.stdout is not None
            for line in screen.stdout:
                yield json.loads(line)
        if screen.returncode:
            raise RuntimeError(f"the screen ended with {screen.returncode}")
    finally:
        core.end()


def judge(records: Sequence[Record]) -> Verdict:
    """Memory, handles and threads as they were when warm; a visit costs what it cost."""
    rows = [Row("visits by touch", f"{10 * len(records):,}", f"{10 * ROUNDS:,}")]
    curves = []
    for key, what, unit in (
        ("rss_mb", "memory of the screen", "MB"),
        ("handles", "open handles", ""),
        ("threads", "threads", ""),
        ("cpu_s", "processor for a visit", "s"),
    ):
        values = [one[key] for one in records]
        curves.append(Curve(what, unit, values, x_title="tens of visits"))
        if len(values) <= 2 * WARM or key == "cpu_s":
            continue
        early, late = max(values[WARM : 2 * WARM]), max(values[-WARM:])
        rows.append(
            Row(f"{what}: warm → at the end", f"{early:.4g} → {late:.4g} {unit}", "≤ 5 % more",
                late <= FLAT * early)
        )  # fmt: skip
    return Verdict(rows, curves)


TRIAL = Trial(
    "screen",
    "A screen in front of a real core, touched without a pause: numbers, searches on the glass, "
    "fields, languages.",
    ROUNDS,
    play,
    judge,
)
