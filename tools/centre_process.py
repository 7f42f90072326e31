"""`centre run` as a real process, for tests, figures and trials: started, asked, killed."""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

WITHIN_S = 60.0


class CentreProcess:
    """A centre on a free port of loopback. `keys` are keys of its settings, as text."""

    def __init__(
        self,
        folder: Path,
        keys: dict[str, str],
        *,
        authority: Path | None = None,
        before: Sequence[str] = (),
    ) -> None:
        """Nothing runs yet. `authority`: the certificate by which its TLS is known; `before`:
        the words of a command that becomes the centre, as setpriv does."""
        self.folder = folder
        self._before = before
        self._keys = {"data": str(folder / "data"), "port": "0"} | keys
        self._tls = ssl.create_default_context(cafile=authority) if authority else None
        self.process: subprocess.Popen[bytes] | None = None
        self.url = ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def start(self) -> None:
        """Start it; returns when it is bound. The second time it takes the same port."""
        path = self.folder / "centre.log"
        self.folder.mkdir(exist_ok=True)
        told = path.stat().st_size if path.exists() else 0
        with path.open("ab") as log:
            self.process = subprocess.Popen(
                [*self._before, sys.executable, "-m", "centre", "run"],
                env=self._surroundings,
                stderr=log,
            )
        until = time.monotonic() + WITHIN_S
        while not (url := _url(path, told)):
            if self.process.poll() is not None or time.monotonic() > until:
                self.end()
                raise RuntimeError(f"the centre did not start: {self.log()[-2000:]}")
            time.sleep(0.02)
        self.url = url
        self._keys["port"] = url.rpartition(":")[2]

    def run(self, *words: str) -> str:
        """What a command of `centre` prints. Raises RuntimeError where it refuses."""
        command = [sys.executable, "-m", "centre", *words]
        done = subprocess.run(
            command, env=self._surroundings, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"centre {' '.join(words)}: {done.stderr}")
        return done.stdout

    def code(self, site: str) -> str:
        """A code for a kiosk of that site."""
        return self.run("enrol", site).split()[0]

    @property
    def _surroundings(self) -> dict[str, str]:
        keys = {f"CENTRE_{key.upper()}": value for key, value in self._keys.items()}
        return {**os.environ, **keys}

    def log(self) -> str:
        """Everything that it logged so far."""
        return (self.folder / "centre.log").read_text(errors="replace")

    def status(self, path: str) -> int:
        """The status of a GET; 0 where nobody answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=10, context=self._tls) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            return 0

    def until_ready(self, status: int = 200) -> None:
        """Wait until /readyz answers so."""
        until = time.monotonic() + WITHIN_S
        while self.status("/readyz") != status:
            if time.monotonic() > until:
                raise RuntimeError(f"the centre is not ready: {self.log()[-2000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(WITHIN_S)

    def end(self) -> int:
        """End it as systemd does; its exit status."""
        if self.process is None:
            return 0
        self.process.terminate()
        try:
            return self.process.wait(WITHIN_S)
        except subprocess.TimeoutExpired:
            self.kill()
            raise


def _url(log: Path, told: int) -> str:
    """Where it serves, once it said so."""
    with log.open("rb") as file:
        file.seek(told)
        for line in file:
            try:
                words = str(json.loads(line).get("words", ""))
            except (ValueError, AttributeError):
                continue
            if words.startswith("serving at "):
                return words.removeprefix("serving at ")
    return ""
