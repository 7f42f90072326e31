"""A full or read-only disk: no number is promised that is not kept, and it goes on by itself."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from drafts import DAY, NOW, folders, issue, opened, requests

from kiosk.errors import StoreUnavailable
from kiosk.store import Store


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB of its own."""
    root = tmp_path / "disk"
    root.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "kiosk-test", root],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    yield root
    subprocess.run(["umount", "--lazy", root], check=True)


def fill(root: Path, leave: int = 0) -> Path:
    """Take all the space but `leave` bytes."""
    filler = root / "filler"
    with filler.open("ab") as file:
        stats = os.statvfs(root)
        file.write(bytes(max(0, stats.f_bavail * stats.f_frsize - leave)))
    return filler


def issue_until_refused(store: Store, prefix: str) -> list[str]:
    """The numbers promised before the disk was full."""
    promised = []
    for request in requests(5000, prefix):
        try:
            promised += [one.number for one in issue(store, request)]
        except StoreUnavailable:
            return promised
    raise AssertionError("the disk never filled")


def test_a_full_disk_promises_nothing_and_goes_on_when_there_is_space(small_disk):
    store = opened(small_disk)
    promised = []
    for run in range(3):
        filler = fill(small_disk, leave=200_000)
        promised += issue_until_refused(store, f"run{run}")
        assert [one.number for one in store.tickets_of(DAY)] == promised
        with pytest.raises(StoreUnavailable, match="full"):
            issue(store, "still-full")
        assert store.trusted
        filler.unlink()
        promised += [one.number for one in issue(store, f"space-{run}")]
    assert promised == [f"A{n:03d}" for n in range(1, len(promised) + 1)]
    assert len(promised) > 10
    store.close()
    store = opened(small_disk)
    assert [one.number for one in store.tickets_of(DAY)] == promised
    store.close()


def test_a_full_file_promises_nothing(store):
    """The same where no disk can be mounted: SQLite itself may not grow."""
    execute = store.rooms.database.execute
    execute(f"PRAGMA max_page_count={execute('PRAGMA page_count').fetchone()[0] + 8}")
    promised = issue_until_refused(store, "request")
    assert [one.number for one in store.tickets_of(DAY)] == promised
    execute("PRAGMA max_page_count=100000")
    assert issue(store, "again")[0].running == len(promised) + 1


def test_damaged_and_no_space_to_restore(small_disk):
    store = opened(small_disk)
    given = {one.request_id: one.number for one in issue(store, *requests(60))}
    store.back_up(NOW, keep_days=14)
    store.close()
    path = folders(small_disk).database
    harmed = path.read_bytes()[: path.stat().st_size // 2]
    path.write_bytes(harmed)
    filler = fill(small_disk, leave=16_384)

    store = Store(folders(small_disk), min_free_mb=0)
    with pytest.raises(StoreUnavailable):
        store.open(NOW)
    assert path.read_bytes() == harmed  # still where it was
    with pytest.raises(StoreUnavailable):
        issue(store, "request-new")

    filler.unlink()
    restored = store.open(NOW)
    assert (restored.set_aside / "kiosk.db").read_bytes() == harmed
    assert {one.request_id: one.number for one in store.tickets_of(DAY)} == given
    store.close()


def test_a_backup_on_a_full_disk_leaves_nothing_behind(small_disk):
    store = opened(small_disk)
    issue(store, *requests(100))
    filler = fill(small_disk, leave=20_000)
    with pytest.raises(StoreUnavailable, match="full"):
        store.back_up(NOW, keep_days=14)
    assert list(folders(small_disk).backups.iterdir()) == []
    assert store.trusted
    filler.unlink()
    store.back_up(NOW, keep_days=14)
    store.close()


def test_a_read_only_disk(small_disk):
    store = opened(small_disk)
    before = [one.number for one in issue(store, *requests(3))]
    store.close()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    store = Store(folders(small_disk), min_free_mb=0)
    with pytest.raises(StoreUnavailable):
        store.open(NOW)
    with pytest.raises(StoreUnavailable):
        issue(store, "request-new")
    assert not list((small_disk / "store").glob("damaged-*"))

    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    assert store.open(NOW) is None
    assert [one.number for one in store.tickets_of(DAY)] == before
    assert issue(store, "request-new")[0].number == "A004"
    store.close()


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "store").write_text("a file where the folder should be")
    store = Store(folders(tmp_path), min_free_mb=0)
    with pytest.raises(StoreUnavailable):
        store.open(NOW)


def test_a_journal_that_cannot_be_written_harms_nobody(store, caplog):
    caplog.set_level("INFO")
    shutil.rmtree(store._folders.journal, ignore_errors=True)
    store._folders.journal.write_text("a file where the folder should be")
    assert [one.number for one in issue(store, "r-1", "r-2")] == ["A001", "A002"]
    assert len(caplog.messages) == 1  # once, though two lines were lost
    assert "the journal cannot be written" in caplog.messages[0]
    store._folders.journal.unlink()
    assert issue(store, "r-3")[0].number == "A003"
    assert "the journal is written again" in caplog.messages
