"""What a row cannot beat on this machine: the same end by the barest means, in the same run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

import serial

from hardware.board.frames import sealed
from kiosk.store.database import sqlite3

BARE_PYTHON = "print('ready', flush=True); input()"
BARE_WINDOW = """
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow
app = QGuiApplication([])
window = QQuickWindow()
window.frameSwapped.connect(lambda: print('ready', flush=True))
window.resize(1080, 1920)
window.show()
app.exec()
"""


class BareTickets:
    """Rows 1 to 5: rows of a bare table, each as durable as a ticket (WAL, FULL)."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(str(path), isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute("CREATE TABLE ticket (id INTEGER PRIMARY KEY, body TEXT)")

    def insert(self) -> float:
        """Milliseconds of one insert."""
        begin = time.perf_counter()
        self._database.execute("INSERT INTO ticket (body) VALUES (?)", ["x" * 400])
        return (time.perf_counter() - begin) * 1000

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()


class BareProcess:
    """Rows 7 and 8: a Python of this environment that runs `code` until it is left."""

    def __init__(self, code: str) -> None:
        begin = time.perf_counter()
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
        self._process = subprocess.Popen(
            [sys.executable, "-c", code], env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"
        self.seconds = time.perf_counter() - begin
        self.pid = self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate(timeout=20)


class BareSearch:
    """Row 10: SQLite's own full text search over the same names, ranked by BM25."""

    def __init__(self, names: Iterable[str]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE name USING fts5 (words)")
        self._database.executemany("INSERT INTO name VALUES (?)", ((one,) for one in names))

    def find(self, text: str) -> Sequence[object]:
        """The ten best rows for any of the words."""
        words = "".join(letter if letter.isalnum() else " " for letter in text).split()
        asked = " OR ".join(f'"{word}"' for word in words) or '""'
        return self._database.execute(
            "SELECT rowid FROM name WHERE name MATCH ? ORDER BY rank LIMIT 10", [asked]
        ).fetchall()


def bare_looks(device: str, baud: int, address: int, times: int) -> list[float]:
    """Row 18: milliseconds of each reading of eight inputs, by pyserial alone (Modbus FC 2)."""
    request = sealed(bytes([address, 2, 0, 0, 0, 8]))
    found = []
    with serial.Serial(device, baud, timeout=1.0) as port:
        for _ in range(times):
            begin = time.perf_counter()
            port.write(request)
            assert len(port.read(6)) == 6
            found.append((time.perf_counter() - begin) * 1000)
            time.sleep(0.002)  # the silence that ends a frame
    return found
