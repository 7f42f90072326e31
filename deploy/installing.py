"""The plan of an installation. Run twice, the second run finds nothing left to do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from deploy.laying import Laid, files_below
from deploy.machine import (
    CORE,
    LINK,
    SCREEN,
    Machine,
    Stopped,
    has_user,
    is_member,
    missing_packages,
    run,
)
from deploy.placing import Placing
from deploy.steps import Step
from kiosk.upgrade.releases import Releases

PROJECT = Path(__file__).resolve().parent.parent
OPT = "/opt/le-tan"
UNITS = "/etc/systemd/system"
MEMBERSHIPS = ((CORE, LINK), (SCREEN, LINK), (CORE, "dialout"), (CORE, "lp"), (CORE, "audio"))
LINKS = {
    f"{UNITS}/multi-user.target.wants/le-tan.target": "../le-tan.target",
    f"{UNITS}/timers.target.wants/le-tan-upgrade.timer": "../le-tan-upgrade.timer",
    f"{UNITS}/sysinit.target.wants/le-tan-settle.service": "../le-tan-settle.service",
    f"{UNITS}/ctrl-alt-del.target": "/dev/null",
}
BACKED_OFF = ("le-tan-core", "le-tan-x", "le-tan-screen", "le-tan-board")
BACKOFF_SINCE = 254  # of systemd
DEBIANS = ("12", "13")
OF_THE_MACHINE = (
    "alsa-utils", "ca-certificates", "dbus", "python3-venv", "systemd-timesyncd", "udev",
    "util-linux",
)  # fmt: skip
OF_THE_SCREEN = (
    "x11-xserver-utils", "xinput", "xserver-xorg-core", "xserver-xorg-input-libinput",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the technician wants of this installation."""

    template: str = "branch"
    wheels: Path | None = None
    trust: tuple[Path, ...] = field(default=())
    recogniser: bool = True
    packages: bool = True


