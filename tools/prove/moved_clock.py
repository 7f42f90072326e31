"""The clock of a process that runs under `tools.prove.moved_core`, in the hands of a trial."""

from __future__ import annotations

import mmap
import struct
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.queueing.hours import HANOI


class MovedClock:
    """`program` are the words after `python -m` that begin a core with this clock."""

    def __init__(self, path: Path) -> None:
        path.write_bytes(bytes(16))
        self.program = ("tools.prove.moved_core", str(path))
        with path.open("r+b") as file:
            self._page = mmap.mmap(file.fileno(), 16)
        self._ahead = 0.0

    def go_to(self, moment: datetime) -> None:
        """It is that late now, on both clocks: the time between has passed."""
        self.pass_by(moment - self.now())

    def pass_by(self, time: timedelta) -> None:
        """So much time passes."""
        self._ahead += time.total_seconds()
        self._page[:8] = struct.pack("d", self._ahead)

    def set_wrong(self, by: timedelta) -> None:
        """From now on the wall clock is so much ahead of the true time; 0 sets it right."""
        self._page[8:] = struct.pack("d", by.total_seconds())

    def now(self) -> datetime:
        """The true time there."""
        return datetime.now(HANOI) + timedelta(seconds=self._ahead)

    def close(self) -> None:
        """Let go of the file."""
        self._page.close()
