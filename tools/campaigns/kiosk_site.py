"""A site of several kiosks as real core processes: one leads, the others follow.

Nothing is printed on paper and nothing is spoken; else it is what a ward has.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from kiosk.errors import LinkError
from kiosk.link.client import LinkClient
from kiosk.paths import DEFAULT_CONFIG, DataFolder

KEY = "k" * 40
WITHIN_S = 60.0
T = TypeVar("T")


class KioskProcess:
    """One core with a folder of its own, started by `start`; killed and started as often as wanted.

    `keys` are lines of config.toml that are changed: the first that begins with the name.
    `surroundings` are its environment variables; those of this process where none are given.
    `program` are the words after `python -m`.
    """

    def __init__(
        self,
        folder: Path,
        keys: dict[str, str],
        more: str = "",
        surroundings: dict[str, str] | None = None,
        program: Sequence[str] = ("kiosk",),
    ) -> None:
        self._program = program
        self._surroundings = surroundings or dict(os.environ)
        self.data = DataFolder(folder / "var")
        self.data.make()
        self._config = folder / "config.toml"
        self._config.write_text(_changed(DEFAULT_CONFIG.read_text(), keys) + more)
        self._log = (folder / "core.log").open("ab")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin; it answers at its socket when this returns."""
        self.data.socket.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            self._command(*self._program, words=("core",)),
            stderr=self._log,
            env=self._surroundings,
        )
        self.client().close()

    def run(self, *words: str) -> str:
        """A command of `kiosk` with its configuration and folder; what it says."""
        command = self._command("kiosk", words=words)
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=WITHIN_S
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def _command(self, *program: str, words: Sequence[str]) -> list[str]:
        base = [sys.executable, "-m", *program, "--config", str(self._config)]
        return [*base, "--data", str(self.data.root), *words]

    def client(self, face: str = "cli") -> LinkClient:
        """A face of it, as soon as it answers."""
        return until("a core to answer", lambda: self.try_client(face))

    def try_client(self, face: str = "cli") -> LinkClient | None:
        """A face of it, where it answers."""
        try:
            return LinkClient(self.data.socket, face=face, timeout_s=WITHIN_S)
        except LinkError:
            return None

    def send(self, number: signal.Signals) -> None:
        """SIGSTOP: it freezes, its sockets still listen; SIGCONT: it goes on; SIGKILL; SIGTERM."""
        if self.process is None:
            return
        self.process.send_signal(number)
        if number in (signal.SIGKILL, signal.SIGTERM):
            self.process.wait(WITHIN_S)
            self.process = None

    def end(self) -> None:
        """Whatever it is doing."""
        self.send(signal.SIGCONT)
        self.send(signal.SIGTERM)
        self._log.close()

    @property
    def log(self) -> str:
        """What it wrote to standard error, all starts together."""
        return Path(self._log.name).read_text()


class KioskSite:
    """A leader and those who follow it, by their letters. A context: all of them run inside."""

    def __init__(
        self, root: Path, letters: str = "XY", keys: dict[str, str] | None = None, more: str = ""
    ) -> None:
        """`keys` and `more` go into the configurations of all."""
        root.mkdir(parents=True, exist_ok=True)
        key = root / "site.key"
        key.write_text(KEY)
        self.port = free_port()
        shared = {"enabled": "false", "key_file": f'"{key}"', **(keys or {})}
        leads = {"http_port": str(self.port), "kiosks": str(list(letters)).replace("'", '"')}
        self.leader = KioskProcess(_folder(root, "leader"), shared | leads, more)
        url = f'"http://127.0.0.1:{self.port}"'
        self.others = {
            letter: KioskProcess(
                _folder(root, letter),
                {**shared, "serve": "false", "url": url, "letter": f'"{letter}"'},
                more,
            )
            for letter in letters
        }

    @property
    def all(self) -> list[KioskProcess]:
        """The leader first."""
        return [self.leader, *self.others.values()]

    def __enter__(self) -> Self:
        for one in self.all:
            one.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for one in self.all:
            one.end()

    def until_all_follow(self) -> None:
        """Until each of the others knows its leader."""
        for one in self.others.values():
            until("a kiosk to find its leader", lambda one=one: _follows(one))  # type: ignore[misc]


def _follows(kiosk: KioskProcess) -> bool:
    client = kiosk.client()
    client.close()
    return any(
        one.name == "leader" and one.state == "ready" for one in client.welcome_state.devices
    )


def until(what: str, look: Callable[[], T | None]) -> T:
    """The first true value of `look`; for what only the outside of a process shows."""
    ends = time.monotonic() + WITHIN_S
    while not (seen := look()):
        if time.monotonic() > ends:
            raise TimeoutError(f"still waiting for {what}")
        time.sleep(0.02)
    return seen


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _folder(root: Path, name: str) -> Path:
    folder = root / name
    folder.mkdir(exist_ok=True)
    return folder


def _changed(text: str, keys: dict[str, str]) -> str:
    """config.toml with these keys set; speech's own `enabled` stands for all."""
    lines = []
    for line in text.splitlines():
        name = line.partition(" = ")[0]
        lines.append(f"{name} = {keys[name]}" if name in keys else line)
    return "\n".join(lines) + "\n"
