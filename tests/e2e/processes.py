"""Real processes of the kiosk, started and awaited without sleeping."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from kiosk.__main__ import ASKING_THE_CORE
from kiosk.__main__ import kiosk as command_line
from kiosk.link.client import LinkClient
from kiosk.notify import READY
from kiosk.paths import DataFolder

WITHIN_S = 30.0  # for a start on a loaded machine
QUICK = {*ASKING_THE_CORE, "config", "history"}
"""Commands that leave nothing behind in the process that carries them out."""


def kiosk(config: Path, data: Path, *words: str) -> list[str]:
    """The command line of `kiosk`."""
    return [sys.executable, "-m", "kiosk", "--config", str(config), "--data", str(data), *words]


class CoreProcess:
    """`kiosk core`, started; it is awaited through the notices it sends as to a service manager."""

    def __init__(self, config: Path, data: Path) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self.config, self.data = config, DataFolder(data)
        self.notices: list[str] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        address = data / "notices.sock"
        address.unlink(missing_ok=True)
        self._socket.bind(str(address))
        self._log = (data / "core.log").open("ab")
        self.process = subprocess.Popen(
            kiosk(config, data, "core"),
            stderr=self._log,
            env={**os.environ, "NOTIFY_SOCKET": str(address)},
        )
        self.wait_for(READY)

    @property
    def log(self) -> str:
        """What it wrote to standard error, all starts together."""
        return (self.data.root / "core.log").read_text()

    def wait_for(self, notice: str, *, within_s: float = WITHIN_S) -> None:
        """Until the core sends this notice."""
        self._socket.settimeout(within_s)
        while True:
            try:
                self.notices.append(self._socket.recv(4096).decode())
            except TimeoutError:
                raise AssertionError(f"no {notice} of the core:\n{self.log}") from None
            if self.notices[-1] == notice:
                return

    def client(self, face: str = "cli") -> LinkClient:
        """A face of it."""
        return LinkClient(self.data.socket, face=face)

    def run(self, *words: str, expect: int = 0) -> str:
        """A command of `kiosk`; standard output, or standard error where it is to fail.

        One that only asks or changes a file is carried out in this process: to begin Python anew
        for each takes longer than all that the command does.
        """
        if words and words[0] in QUICK:
            there = ["--config", str(self.config), "--data", str(self.data.root)]
            here = CliRunner().invoke(command_line, [*there, *words])
            code, stdout, stderr = here.exit_code, here.stdout, here.stderr
            if here.exception is not None and not isinstance(here.exception, SystemExit):
                raise here.exception
        else:
            done = self.run_with(self.data.root, *words)
            code, stdout, stderr = done.returncode, done.stdout, done.stderr
        assert code == expect, stderr
        return stdout if expect == 0 else stderr

    def run_with(self, data: Path, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of `kiosk` with this configuration and another data folder."""
        command = kiosk(self.config, data, *words)
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def json(self, *words: str) -> Any:
        """A command of `kiosk` with --json."""
        return json.loads(self.run(*words, "--json"))

    def until_ready(self, *devices: str) -> None:
        """Until these are there: a core answers before it has opened them."""

        def ready() -> bool:
            known = {one["name"]: one["state"] for one in self.json("devices")}
            return all(known[name] == "ready" for name in devices)

        wait_until(" and ".join(devices), ready)

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self._gone()

    def stop(self) -> int:
        """SIGTERM; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self._gone()

    def _gone(self) -> int:
        code = self.process.wait(WITHIN_S)
        self._socket.close()
        self._log.close()
        return code


def wait_until(what: str, check: Any, *, within_s: float = WITHIN_S) -> Any:
    """The first true value of `check()`; for what only the outside of a process shows."""
    ends = time.monotonic() + within_s
    while not (value := check()):
        assert time.monotonic() < ends, f"still waiting for {what}"
        time.sleep(0.01)
    return value
