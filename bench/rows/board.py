"""Row 18: a look at the I/O board: eight inputs over a pty, set to 115,200 baud, the board beside.

The board is simulated in a process of its own, so that the driver has this one for itself. A pty
has no speed: what 8 and 6 bytes take on a real line at 115,200 baud (1.2 ms) comes on top.
"""

from __future__ import annotations

import subprocess
import sys
import time

from bench.figures import Figure, p50, p99
from bench.floors import bare_looks
from hardware.board.board import IoBoard
from hardware.board.line import ModbusLine

LOOKS = 2000
BAUD = 115200


def measure() -> list[Figure]:
    """p50 and p99 of a look, and what ten looks a second cost."""
    board = subprocess.Popen(
        [sys.executable, "-m", "hardware", "simulate", "board"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert board.stdin is not None
    assert board.stdout is not None
    try:
        device = board.stdout.readline().strip().removeprefix("serial:")
        driver = IoBoard(ModbusLine(device, BAUD, 1))
        times, busy = _look(driver)
        driver.close()
        bare = bare_looks(device, BAUD, 1, LOOKS)
    finally:
        board.stdin.close()
        board.stdout.close()
        board.wait(10)
    return [
        Figure(row=18, what="I/O board, a look, p50", value=p50(times), unit="ms",
               floor=p50(bare)),
        Figure(row=18, what="I/O board, a look, p99", value=p99(times), unit="ms", at_most=10.0,
               floor=p99(bare)),
        Figure(
            row=18,
            what="I/O board, ten looks a second",
            value=busy * 10 * 100,
            unit="% CPU",
            at_most=1.0,
        ),
    ]  # fmt: skip


def _look(driver: IoBoard) -> tuple[list[float], float]:
    """Milliseconds of each look, and the seconds of this process's time that one takes."""
    assert driver.look().status.ready
    times = []
    began = time.process_time()
    for _ in range(LOOKS):
        begin = time.perf_counter()
        assert driver.look().inputs is not None
        times.append((time.perf_counter() - begin) * 1000)
    return times, (time.process_time() - began) / LOOKS
