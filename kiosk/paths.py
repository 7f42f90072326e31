"""Where things lie: the project's assets and the kiosk's own data."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
ASSETS = Path(os.environ.get("KIOSK_ASSETS", PROJECT / "assets"))
DEFAULT_CONFIG = PROJECT / "config.toml"
DEFAULT_DATA = PROJECT / "var"

SOCKET_PATH_LIMIT = 107  # bytes of sockaddr_un.sun_path on Linux, less the closing zero


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The one folder that a kiosk writes to (`--data DIR`)."""

    root: Path

    @property
    def database(self) -> Path:
        """The store's file; nobody but the store opens it."""
        return self.root / "store" / "kiosk.db"

    @property
    def backups(self) -> Path:
        """Copies of the store made by VACUUM INTO."""
        return self.root / "backups"

    @property
    def journal(self) -> Path:
        """The plain record of the numbers given, one file a business day."""
        return self.root / "store" / "journal"

    @property
    def slips(self) -> Path:
        """What the simulated printer printed."""
        return self.root / "slips"

    @property
    def speech(self) -> Path:
        """Spoken phrases as WAVs, made once."""
        return self.root / "speech"

    @property
    def models(self) -> Path:
        """Recognisers that were installed here, a folder each."""
        return self.root / "models"

    def model(self, name: str) -> Path:
        """The folder of a recogniser: its own path, or installed here, or with the project."""
        if "/" in name:
            return Path(name)
        here = self.models / name
        return here if here.is_dir() else DEFAULT_DATA / "models" / name

    @property
    def catalogue(self) -> Path:
        """What was imported from the portal, and models trained here."""
        return self.root / "catalogue"

    @property
    def configs(self) -> Path:
        """Versions of the configuration that were good."""
        return self.root / "config"

    @property
    def centre(self) -> Path:
        """What ties this kiosk to the centre: its key, its name there, documents; for it alone."""
        return self.root / "centre"

    @property
    def documents(self) -> Path:
        """What the centre gave, whole files by version, and which of them are in use."""
        return self.centre / "documents"

    @property
    def first_start(self) -> Path:
        """How far the first start has come."""
        return self.root / "first-start.json"

    @property
    def first_start_wanted(self) -> Path:
        """There while the screen is to begin with the first start."""
        return self.root / "first-start.wanted"

    @property
    def technician(self) -> Path:
        """What lets a technician in: hashes, no PIN."""
        return self.root / "technician.json"

    @property
    def device_history(self) -> Path:
        """How the devices were, line by line; the core's own."""
        return self.root / "devices.jsonl"

    @property
    def sessions(self) -> Path:
        """Who is logged in at the site's pages: hashes of keys, no PIN."""
        return self.root / "site" / "sessions.json"

    @property
    def grammar(self) -> Path:
        """What a recogniser with a grammar listens for, one sentence a line."""
        return self.catalogue / "grammar.txt"

    @property
    def logs(self) -> Path:
        """Logs of core and screen; on an installed kiosk where KIOSK_LOGS says."""
        return Path(os.environ.get("KIOSK_LOGS") or self.root / "logs")

    @property
    def socket(self) -> Path:
        """The local socket; a path too long for a socket moves to the runtime folder.

        Where core and screen have users of their own it lies in a folder that both may enter:
        KIOSK_SOCKET says where.
        """
        if shared := os.environ.get("KIOSK_SOCKET"):
            return Path(shared)
        path = self.root / "core.sock"
        if len(os.fsencode(path)) <= SOCKET_PATH_LIMIT:
            return path
        name = hashlib.sha256(os.fsencode(self.root.resolve())).hexdigest()[:12]
        return _runtime_folder() / f"kiosk-{name}.sock"

    def make(self) -> None:
        """Create the folders, for this user only."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in (self.database.parent, self.backups, self.slips, self.speech, self.logs):
            folder.mkdir(exist_ok=True, mode=0o700)


def shared_mode(folder: Path) -> int:
    """The mode of a new file there: 0600, or 0640 where a group shares the folder (setgid)."""
    mode = folder.stat().st_mode
    return 0o640 if mode & stat.S_ISGID and mode & stat.S_IRGRP else 0o600


def _runtime_folder() -> Path:
    """Where this user's sockets lie while the computer is on."""
    user = os.getuid()
    if user == 0:
        return Path("/run")
    return Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{user}")
