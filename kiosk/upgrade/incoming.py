"""Archives that lie ready: the newest is taken by itself, what is refused is gone and written down.

The folder belongs to the core's user, who is trusted with nothing here: what lies in it is read
without following links, and only ever removed.
"""

from __future__ import annotations

from pathlib import Path

from kiosk.errors import UpgradeRefused
from kiosk.upgrade.releases import Releases, order_of
from kiosk.upgrade.switching import Tell
from kiosk.upgrade.upgrading import Machine, look_at, upgrade

SUFFIX = ".le-tan"
WAITS = frozenset({"needs", "no_key", "no_room", "under_way"})
"""Refusals that a technician can mend: the archive stays and is tried again the next night."""


def take_incoming(machine: Machine, folder: Path, tell: Tell) -> list[str]:
    """Take the newest archive of `folder`; a line for each that is refused. Raises nothing else.

    What was taken, is no newer than what runs, or is refused for good is removed.
    """
    refused: list[str] = []
    known = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            about, _ = look_at(machine.releases, path)
            known.append((order_of(about.version), path))
        except UpgradeRefused as error:
            refused += _refuse(machine.releases, path, error)
    for place, (_, path) in enumerate(sorted(known, key=lambda one: one[0], reverse=True)):
        try:
            if place == 0:
                upgrade(machine, path, tell)
            path.unlink(missing_ok=True)
        except UpgradeRefused as error:
            refused += _refuse(machine.releases, path, error)
    return refused


def _refuse(releases: Releases, path: Path, error: UpgradeRefused) -> list[str]:
    if error.code not in WAITS:
        path.unlink(missing_ok=True)
    if error.code == "older":
        return []
    about = {"archive": path.name, "reason": f"{error.code}: {error.detail}"}
    last = (releases.history() or [{}])[-1]
    if about.items() - last.items():  # night after night the same is one line
        releases.note(outcome="refused", **about)
    return [f"{path.name}: {error.code}: {error.detail}"]
