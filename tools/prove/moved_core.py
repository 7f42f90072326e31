"""`kiosk core …` whose clock a trial moves on: `python -m tools.prove.moved_core CLOCK ARGUMENTS`.

CLOCK is a file of one or two doubles. So many seconds later is it here than outside, on both clocks
of the core, as if it had slept through the night; so many more says the wall clock, which is wrong.
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
        page = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def seconds(place: int) -> float:
        here = page[8 * place : 8 * place + 8]
        return float(struct.unpack("d", here)[0]) if here else 0.0

    wall, steady = clocks.wall_clock, clocks.steady_clock

    def moved_wall() -> datetime:
        return wall() + timedelta(seconds=seconds(0) + seconds(1))

    clocks.BelievedClock.__init__.__kwdefaults__.update(
        wall=moved_wall, steady=lambda: steady() + seconds(0)
    )


if __name__ == "__main__":
    move_by(sys.argv.pop(1))
    main()
