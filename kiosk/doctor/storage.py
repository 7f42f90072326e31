"""The data folder and what lies in it: the store, its backups, its journal, its outbox."""

from __future__ import annotations

import os
import pwd
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from kiosk.doctor.finding import Finding
from kiosk.doctor.premises import Premises
from kiosk.queueing.hours import HANOI
from kiosk.store.examination import last_backup, look_at_store

SCARCE = 4  # times the space below which no number is promised
UNSENT_OLD = timedelta(hours=24)
MB = 1024 * 1024


def data(premises: Premises) -> Finding:
    """Is there room, may we write, and nobody else read?"""
    root = premises.data.root
    if not root.is_dir():
        return Finding("data", "warning", "data_missing", {"path": str(root)})
    if (refused := _refused(root)) is not None:
        return Finding("data", "fault", "data_read_only", {"path": str(root), "detail": refused})
    about = root.stat()
    if about.st_uid != os.geteuid():
        owner = _user(about.st_uid)
        return Finding("data", "warning", "data_owner", {"path": str(root), "owner": owner})
    if about.st_mode & 0o077:
        return Finding("data", "warning", "data_open", {"path": str(root)})
    return _room(premises, root)


def _room(premises: Premises, root: Path) -> Finding:
    stats = os.statvfs(root)
    free = stats.f_bavail * stats.f_frsize // MB
    least = premises.config.store.min_free_mb if premises.config else 50
    values = {"free": str(free), "least": str(least)}
    if free < least:
        return Finding("data", "fault", "disk_full", values)
    if free < SCARCE * least:
        return Finding("data", "warning", "disk_low", values)
    return Finding("data", "ok", "data_good", values)


def store(premises: Premises) -> Finding:
    """Is the database whole? A running core has checked it at its start and keeps watch."""
    told = premises.device("store")
    if told is not None and told.state != "ready":
        return Finding("store", "fault", "store_refuses", {"detail": told.detail})
    if told is not None and told.reason == "restored":
        return Finding("store", "warning", "store_restored", {"detail": told.detail})
    return _of_file(premises, running=told is not None)


def _of_file(premises: Premises, *, running: bool) -> Finding:
    found = look_at_store(premises.data.database, premises.data.journal, check=not running)
    if not found.there:
        return Finding("store", "skipped", "store_new")
    if found.fault:
        return Finding("store", "fault", "store_damaged", {"detail": found.fault})
    if found.unreadable:
        return Finding("store", "fault", "store_unreadable", {"detail": found.unreadable})
    if found.lost and not running:
        return Finding("store", "fault", "store_lost", {"count": str(found.lost)})
    return Finding("store", "ok", "store_whole")


def backup(premises: Premises) -> Finding:
    """Is the newest backup young enough?"""
    newest = last_backup(premises.data.backups)
    if newest is None:
        if not premises.data.database.exists():
            return Finding("backup", "skipped", "store_new")
        return Finding("backup", "warning", "backup_none")
    every = premises.config.store.backup_every_min if premises.config else 60
    age = datetime.now(HANOI) - newest
    values = {"at": f"{newest:%Y-%m-%d %H:%M}"}
    if premises.state is not None and age > timedelta(minutes=3 * every):
        return Finding("backup", "warning", "backup_old", values)
    return Finding("backup", "ok", "backup_young", values)


def journal(premises: Premises) -> Finding:
    """Can the second record be written, and are its lines whole?"""
    folder = premises.data.journal
    if not folder.is_dir():
        return Finding("journal", "skipped", "store_new")
    if (refused := _refused(folder)) is not None:
        return Finding("journal", "fault", "journal_read_only", {"detail": refused})
    days = sorted(folder.glob("*.jsonl"))
    torn = sum(not _is_json(line) for line in days[-1].read_bytes().splitlines()) if days else 0
    if torn:
        return Finding("journal", "warning", "journal_torn", {"count": str(torn)})
    return Finding("journal", "ok", "journal_whole", {"days": str(len(days))})


def outbox(premises: Premises) -> Finding:
    """How long has the centre not acknowledged?"""
    found = look_at_store(premises.data.database, premises.data.journal, check=False)
    if not found.there or found.fault or found.unreadable:
        return Finding("outbox", "skipped", "outbox_unknown")
    if not found.unsent:
        return Finding("outbox", "ok", "outbox_empty")
    values = {"count": str(found.unsent), "since": found.unsent_since[:16].replace("T", " ")}
    if premises.config is not None and not premises.config.centre.url:
        return Finding("outbox", "ok", "outbox_alone", values)
    age = datetime.now(HANOI) - datetime.fromisoformat(found.unsent_since)
    if age > UNSENT_OLD:
        return Finding("outbox", "warning", "outbox_old", values)
    return Finding("outbox", "ok", "outbox_waits", values)


def _refused(folder: Path) -> str | None:
    """Why nothing can be written there; None where it can. Tried, since rights alone lie."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"tried")
            file.flush()
    except OSError as error:
        return str(error)
    return None


def _is_json(line: bytes) -> bool:
    try:
        msgspec.json.decode(line or b"0")  # an empty one is where a file was taken up again
    except msgspec.MsgspecError:
        return False
    return True


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
