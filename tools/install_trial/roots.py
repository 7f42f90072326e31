"""A clean Debian in a folder: made by debootstrap, entered, started by its own systemd, ended.

It is entered in namespaces of its own, so that nothing it does reaches this machine: processes,
mounts, host name; once started, it has no network at all.
"""

from __future__ import annotations

import configparser
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from kiosk.paths import PROJECT

MIRROR = "http://deb.debian.org/debian"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
NODES = ("null", "zero", "full", "random", "urandom", "tty", "tty0", "tty7")
UNIFIED = (Path("/sys/fs/cgroup/unified"), Path("/sys/fs/cgroup"))
SHARED = """
set -e
root=$1; shift
mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
mkdir "$root/dev/pts" "$root/dev/shm"
for node in NODES; do
    [ -e "/dev/$node" ] || continue
    touch "$root/dev/$node"
    mount --bind "/dev/$node" "$root/dev/$node"
done
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
""".replace("NODES", " ".join(NODES))
ENTER = """
for folder in $BOUND; do
    mkdir -p "$root$(dirname "$folder")"
    [ -d "$folder" ] && mkdir -p "$root$folder" || touch "$root$folder"
    mount --bind "$folder" "$root$folder"
done
exec chroot "$root" "$@"
"""
START = """
mount -t tmpfs tmpfs "$root/tmp"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
cd "$root"
mkdir -p .before
pivot_root . .before
umount -l /.before
exec env -i container=trial PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd
"""


class Root:
    """A Debian of that suite ("bookworm", "trixie") in `path`."""

    def __init__(self, suite: str, path: Path) -> None:
        self.suite, self.path = suite, path
        self._systemd: subprocess.Popen[bytes] | None = None

    def make(self, base: Path | None) -> None:
        """Debootstrap it, or copy a clean one that lies in `base`."""
        if base is not None:
            subprocess.run(["cp", "-a", str(base), str(self.path)], check=True)
            return
        command = ["debootstrap", "--include=ca-certificates", self.suite, str(self.path), MIRROR]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def bring(self) -> None:
        """Put this project's files into /srv/le-tan."""
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=PROJECT, check=True, capture_output=True
        )
        for name in listed.stdout.decode().split("\0"):
            if name and (PROJECT / name).is_file():
                target = self.path / "srv/le-tan" / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(PROJECT / name, target)
        self.tell_pip()

    def tell_pip(self) -> None:
        """Tell pip how this machine looks for libraries."""
        config = configparser.ConfigParser(interpolation=None)
        config["global"] = _pip_settings()
        with (self.path / "etc/pip.conf").open("w") as file:
            config.write(file)

    def enter(self, *command: str, within_s: float = 1800) -> subprocess.CompletedProcess[str]:
        """Run a command in it, with this machine's network, and its own everything else."""
        environment = {**os.environ, "BOUND": " ".join(_bound())}
        inside = ["env", "-i", f"PATH={PATH}", "HOME=/root", "TERM=dumb", *command]
        return subprocess.run(
            [*_unshared(), SHARED + ENTER, "enter", str(self.path), *inside],
            capture_output=True, text=True, check=False, env=environment, timeout=within_s,
        )  # fmt: skip

    def start(self, within_s: float = 120) -> None:
        """Switch it on: its systemd is process 1, and there is no network. Raises TimeoutError."""
        self._group.mkdir(exist_ok=True)
        join = f'echo $$ > {self._group}/cgroup.procs; exec "$@"'
        command = [*_unshared("--net", "--cgroup"), SHARED + START, "start", str(self.path)]
        with (self.path.parent / f"{self.path.name}.console").open("ab") as log:
            self._systemd = subprocess.Popen(
                ["sh", "-c", join, "join", *command], stdout=log, stderr=log, start_new_session=True
            )
        ends = time.monotonic() + within_s
        while "running" not in (state := self.state()) and "degraded" not in state:
            if time.monotonic() > ends:
                raise TimeoutError(f"{self.suite} is {state!r}")
            time.sleep(0.5)

    def state(self) -> str:
        """What its systemd says of itself; "" while there is none."""
        try:
            return self.inside("systemctl", "is-system-running").stdout.strip()
        except ProcessLookupError:
            return ""

    def inside(self, *command: str, within_s: float = 300) -> subprocess.CompletedProcess[str]:
        """Run a command in the machine that was started. Raises ProcessLookupError."""
        inside = ["env", "-i", f"PATH={PATH}", "HOME=/root", "TERM=dumb", *command]
        spaces = ["-m", "-p", "-u", "-i", "-n", "-C", "-r", "-w"]
        return subprocess.run(
            ["nsenter", "-t", str(self._process_one()), *spaces, *inside],
            capture_output=True, text=True, check=False, timeout=within_s,
        )  # fmt: skip

    def cut_power(self) -> None:
        """Everything of it is gone at once."""
        if self._systemd is not None:
            self._systemd.send_signal(signal.SIGKILL)  # the kernel ends the whole namespace
            self._systemd.wait()
            self._systemd = None
            os.sync()

    def remove(self) -> None:
        """Away with it, and with what a debootstrap that was ended has left mounted."""
        self.cut_power()
        for name in ("proc", "sys"):
            command = ["umount", "--lazy", "--quiet", str(self.path / name)]
            subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
        subprocess.run(["rm", "-rf", "--one-file-system", str(self.path)], check=True)
        for group in sorted(self._group.glob("**/"), reverse=True):
            group.rmdir()  # of its processes, which are gone

    @property
    def _group(self) -> Path:
        """The control group that its systemd takes for the whole machine's."""
        unified = next(path for path in UNIFIED if (path / "cgroup.procs").exists())
        return unified / f"trial-{self.path.name}"

    def _process_one(self) -> int:
        assert self._systemd is not None, "it was started before"
        number = self._systemd.pid
        children = Path(f"/proc/{number}/task/{number}/children")
        try:
            return int(children.read_text().split()[0])
        except (OSError, IndexError) as error:
            raise ProcessLookupError from error


def _unshared(*more: str) -> list[str]:
    spaces = ["--mount", "--pid", "--fork", "--uts", "--ipc", "--kill-child", *more]
    return ["nice", "-n", "10", "unshare", *spaces, "sh", "-c"]


def _pip_settings() -> dict[str, str]:
    """What pip is told on this machine, by files or environment."""
    told = subprocess.run(
        ["pip", "config", "list"], capture_output=True, text=True, check=False, cwd="/"
    ).stdout
    found = dict(re.findall(r"^(?:global|:env:)\.([\w-]+)='(.*)'$", told, re.MULTILINE))
    found.pop("constraint", None)  # of this machine's own environments
    return {name.lstrip("."): value for name, value in found.items()}


def _bound() -> list[str]:
    """What of this machine an installation may see: where pip finds libraries, the resolver."""
    text = " ".join(_pip_settings().values())
    local = re.findall(r"(?:^|\s)(?:file://)?(/[^\s]+)", text)
    folders = {str(_top_of(Path(path))) for path in local if Path(path).exists()}
    return sorted({*folders, "/etc/resolv.conf", str(CERTIFICATES)})


def _top_of(path: Path) -> Path:
    """An index links to files beside it: its folder's folder."""
    return path.parent if path.name == "simple" else path