class Installing:
    """The steps for one machine."""

    def __init__(self, machine: Machine, wanted: Wanted, project: Path = PROJECT) -> None:
        self._machine, self._wanted, self._project = machine, wanted, project
        self.releases = Releases(machine.at(OPT))
        self._laid = Laid(machine.root, machine.at(f"{OPT}/laid.json"))
        self._placing = Placing(machine, self.releases, project, wanted.wheels)

    def check(self) -> None:
        """Raises Stopped where this is no machine for it."""
        if self._machine.is_trial:
            return
        if self._machine.debian() not in DEBIANS:
            raise Stopped(f"this is no Debian {' or '.join(DEBIANS)}")
        if self._machine.at(f"{UNITS}/display-manager.service").exists():
            raise Stopped(
                "a display manager holds the screen. First:"
                " systemctl disable display-manager; systemctl set-default multi-user.target"
            )

    def steps(self) -> Iterator[Step]:
        """Everything, in order. A trial below another root lays down files alone."""
        real = not self._machine.is_trial
        if real and self._wanted.packages:
            yield Step("packages", self._packages_left, self._install_packages)
        yield Step("files", self._files_left, self._lay_files)
        if real:
            yield Step("users", self._users_left, self._make_users)
        yield Step("folders", self._folders_left, self._make_folders)
        yield Step("release", self._placing.left, self._placing.place)
        yield Step("configuration", self._config_left, self._write_config)
        yield Step("trusted keys", self._keys_left, self._trust)
        yield Step("units", self._links_left, self._link)
        if real and self._wanted.recogniser:
            yield Step("recogniser", self._recogniser_left, self._fetch_recogniser)
        yield Step("start", self._placing.start_left, self._placing.start)

    # packages

    def _packages(self) -> list[str]:
        from tools import set_up  # noqa: PLC0415 - no part of it is needed but here

        libraries = set_up.SCREEN | set_up.MONITOR | set_up.SOUND_AND_USB
        return sorted({*libraries.values(), *OF_THE_MACHINE, *OF_THE_SCREEN})

    def _packages_left(self) -> str:
        return " ".join(missing_packages(self._packages()))

    def _install_packages(self) -> None:
        run("apt-get", "-q", "update")
        options = ("-q", "-y", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends")
        run("apt-get", *options, "install", *missing_packages(self._packages()))

    # files of the machine

    def _files(self) -> Iterator[tuple[str, bytes, int]]:
        yield from files_below(self._project / "deploy" / "files")
        rules = self._project / "hardware" / "udev" / "60-le-tan.rules"
        yield "etc/udev/rules.d/60-le-tan.rules", rules.read_bytes(), 0o644
        if self._machine.systemd() >= BACKOFF_SINCE:
            content = (self._project / "deploy" / "backoff.conf").read_bytes()
            for unit in BACKED_OFF:
                yield f"etc/systemd/system/{unit}.service.d/10-backoff.conf", content, 0o644

    def _files_left(self) -> str:
        left = [
            path for path, content, mode in self._files() if self._laid.differs(path, content, mode)
        ]
        return " ".join(f"/{path}" for path in left)

    def _lay_files(self) -> None:
        for path, content, mode in self._files():
            if self._laid.differs(path, content, mode):
                self._laid.lay(path, content, mode)
        if self._machine.is_booted:
            run("systemctl", "daemon-reload")
            run("sysctl", "-q", "--system", quiet=True)
            run("udevadm", "control", "--reload", quiet=True)
            run("systemctl", "try-restart", "systemd-journald", "systemd-timesyncd", quiet=True)

    # users and folders

    def _users_left(self) -> str:
        left = [user for user in (CORE, SCREEN) if not has_user(user)]
        left += [f"{user} in {group}" for user, group in MEMBERSHIPS if not is_member(user, group)]
        return ", ".join(left)

    def _make_users(self) -> None:
        run("systemd-sysusers", str(self._machine.at("/etc/sysusers.d/le-tan.conf")))

    def _folders(self) -> Iterator[tuple[Path, int]]:
        rules = (self._project / "deploy/files/etc/tmpfiles.d/le-tan.conf").read_text("utf-8")
        for line in rules.splitlines():
            if line.startswith("d "):
                _, path, mode, *_ = line.split()
                yield self._machine.at(path), int(mode, 8)

    def _folders_left(self) -> str:
        left = [
            str(path)
            for path, mode in self._folders()
            if not path.is_dir() or (path.stat().st_mode & 0o7777) != mode
        ]
        return " ".join(left)

    def _make_folders(self) -> None:
        if not self._machine.is_trial:
            run("systemd-tmpfiles", "--create", "/etc/tmpfiles.d/le-tan.conf")
            return
        for path, mode in self._folders():
            path.mkdir(parents=True, exist_ok=True)
            path.chmod(mode)

    # what is the site's own

    def _config_left(self) -> str:
        path = self._machine.at("/etc/le-tan/config.toml")
        return "" if path.exists() else f"from the template {self._wanted.template}"

    def _write_config(self) -> None:
        template = self._project / "assets" / "templates" / f"{self._wanted.template}.toml"
        path = self._machine.at("/etc/le-tan/config.toml")
        growing = path.with_name(".config.toml.growing")
        try:
            shutil.copyfile(template, growing)
        except FileNotFoundError:
            known = ", ".join(sorted(one.stem for one in template.parent.glob("*.toml")))
            raise Stopped(f"no template {self._wanted.template!r}; known: {known}") from None
        growing.chmod(0o640)
        if not self._machine.is_trial:
            shutil.chown(growing, CORE, LINK)
        growing.replace(path)

    def _keys_left(self) -> str:
        keys = self.releases.keys
        there = {path.name: path.read_bytes() for path in keys.glob("*.pub")}
        return " ".join(
            path.name for path in self._wanted.trust if there.get(path.name) != path.read_bytes()
        )

    def _trust(self) -> None:
        self.releases.keys.mkdir(parents=True, exist_ok=True)
        for path in self._wanted.trust:
            if path.suffix != ".pub":
                raise Stopped(f"{path}: a public key is a file NAME.pub")
            shutil.copyfile(path, self.releases.keys / path.name)

    # units

    def _links(self) -> Iterator[tuple[Path, str]]:
        for unit in sorted((self._project / "deploy" / "units").iterdir()):
            yield (
                self._machine.at(f"{UNITS}/{unit.name}"),
                f"{OPT}/current/deploy/units/{unit.name}",
            )
        for path, target in LINKS.items():
            yield self._machine.at(path), target

    def _links_left(self) -> str:
        return " ".join(
            path.name
            for path, target in self._links()
            if not path.is_symlink() or path.readlink() != Path(target)
        )

    def _link(self) -> None:
        for path, target in self._links():
            path.parent.mkdir(parents=True, exist_ok=True)
            growing = path.with_name(f".{path.name}.growing")
            growing.unlink(missing_ok=True)
            growing.symlink_to(target)
            growing.replace(path)

    # the recogniser

    def _recogniser_left(self) -> str:
        there = self._machine.at("/var/lib/le-tan/models/whisper-base").is_dir()
        return "" if there else "whisper-base, 145 MB"

    def _fetch_recogniser(self) -> None:
        program = str(self.releases.path(self._placing.version) / ".venv" / "bin" / "kiosk")
        words = ("--data", "/var/lib/le-tan", "voice", "install", "whisper-base")
        try:
            run(program, *words, "--within", "300", user=CORE)
        except Stopped as error:
            print(f"        without it the kiosk goes by touch ({error})")
