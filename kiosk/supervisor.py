"""`kiosk run`: starts core and screen, watches both, and starts again what dies or hangs.

It listens to their sd_notify messages as systemd would, one socket for each. A process that ends
or says nothing for ten seconds is replaced: at once the first time, then with growing pauses.
Should this process itself be killed, the kernel ends the others.
"""

from __future__ import annotations

import ctypes
import logging
import os
import random
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.notify import ALIVE, READY

log = logging.getLogger(__name__)

SILENT_S = 10.0
START_WITHIN_S = 30.0
PAUSES_S = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
STEADY_S = 20.0
END_WITHIN_S = 5.0
LOOK_EVERY_S = 0.1
PR_SET_PDEATHSIG = 1


@dataclass(slots=True)
class Watched:
    """One process and what is known of it. Times are of the monotonic clock."""

    name: str
    command: Sequence[str]
    notices: socket.socket
    address: str
    silent_s: float = SILENT_S
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    heard: float = 0.0
    ready: bool = False
    failures: int = 0
    start_at: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        """Start it, with its own NOTIFY_SOCKET."""
        environment = {**os.environ, "NOTIFY_SOCKET": self.address}
        self.process = subprocess.Popen(
            self.command,
            env=environment,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - this process has one thread
        )
        self.started = self.heard = time.monotonic()
        self.ready = False
        log.info("%s started, process %d", self.name, self.process.pid)

    def listen(self) -> None:
        """Take in what it says; an unready or silent process is noticed by `fault`."""
        try:
            words = self.notices.recv(4096).decode(errors="replace").splitlines()
        except BlockingIOError:
            return
        if READY in words:
            self.ready = True
            self.heard = time.monotonic()
            log.info("%s is ready after %.2f s", self.name, self.heard - self.started)
        if ALIVE in words:
            self.heard = time.monotonic()

    def fault(self) -> str:
        """Why it must be started again, or ""."""
        if self.process is None:
            return ""
        code = self.process.poll()
        if code is not None:
            return f"ended with {code}"
        patience = self.silent_s if self.ready else START_WITHIN_S
        silent = time.monotonic() - self.heard
        return f"says nothing for {silent:.0f} s" if silent > patience else ""

    def replace_later(self, why: str) -> None:
        """End what is left of it and plan the next start."""
        now = time.monotonic()
        if now - self.started > STEADY_S:
            self.failures = 0
        pause = PAUSES_S[min(self.failures, len(PAUSES_S) - 1)]
        self.failures += 1
        self.start_at = now + pause * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, no secret
        log.warning("%s %s; starting again in %.1f s", self.name, why, self.start_at - now)
        self.end(0.0)

    def end(self, within_s: float) -> None:
        """Ask it to end, then make it."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(within_s or 0.5)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        self.process = None


class Supervisor:
    """Keeps the kiosk's processes alive until it is told to end."""

    def __init__(self, commands: dict[str, Sequence[str]], *, silent_s: float = SILENT_S) -> None:
        """`commands` by name, in the order of their start; `silent_s` is the patience, seconds."""
        self._silent = silent_s
        self._folder = tempfile.TemporaryDirectory(prefix="kiosk-run-")
        self._selector = selectors.DefaultSelector()
        self._watched = [self._watch(name, command) for name, command in commands.items()]
        self._ending = False

    def run(self) -> int:
        """Until SIGINT or SIGTERM; then the processes end in reverse order."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._end)
        try:
            while not self._ending:
                self._look()
                for key, _ in self._selector.select(LOOK_EVERY_S):
                    key.data.listen()
        finally:
            for one in reversed(self._watched):
                one.end(END_WITHIN_S)
                one.notices.close()
            self._selector.close()
            self._folder.cleanup()
        return 0

    def _watch(self, name: str, command: Sequence[str]) -> Watched:
        address = str(Path(self._folder.name) / f"{name}.sock")
        notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        notices.bind(address)
        watched = Watched(
            name=name, command=command, notices=notices, address=address, silent_s=self._silent
        )
        self._selector.register(notices, selectors.EVENT_READ, watched)
        return watched

    def _look(self) -> None:
        for one in self._watched:
            if one.process is None:
                if time.monotonic() >= one.start_at:
                    one.start()
            elif why := one.fault():
                one.replace_later(why)

    def _end(self, number: int, frame: object) -> None:
        self._ending = True


def end_with_parent() -> None:
    """In the new process: SIGTERM when the supervisor dies, however it dies (prctl(2))."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def commands_of_kiosk(config: Path, data: Path, *, board: bool) -> dict[str, Sequence[str]]:
    """How core, screen and hall board are started with this configuration and data folder."""
    base = [sys.executable, "-m", "kiosk", "--config", str(config), "--data", str(data)]
    commands: dict[str, Sequence[str]] = {"core": [*base, "core"], "screen": [*base, "screen"]}
    if board:
        commands["board"] = [*base, "screen", "--face", "board", "--beside"]
    return commands
