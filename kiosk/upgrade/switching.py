"""The switch from one release to another, watched, and back where the new one does not live.

    point current ─▶ restart ─▶ watched until everything that ran before runs, and is steady
                                  yes ─▶ point good          no ─▶ point current back, restart

A power cut anywhere in between leaves `good` as it was: `settle` points `current` back at the next
start of the machine.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from kiosk.errors import UpgradeRefused
from kiosk.upgrade.releases import Releases

Tell = Callable[[str], None]
"""Who is told of each step, by its name."""


class Services(Protocol):
    """What runs a release."""

    def restart(self) -> None:
        """Start anew whatever ran, from the release that is current now. Raises nothing."""
        ...

    def fault(self, release: Path) -> str:
        """Watch for a while; why `release` cannot be said to live, or "". Raises nothing."""
        ...


def switch(releases: Releases, version: str, services: Services, tell: Tell) -> None:
    """Let `version` run. Raises UpgradeRefused (unhealthy) where what ran before runs again."""
    before = releases.of("good")
    try:
        tell("switch")
        releases.point("current", version)
        tell("restart")
        services.restart()
        tell("watch")
        fault = services.fault(releases.path(version))
        if not fault:
            tell("confirm")
            releases.point("good", version)
            releases.note(version=version, before=before, outcome="good")
            return
    except BaseException as error:  # whoever ends this ends it with what was good
        _put_back(releases, services, version, f"{type(error).__name__}: {error}")
        raise
    tell("put back")
    _put_back(releases, services, version, fault)
    raise UpgradeRefused(f"{version} was put back: {fault}", code="unhealthy")


def _put_back(releases: Releases, services: Services, version: str, why: str) -> None:
    before = releases.of("good")
    if before and before != releases.of("current"):
        releases.point("current", before)
        services.restart()
    releases.note(version=version, before=before, outcome="put_back", reason=why)


def settle(releases: Releases, script: Path, services: Services | None = None) -> bool:
    """Put back what an attempt that was cut short has left; whether there was any.

    The script does it, as it does when the machine starts, so that there is one way only.
    """
    running = releases.of("current")
    subprocess.run([str(script), str(releases.root)], check=True)
    if releases.of("current") == running:
        return False
    releases.note(version=running, before=releases.of("good"), outcome="cut_short")
    if services is not None:
        services.restart()
    return True
