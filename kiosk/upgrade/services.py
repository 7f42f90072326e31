"""The kiosk's units under systemd: started anew, and watched until they live."""

from __future__ import annotations

import logging
import subprocess
import time
from pathlib import Path

log = logging.getLogger(__name__)

CORE = "le-tan-core.service"
UNITS = (CORE, "le-tan-x.service", "le-tan-screen.service", "le-tan-board.service")
OF_RELEASE = frozenset({CORE, "le-tan-screen.service", "le-tan-board.service"})
"""Those whose program lies in the release; the X server's does not."""
READY_WITHIN_S = 120.0
STEADY_S = 20.0
LOOK_EVERY_S = 0.5
TOO_OFTEN = 3  # starts again, one after the other: it will not live


def systemd_runs() -> bool:
    """Whether this machine was started by systemd (sd_booted(3))."""
    return Path("/run/systemd/system").is_dir()


class SystemdServices:
    """What ran when this was made is what has to run afterwards; the core in any case."""

    def __init__(
        self, *, ready_within_s: float = READY_WITHIN_S, steady_s: float = STEADY_S
    ) -> None:
        self._ready_within, self._steady = ready_within_s, steady_s
        running = [unit for unit in UNITS if self._about(unit).get("ActiveState") == "active"]
        self._wanted = tuple(dict.fromkeys([CORE, *running]))

    def restart(self) -> None:
        """See Services: with the units as the release that is current now has them."""
        _systemctl("daemon-reload")
        _systemctl("reset-failed", *self._wanted)
        _systemctl("--no-block", "restart", "le-tan.target")

    def fault(self, release: Path) -> str:
        """See Services: each unit has to be active, of this release, and the same for a while."""
        ends = time.monotonic() + self._ready_within
        steady_since, before = time.monotonic(), {"": 0}
        while True:
            now = time.monotonic()
            found = {unit: self._process(unit, release) for unit in self._wanted}
            if found != before or 0 in found.values():
                steady_since, before = now, found
            elif now - steady_since >= self._steady:
                return ""
            if now > ends or self._dies_again_and_again():
                away = [unit for unit, process in found.items() if not process]
                words = {unit: self._about(unit).get("SubState", "?") for unit in away}
                told = ", ".join(f"{unit} is {state}" for unit, state in words.items())
                return told or f"no {self._steady:g} s without a restart"
            time.sleep(LOOK_EVERY_S)

    def _dies_again_and_again(self) -> bool:
        restarts = (int(self._about(unit).get("NRestarts") or 0) for unit in self._wanted)
        return max(restarts) >= TOO_OFTEN

    def _process(self, unit: str, release: Path) -> int:
        """Its main process, where it is active and of this release; else 0."""
        about = self._about(unit)
        process = int(about.get("MainPID") or 0)
        if about.get("ActiveState") != "active" or not process:
            return 0
        if unit in OF_RELEASE and not _is_of(process, release):
            return 0
        return process

    @staticmethod
    def _about(unit: str) -> dict[str, str]:
        told = _systemctl("show", "-p", "ActiveState,SubState,MainPID,NRestarts", unit)
        return dict(line.split("=", 1) for line in told.splitlines() if "=" in line)


def _is_of(process: int, release: Path) -> bool:
    try:
        words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return any(word.startswith(bytes(release) + b"/") for word in words[:3])


def _systemctl(*words: str) -> str:
    done = subprocess.run(["systemctl", *words], capture_output=True, text=True, check=False)
    if done.returncode and words[0] != "show":
        log.warning("systemctl %s: %s", " ".join(words), done.stderr.strip())
    return done.stdout
