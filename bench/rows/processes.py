"""Rows 7 and 8: `kiosk run` until the first page answers, and what it costs when nobody is there.

Row 7 counts from the start of the command until the screen has told that its first page stands and
the core has welcomed it. Row 8 looks at /proc while the welcome page stands: CPU as a share of one
core over 20 s, resident memory at the end. What cannot be beaten: an empty Python, and a process
with an empty window.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figures import Figure, p50
from bench.floors import BARE_PYTHON, BARE_WINDOW, BareProcess
from kiosk.paths import DEFAULT_CONFIG, DEFAULT_DATA

STARTS = 5
SETTLE_S = 8.0
LOOK_S = 20.0
READY = ("screen is ready after", "the screen is here")
MEMORY_AIMS = {"core": 120.0, "screen": 160.0, "voice": 450.0}


def measure() -> list[Figure]:
    """Several starts, then one long look at rest."""
    starts, windows = [], []
    for _ in range(STARTS):
        with kiosk_run() as (_, seconds):
            starts.append(seconds)
        with BareProcess(BARE_WINDOW) as bare:
            windows.append(bare.seconds)
            window_mb = resident_mb([bare.pid])
    with BareProcess(BARE_PYTHON) as bare:
        python_mb = resident_mb([bare.pid])
    floors = {"core": python_mb, "screen": window_mb, "supervisor": python_mb}
    with kiosk_run() as (pid, _):
        time.sleep(SETTLE_S)
        processes = named_processes(pid)
        before = {name: cpu_seconds(pids) for name, pids in processes.items()}
        time.sleep(LOOK_S)
        figures = [
            Figure(row=7, what="kiosk run until the first page answers, p50", value=p50(starts),
                   unit="s", at_most=1.2, floor=p50(windows), note="floor: an empty window"),
        ]  # fmt: skip
        for name, pids in processes.items():
            share = 100 * (cpu_seconds(pids) - before[name]) / LOOK_S
            figures.append(Figure(row=8, what=f"idle: {name}, CPU of one core", value=share,
                                  unit="%", at_most=1.0))  # fmt: skip
            figures.append(Figure(row=8, what=f"idle: {name}, resident memory",
                                  value=resident_mb(pids), unit="MB",
                                  at_most=MEMORY_AIMS.get(name),
                                  floor=floors.get(name)))  # fmt: skip
    return figures


@contextmanager
def kiosk_run() -> Iterator[tuple[int, float]]:
    """A kiosk on a fresh data folder: its supervisor's pid, and seconds until it was ready."""
    DEFAULT_DATA.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=DEFAULT_DATA))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    command = [str(Path(sys.executable).parent / "kiosk"), "--config", str(DEFAULT_CONFIG)]
    begin = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--data", str(folder), "run"], env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr is not None
        wanted = set(READY)
        for line in process.stderr:
            wanted -= {words for words in wanted if words in line}
            if not wanted:
                break
        seconds = time.perf_counter() - begin
        yield process.pid, seconds
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def named_processes(supervisor: int) -> dict[str, list[int]]:
    """The pids of core, screen, voice (with its synthesiser) and the supervisor."""
    found: dict[str, list[int]] = {
        "core": [],
        "screen": [],
        "voice": [],
        "supervisor": [supervisor],
    }
    for pid in descendants(supervisor):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        name = words[-2] if "kiosk" in words else "voice"
        found.setdefault(name, []).append(pid)
    return found


def descendants(pid: int) -> list[int]:
    """Children, their children and so on."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [one for child in map(int, children) for one in (child, *descendants(child))]


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of these processes so far."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0.0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / ticks
    return total


def resident_mb(pids: list[int]) -> float:
    """Resident memory of these processes in megabytes."""
    page = os.sysconf("SC_PAGE_SIZE")
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return pages * page / 1e6
