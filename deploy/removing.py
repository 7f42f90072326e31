"""The way back: everything that was laid down goes; what was edited and what was kept stays."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from deploy.installing import LINKS, OPT, UNITS
from deploy.laying import Laid
from deploy.machine import CORE, LINK, SCREEN, Machine, run

SERVICES = ("le-tan-core", "le-tan-screen", "le-tan-board", "le-tan-x")
DATA = ("/etc/le-tan", "/var/lib/le-tan", "/var/log/le-tan", "/run/le-tan",
        "/var/cache/le-tan", "/var/cache/le-tan-screen")  # fmt: skip


def remove(machine: Machine, *, purge: bool, dry: bool) -> Iterator[str]:
    """Take the kiosk off this machine; each line says what was done. `purge`: its data too."""
    if machine.is_booted and not dry:
        run("systemctl", "stop", "le-tan-upgrade.timer", "le-tan.target", quiet=True)
        run("systemctl", "stop", *SERVICES, quiet=True)
    yield from _remove_links(machine, dry=dry)
    laid = Laid(machine.root, machine.at(f"{OPT}/laid.json"))
    yield f"removed {len(laid.known())} files of the machine"
    if not dry:
        yield from (f"stays   /{path}: it was edited" for path in laid.take_away())
    yield from _remove_folders(machine, (OPT, *(DATA if purge else ())), dry=dry)
    if purge and not machine.is_trial and not dry:
        for command in (("userdel", SCREEN), ("userdel", CORE), ("groupdel", LINK)):
            run(*command, quiet=True)
    if machine.is_booted and not dry:
        run("systemctl", "daemon-reload", quiet=True)


def _remove_links(machine: Machine, *, dry: bool) -> Iterator[str]:
    units = [path for path in machine.at(UNITS).glob("le-tan*") if path.is_symlink()]
    for path in (*(machine.at(link) for link in LINKS), *units):
        if path.is_symlink():
            yield f"removed {path}"
            if not dry:
                path.unlink()


def _remove_folders(machine: Machine, folders: tuple[str, ...], *, dry: bool) -> Iterator[str]:
    for folder in folders:
        path = machine.at(folder)
        if path.exists():
            yield f"removed {path}"
            if not dry:
                shutil.rmtree(path)
    kept: list[Path] = [machine.at(folder) for folder in DATA if folder not in folders]
    yield from (f"stays   {path}" for path in kept if path.exists())
