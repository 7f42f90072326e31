"""`kiosk core …` whose clock a trial moves on: `python -m tools.prove.moved_core CLOCK ARGUMENTS`.

CLOCK is a file of eight bytes: so many seconds later is it here than outside (a double). Both
clocks of the core move alike, as if it had slept through the night.
"""

from __future__ import annotations

import mmap
import struct
import sys
from datetime import datetime, timedelta

import kiosk.core.clock as clocks
from kiosk.__main__ import main


def move_by(path: str) -> None:
    """Let the core's two clocks be as much later as the file says at each moment."""
    with open(path, "rb") as file:  # noqa: PTH123 - mmap wants its number
        page = mmap.mmap(file.fileno(), 8, access=mmap.ACCESS_READ)

    def later() -> float:
        return float(struct.unpack("d", page[:8])[0])

    wall, steady = clocks.wall_clock, clocks.steady_clock

    def moved_wall() -> datetime:
        return wall() + timedelta(seconds=later())

    clocks.BelievedClock.__init__.__kwdefaults__.update(
        wall=moved_wall, steady=lambda: steady() + later()
    )


if __name__ == "__main__":
    move_by(sys.argv.pop(1))
    main()
