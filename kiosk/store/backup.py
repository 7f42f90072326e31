"""Backups by VACUUM INTO: whole, checked, named by their moment, kept for some days.

All of the last day stay, and the last one of each day before: after years a backup is large, and
one an hour for two weeks would be a disk full of them.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

from kiosk.errors import StoreUnavailable
from kiosk.queueing.hours import HANOI
from kiosk.store.database import copy_whole, damage, free_bytes, sync_folder

_STAMP = "%Y%m%d-%H%M%S"
_NAME = re.compile(r"^kiosk-(\d{8}-\d{6})\.db$")


def back_up(database: Path, folder: Path, now: datetime, *, min_free: int) -> Path:
    """Write a backup of `database` into `folder` and give its path.

    It reads through a connection of its own, so the writer goes on meanwhile; the copy gets its
    name only when it is whole and on the disk. The oldest backups go, never the newest, where that
    makes the room it needs. Raises StoreUnavailable where less than `min_free` bytes would be left
    all the same or the copy is not whole, and what SQLite and the disk raise.
    """
    target = folder / f"kiosk-{now.astimezone(HANOI):{_STAMP}}.db"
    growing = target.with_suffix(".growing")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left_over in folder.glob("*.growing"):
        left_over.unlink(missing_ok=True)
    if not _has_room(folder, min_free + database.stat().st_size):
        raise StoreUnavailable("the disk is nearly full")
    copy_whole(database, growing)
    if fault := damage(growing):
        growing.unlink(missing_ok=True)
        raise StoreUnavailable(f"the copy is not whole: {fault}")
    growing.replace(target)
    sync_folder(folder)
    return target


def backups_in(folder: Path) -> list[tuple[datetime, Path]]:
    """The backups there, newest first, each with its moment."""
    found = [
        (datetime.strptime(name[1], _STAMP).replace(tzinfo=HANOI), path)
        for path in folder.glob("kiosk-*.db")
        if (name := _NAME.match(path.name))
    ]
    return sorted(found, reverse=True)


def prune(folder: Path, keep_days: int, now: datetime) -> list[Path]:
    """Remove backups older than `keep_days`, and of days that are over all but the last one of
    each; never the newest. Gives what went."""
    oldest, lately = now - timedelta(days=keep_days), now - timedelta(days=1)
    kept: set[date] = set()
    gone: list[Path] = []
    for moment, path in backups_in(folder):
        is_old = moment < oldest or (moment < lately and moment.date() in kept)
        if kept and is_old:
            gone.append(path)
            path.unlink(missing_ok=True)
        else:
            kept.add(moment.date())
    return gone


def _has_room(folder: Path, needed: int) -> bool:
    """Whether so many bytes are free, once the oldest backups are gone."""
    old = [path for _, path in backups_in(folder)[1:]]
    if free_bytes(folder) + sum(path.stat().st_size for path in old) < needed:
        return False
    while old and free_bytes(folder) < needed:
        old.pop().unlink(missing_ok=True)
    return free_bytes(folder) >= needed
