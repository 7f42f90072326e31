"""A rehearsal: a release's core starts with a copy of this kiosk's data, and without its devices.

What would not start with this configuration, or with these tickets, is found before a citizen is.
The new release runs this itself, as the core's user; `kiosk.upgrade.upgrading` shuts it off from
network and devices too.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import tomlkit

from kiosk.errors import LinkError, UpgradeRefused
from kiosk.link.client import LinkClient
from kiosk.notify import READY
from kiosk.paths import DataFolder
from kiosk.settings.keeping import shelf_of
from kiosk.store.database import copy_whole

WITHIN_S = 90.0
ALONE: dict[str, dict[str, str | bool]] = {
    "printer": {"port": "none"},
    "board": {"port": "none"},
    "scanner": {"port": "none"},
    "base": {"port": "fixed"},
    "speech": {"enabled": False},
    "voice": {"enabled": False},
    "hall": {"announce": False},
    "site_server": {"serve": False},
    "leader": {"url": "", "letter": ""},
}
"""What a core may not touch while another one works."""


def rehearse(config: Path, data: DataFolder, *, within_s: float = WITHIN_S) -> float:
    """Start a core beside the one that works; the seconds until it answered.

    Raises UpgradeRefused (rehearsal) with the last words of a core that does not.
    """
    with tempfile.TemporaryDirectory(prefix="kiosk-rehearsal-") as folder:
        root = Path(folder)
        copy = DataFolder(root / "data")
        copy.make()
        try:
            (root / "config.toml").write_text(without_devices(_text_in_force(config, data)))
            if data.database.exists():
                copy_whole(data.database, copy.database)
        except Exception as error:
            raise UpgradeRefused(f"nothing can be rehearsed: {error}", code="rehearsal") from error
        return _started(root, copy, within_s)


def without_devices(text: str) -> str:
    """The same configuration, for a core that may touch nothing."""
    document = tomlkit.parse(text)
    for table, settings in ALONE.items():
        found = document.setdefault(table, tomlkit.table())
        for key, value in settings.items():
            found[key] = value
    return tomlkit.dumps(document)


def _text_in_force(config: Path, data: DataFolder) -> str:
    found = shelf_of(config, data).in_force()
    return ((data.configs / found.kept) if found.kept else config).read_text("utf-8-sig")


def _started(root: Path, data: DataFolder, within_s: float) -> float:
    mine = {"KIOSK_SOCKET", "KIOSK_LOGS", "KIOSK_CONFIG", "KIOSK_DATA", "WATCHDOG_USEC"}
    environment = {name: value for name, value in os.environ.items() if name not in mine}
    environment["NOTIFY_SOCKET"] = str(root / "notices")
    command = [sys.executable, "-m", "kiosk", "--config", str(root / "config.toml")]
    command += ["--data", str(data.root), "core"]
    began = time.monotonic()
    with (
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices,
        (root / "log").open("wb") as log,
    ):
        notices.bind(environment["NOTIFY_SOCKET"])
        process = subprocess.Popen(command, env=environment, stderr=log, stdout=log, cwd="/")
        try:
            if not _is_ready(notices, process, within_s):
                raise UpgradeRefused(_last_words(root / "log"), code="rehearsal")
            with LinkClient(root / "data" / "core.sock", face="rehearsal"):
                return time.monotonic() - began
        except LinkError as error:
            raise UpgradeRefused(error.detail, code="rehearsal") from error
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _is_ready(notices: socket.socket, process: subprocess.Popen[bytes], within_s: float) -> bool:
    ends = time.monotonic() + within_s
    notices.settimeout(0.2)
    while time.monotonic() < ends and process.poll() is None:
        try:
            if READY in notices.recv(4096).decode(errors="replace").splitlines():
                return True
        except TimeoutError:
            continue
    return False


def _last_words(log: Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"
