"""Backups: whole, named by their moment, kept for some days, never in the writer's way."""

from datetime import datetime, timedelta

import pytest
from drafts import DAY, NOW, folders, issue, requests

from kiosk.errors import StoreUnavailable
from kiosk.queueing.hours import HANOI
from kiosk.store import Store, backup
from kiosk.store.database import damage, looking


def numbers_in(path) -> list[str]:
    with looking(path) as connection:
        return [row[0] for row in connection.execute("SELECT number FROM ticket ORDER BY id")]


def test_a_backup_is_whole_and_the_writer_goes_on(store, tmp_path):
    issue(store, *requests(30))
    store.rooms.database.execute("BEGIN IMMEDIATE")  # in the middle of a decision
    path = store.back_up(NOW, keep_days=14)
    store.rooms.database.execute("ROLLBACK")
    assert path == tmp_path / "backups" / "kiosk-20261123-080000.db"
    assert path.stat().st_mode & 0o777 == 0o600
    assert damage(path) == ""
    assert numbers_in(path) == [one.number for one in store.tickets_of(DAY)]
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert store.last_backup() == NOW


def test_old_backups_go_but_never_the_newest(store):
    moments = [NOW + timedelta(days=days) for days in (0, 1, 10, 15, 400)]
    left = []
    for moment in moments:
        store.back_up(moment, keep_days=14)
        left.append([f"{path.stem[6:14]}" for path in sorted(folder_of(store).iterdir())])
    assert left[3] == ["20261124", "20261203", "20261208"]
    assert left[4] == ["20271228"]


def lay_down(folder, *hours, size=1):
    """Backups as they are named, so many hours later than now."""
    folder.mkdir(exist_ok=True)
    for later in hours:
        name = f"kiosk-{NOW + timedelta(hours=later):%Y%m%d-%H%M%S}.db"
        (folder / name).write_bytes(bytes(size))


def test_of_days_that_are_over_the_last_backup_stays(tmp_path):
    lay_down(tmp_path, *range(0, 73, 6))
    gone = backup.prune(tmp_path, 14, NOW + timedelta(hours=72))
    assert len(gone) == 6
    assert sorted(path.stem[6:17] for path in tmp_path.iterdir()) == [
        "20261123-20", "20261124-20", "20261125-08",
        "20261125-14", "20261125-20", "20261126-02", "20261126-08",
    ]  # fmt: skip


def test_the_oldest_backups_make_room_for_a_new_one(store, monkeypatch):
    database = store._folders.database
    lay_down(folder_of(store), 0, 1, 2, size=database.stat().st_size)

    def free(folder):  # a disk with room for three of them
        return (3 - len(list(folder.glob("*.db")))) * database.stat().st_size

    monkeypatch.setattr(backup, "free_bytes", free)
    store.back_up(NOW + timedelta(hours=3), keep_days=14)
    assert sorted(path.stem[15:17] for path in folder_of(store).iterdir()) == ["09", "10", "11"]


def test_no_backup_goes_where_that_makes_no_room(store, monkeypatch):
    lay_down(folder_of(store), 0, 1)
    monkeypatch.setattr(backup, "free_bytes", lambda folder: -(10**9))
    with pytest.raises(StoreUnavailable, match="nearly full"):
        store.back_up(NOW + timedelta(hours=3), keep_days=14)
    assert len(list(folder_of(store).iterdir())) == 2


def folder_of(store: Store):
    return store._folders.backups


def test_the_journal_goes_with_the_backups(store):
    issue(store, "r-1", day="2026-11-01")
    issue(store, "r-2", day="2026-11-23")
    store.back_up(NOW, keep_days=14)
    assert [path.stem for path in store._folders.journal.iterdir()] == ["2026-11-23"]


def test_no_backup_fills_the_disk(tmp_path):
    store = Store(folders(tmp_path), min_free_mb=10**7)
    store.open(NOW)
    with pytest.raises(StoreUnavailable, match="nearly full"):
        store.back_up(NOW, keep_days=14)
    with pytest.raises(StoreUnavailable, match="nearly full"):
        issue(store, "request-1")
    with pytest.raises(StoreUnavailable, match="nearly full"):
        store.remember(NOW.isoformat())
    assert store.tickets_of(DAY) == []
    assert store.trusted  # nothing is wrong with the file
    store.close()


def test_a_backup_that_was_cut_off_is_cleared_away(store):
    folder_of(store).mkdir()
    left_over = folder_of(store) / "kiosk-20261101-070000.growing"
    left_over.write_bytes(b"half")
    store.back_up(NOW, keep_days=14)
    assert not left_over.exists()


def test_other_files_in_the_folder_are_left_alone(store):
    folder_of(store).mkdir()
    foreign = folder_of(store) / "kiosk-copy.db"
    foreign.write_bytes(b"a technician's")
    store.back_up(datetime(2030, 1, 1, tzinfo=HANOI), keep_days=1)
    assert foreign.exists()
