"""This machine, as far as an installation must know it. `root` is / but for a trial."""

from __future__ import annotations

import grp
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

CORE, SCREEN, LINK = "le-tan", "le-tan-screen", "le-tan-link"
"""The users of core and screen, and the group of those who may come to the core's socket."""


class Stopped(Exception):
    """The installation cannot go on; its words say what to do."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Where things are installed."""

    root: Path = Path("/")

    @property
    def is_trial(self) -> bool:
        """Only files are laid down: no packages, users, services."""
        return self.root != Path("/")

    def at(self, path: str) -> Path:
        """The path below the root."""
        return self.root / path.lstrip("/")

    @property
    def is_booted(self) -> bool:
        """Whether systemd runs here (sd_booted(3)); in a chroot it does not."""
        return not self.is_trial and Path("/run/systemd/system").is_dir()

    def debian(self) -> str:
        """The version of Debian, "" for another system."""
        try:
            text = self.at("/etc/os-release").read_text(encoding="utf-8")
        except OSError:
            return ""
        about = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', text, re.MULTILINE))
        return about.get("VERSION_ID", "") if about.get("ID") == "debian" else ""

    def systemd(self) -> int:
        """The version of systemd; 0 where there is none."""
        if shutil.which("systemctl") is None:
            return 0
        told = run("systemctl", "--version", quiet=True)
        found = re.match(r"systemd (\d+)", told)
        return int(found[1]) if found else 0


def missing_packages(wanted: Iterable[str]) -> list[str]:
    """Those that dpkg does not know as installed. A name that another package provides counts."""
    wanted = list(wanted)
    asked = ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}\t${Package}\t${Provides}\n"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    known = set()
    for line in done.stdout.splitlines():
        state, package, provides = line.split("\t")
        if state.startswith("ii"):
            known |= {package, *re.findall(r"(?:^|, )([a-z0-9.+-]+)", provides)}
    return [package for package in wanted if package not in known]


def has_user(name: str) -> bool:
    """Whether there is such a user."""
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def is_member(user: str, group: str) -> bool:
    """Whether the user belongs to that further group."""
    try:
        return user in grp.getgrnam(group).gr_mem
    except KeyError:
        return False


def run(*command: str, quiet: bool = False, user: str = "") -> str:
    """Run a command; its output. Raises Stopped with its last words where it fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    as_user = ["runuser", "-u", user, "--"] if user else []
    done = subprocess.run(
        [*as_user, *command], capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode and not quiet:
        words = (done.stderr or done.stdout).strip().splitlines()
        raise Stopped(f"{' '.join(command[:4])} …: {' '.join(words[-3:])}")
    return done.stdout
