"""`centre run`, a process of its own on loopback, with its commands."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from centre.store.sqlite_library import newest_library

WITHIN_S = 60.0  # for a start on a loaded machine


class CentreProcess:
    """A centre on SQLite in `root`; `start` again after a kill keeps its port."""

    def __init__(self, root: Path) -> None:
        self._root = root
        root.mkdir(parents=True)
        self._log = root / "centre.log"
        self.port = 0
        self.start()

    def start(self) -> None:
        """Serve; returns when it does."""
        with self._log.open("ab") as log:
            begin = log.tell()
            self.process = subprocess.Popen(
                [sys.executable, "-m", "centre", "run", "--port", str(self.port)],
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        ends = time.monotonic() + WITHIN_S
        while not (found := re.search(r"serving at http://[^:]+:(\d+)", self._written(begin))):
            assert self.process.poll() is None, self._written(begin)
            assert time.monotonic() < ends, self._written(begin)
            time.sleep(0.02)
        self.port = int(found[1])

    def _written(self, begin: int) -> str:
        return self._log.read_bytes()[begin:].decode()

    @property
    def _environment(self) -> dict[str, str]:
        return {**os.environ, "CENTRE_DATA": str(self._root / "data")}

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait(WITHIN_S)

    def stop(self) -> None:
        """SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(WITHIN_S)

    def run(self, *words: str) -> str:
        """A command of `centre`."""
        done = subprocess.run(
            [sys.executable, "-m", "centre", *words],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def code(self, site: str) -> str:
        """A code for a kiosk of that site."""
        return self.run("enrol", site).split()[0]

    def rows(self, question: str, *values: object) -> list[Any]:
        """What its tables hold now."""
        path = self._root / "data" / "centre.sqlite3"
        connection = newest_library().connect(f"file:{path}?mode=ro", uri=True, timeout=30)
        try:
            return connection.execute(question, values).fetchall()
        finally:
            connection.close()
