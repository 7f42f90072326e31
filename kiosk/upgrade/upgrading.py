"""One upgrade, from a file to a release that has proved itself; or nothing has changed.

    take in ─▶ verify ─▶ unpack ─▶ build ─▶ rehearse ─▶ whole ─▶ switch (watched, and back)

Killed at any moment, or without power, it leaves a kiosk that runs what it ran before.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import UpgradeRefused
from kiosk.upgrade import environment
from kiosk.upgrade.archive import (
    About,
    check_payload,
    opened,
    read_about,
    take_in,
    trusted_keys,
    unpack,
)
from kiosk.upgrade.releases import Releases, order_of
from kiosk.upgrade.services import systemd_runs
from kiosk.upgrade.switching import Services, Tell, settle, switch

SETTLE = Path("/usr/local/lib/le-tan/settle")
UNITS = Path("/etc/systemd/system")
REHEARSED_WITHIN_S = 300
SPARE_BYTES = 300 * 1024**2  # left for the kiosk that goes on giving numbers meanwhile


@dataclass(frozen=True, slots=True)
class Machine:
    """Where and how releases run here.

    `build` makes a release's environment out of the wheels and leaves the whole of it on the disk.
    """

    releases: Releases
    services: Callable[[], Services]
    settle: Path = SETTLE
    units: Path = UNITS
    build: Callable[[Path, Path], None] = environment.build
    owner: str = "le-tan"


def look_at(releases: Releases, archive: Path) -> tuple[About, str]:
    """What the archive is, and whose key signed it; nothing changes. Raises UpgradeRefused."""
    keys = trusted_keys(releases.keys)
    with opened(archive) as file:
        about, key = read_about(file, keys)
        check_payload(file, about)
    return about, key


def upgrade(machine: Machine, archive: Path, tell: Tell, *, older: bool = False) -> str:
    """Let this kiosk run the release of `archive`; its version, "" where it runs already.

    Raises UpgradeRefused: nothing has changed, or what ran before runs again.
    """
    releases = machine.releases
    with releases.held():
        tell("settle")
        settle(releases, machine.settle, machine.services())
        try:
            version = _place(machine, archive, tell, older=older)
        except OSError as error:
            raise UpgradeRefused(f"the disk refuses: {error}", code="no_room") from error
        if not version:
            return ""
        before = releases.of("good")
        link_units(releases.path(version), machine.units)
        switch(releases, version, machine.services(), tell)
        tell("sweep")
        releases.sweep(before)
        kept = [releases.path(one) for one in releases.versions()]
        environment.drop_wheels(releases.wheels, kept)
        return version


def go_back(machine: Machine, version: str, tell: Tell) -> str:
    """Let this kiosk run a whole release that lies here: the one before, or `version`."""
    releases = machine.releases
    with releases.held():
        settle(releases, machine.settle, machine.services())
        running = releases.of("current")
        before = [one for one in releases.versions() if one != running]
        if version and version not in before:
            known = ", ".join(before) or "none"
            raise UpgradeRefused(f"no other release {version} here; there are: {known}")
        if not before:
            raise UpgradeRefused("no other release is kept here")
        chosen = version or _last_good(releases, before)
        switch(releases, chosen, machine.services(), tell)
        return chosen


def link_units(release: Path, units: Path) -> None:
    """A link for each unit of the release, through `current`: the units go with what runs."""
    through = release.parent.parent / "current" / "deploy" / "units"
    for unit in sorted((release / "deploy" / "units").glob("*")):
        link = units / unit.name
        if not link.is_symlink():
            link.unlink(missing_ok=True)
            link.symlink_to(through / unit.name)


def rehearsal(release: Path, owner: str) -> list[str]:
    """The command that rehearses a release: without network, devices, or rights on this machine."""
    command = [str(release / ".venv" / "bin" / "kiosk"), "upgrade", "rehearse"]
    if not systemd_runs():
        return command
    shut = ("PrivateNetwork=yes", "PrivateDevices=yes", "PrivateTmp=yes", "ProtectSystem=strict",
            "ProtectHome=yes", "NoNewPrivileges=yes", "CapabilityBoundingSet=")  # fmt: skip
    surroundings = f"EnvironmentFile={release / 'deploy' / 'environment'}"
    settings = [f"User={owner}", surroundings, "Environment=TMPDIR=/var/tmp", *shut]
    options = [word for setting in settings for word in ("-p", setting)]
    return ["systemd-run", "--wait", "--pipe", "--collect", "--quiet", *options, "--", *command]


def _place(machine: Machine, archive: Path, tell: Tell, *, older: bool) -> str:
    """A whole release out of the archive; its version, "" where it runs already."""
    releases = machine.releases
    staged = releases.root / "staged"
    try:
        tell("take in")
        take_in(archive, staged)
        tell("verify")
        about, _ = look_at(releases, staged)
        running = releases.of("good")
        if about.version == running and releases.digest_of(running) == about.payload_sha256:
            return ""
        _check_order(about.version, running, older=older)
        if not _is_here(releases, about):
            _make(machine, staged, about, tell)
        return about.version
    finally:
        staged.unlink(missing_ok=True)


def _make(machine: Machine, staged: Path, about: About, tell: Tell) -> None:
    releases = machine.releases
    needed = 2 * about.unpacked_bytes + releases.size_of(releases.of("good")) + SPARE_BYTES
    if shutil.disk_usage(releases.root).free < needed:
        told = f"{needed // 1024**2} MB have to be free"
        raise UpgradeRefused(f"the disk has no room for the release: {told}", code="no_room")
    release = releases.begin(about.version)
    try:
        tell("unpack")
        with staged.open("rb") as file:
            unpack(file, about, release)
        if (release / "wheels").is_dir():
            environment.take_wheels(release / "wheels", releases.wheels)
            shutil.rmtree(release / "wheels")
        tell("build")
        machine.build(release, releases.wheels)
        tell("rehearse")
        _rehearse(release, machine.owner)
    except BaseException:
        shutil.rmtree(release, ignore_errors=True)
        raise
    tell("whole")
    releases.complete(about.version, about.payload_sha256)


def _rehearse(release: Path, owner: str) -> None:
    try:
        done = subprocess.run(
            rehearsal(release, owner),
            capture_output=True,
            text=True,
            check=False,
            timeout=REHEARSED_WITHIN_S,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UpgradeRefused(f"it does not start here: {error}", code="rehearsal") from error
    if done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines()
        why = words[-1] if words else f"status {done.returncode}"
        raise UpgradeRefused(f"it does not start here: {why}", code="rehearsal")


def _is_here(releases: Releases, about: About) -> bool:
    """Whether it lies here, whole, from an attempt before."""
    if not releases.is_whole(about.version):
        return False
    if releases.digest_of(about.version) != about.payload_sha256:
        raise UpgradeRefused(f"{about.version} is here with another content", code="damaged")
    return True


def _check_order(version: str, running: str, *, older: bool) -> None:
    if running and not older and order_of(version) <= order_of(running):
        raise UpgradeRefused(f"{version} is not newer than {running}", code="older")


def _last_good(releases: Releases, before: list[str]) -> str:
    """The newest of these that has proved itself here once."""
    good = [line["version"] for line in releases.history() if line.get("outcome") == "good"]
    known = [version for version in good if version in before]
    return str(known[-1]) if known else before[-1]
