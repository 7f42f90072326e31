"""Row 16: the twelve faults of a printer, and how soon a face hears of them.

A short form of `python -m tools.prove printer`: each fault twice, with core processes of
their own. Told and back are the worst of all stopping faults, at a face joined by the socket.
"""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.figures import Figure
from hardware.simulators.printer_faults import FAULTS
from tools.campaigns.printer_faults import LINES, try_fault
from tools.campaigns.printer_seen import see_all

ROUNDS = 2


def measure() -> list[Figure]:
    """Slips of which nobody knows, and the two times."""
    seen = see_all(times=2)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(4) as pool:
        tries = [pool.submit(try_fault, fault, ROUNDS, LINES, Path(folder)) for fault in FAULTS]
        bad = sum(not one.result().good for one in tries)
    what = f"printer faults, 12 kinds x {ROUNDS}: kinds with a slip"
    return [
        Figure(row=16, what=f"{what} lost, doubled or not known", value=bad, unit="", at_most=0.0),
        Figure(
            row=16,
            what="a printer's fault until a face hears, worst",
            value=max(one.told_s for one in seen),
            unit="s",
            at_most=2.0,
        ),
        Figure(
            row=16,
            what="a printer mended until a face hears, worst",
            value=max(one.back_s for one in seen),
            unit="s",
            at_most=2.0,
        ),
    ]
