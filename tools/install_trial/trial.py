"""What a trial's checks stand on: the machine, and asking it."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.install_trial.roots import Root

KIOSK = "/usr/local/bin/kiosk"
SOURCE = "/srv/le-tan"
AS_SCREEN = "DISPLAY=:0", "XAUTHORITY=/run/le-tan-x/authority"


class Wrong(Exception):
    """A check did not find what it should."""


@dataclass(slots=True)
class Trial:
    """One Debian. `notes` are figures for the report."""

    root: Root
    notes: dict[str, str] = field(default_factory=dict)

    def install(self, *options: str) -> list[str]:
        """The script, in the root that is not started; its lines."""
        script = f"{SOURCE}/deploy/install.sh"
        return good(self.root.enter(script, *options)).splitlines()

    def ask(self, *command: str, within_s: float = 300) -> str:
        """A command in the machine that runs; its output."""
        return good(self.root.inside(*command, within_s=within_s))

    def kiosk(self, *words: str) -> Any:
        """`kiosk WORDS --json`."""
        return json.loads(self.ask(KIOSK, *words, "--json"))

    def number(self) -> str:
        """The number of a new ticket."""
        return str(self.kiosk("ticket", "issue", "--service", "residence")["number"])

    def process(self, unit: str) -> int:
        """The main process of a unit; 0 where it has none."""
        told = self.ask("systemctl", "show", "-p", "ActiveState,MainPID", f"le-tan-{unit}")
        about = dict(line.split("=", 1) for line in told.splitlines())
        return int(about["MainPID"]) if about["ActiveState"] == "active" else 0

    def runs_release(self, version: str) -> bool:
        """Whether the core's process is of this release."""
        process = self.process("core")
        words = self.root.inside("cat", f"/proc/{process}/cmdline").stdout if process else ""
        return f"/releases/{version}/" in words

    def runs(self, *units: str, within_s: float = 90) -> float:
        """Wait until they are active; how long it took."""
        began = time.monotonic()
        for unit in units:
            self.until(lambda unit=unit: self.process(unit), f"{unit} runs", within_s)
        return time.monotonic() - began

    def until(self, check: Callable[[], Any], what: str, within_s: float = 90) -> Any:
        """The first true value. Raises Wrong."""
        ends = time.monotonic() + within_s
        while not (value := check()):
            if time.monotonic() > ends:
                raise Wrong(f"not so within {within_s:g} s: {what}")
            time.sleep(0.2)
        return value

    def link(self, name: str) -> str:
        """The version that `current` or `good` names."""
        return (self.root.path / "opt/le-tan" / name).readlink().name

    def file(self, path: str) -> Path:
        """A file of it, seen from here."""
        return self.root.path / path.lstrip("/")


def good(done: subprocess.CompletedProcess[str]) -> str:
    """The output of a command that succeeded. Raises Wrong."""
    if done.returncode:
        words = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise Wrong(f"{' '.join(map(str, done.args[-4:]))}: {' | '.join(words[-6:])}")
    return done.stdout


def same(found: object, wanted: object, what: str) -> None:
    """Raises Wrong where they differ."""
    if found != wanted:
        raise Wrong(f"{what}: {found!r} instead of {wanted!r}")
