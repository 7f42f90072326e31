"""A damaged database is set aside, never deleted; numbers go on, and none is given twice."""

import random
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from drafts import DAY, NOW, draft, folders, issue, opened, requests

from kiosk.errors import StoreUnavailable
from kiosk.queueing.hours import HANOI
from kiosk.store import Store
from kiosk.store.database import damage

EARLY = NOW - timedelta(hours=1)
GARBAGE = random.Random(7).randbytes(8192)


def header(path: Path) -> None:
    overwrite(path, 0, GARBAGE[:100])


def middle_page(path: Path) -> None:
    overwrite(path, path.stat().st_size // 2 // 4096 * 4096, GARBAGE[:4096])


def first_page(path: Path) -> None:
    overwrite(path, 100, GARBAGE[:3996])


def truncated(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def another_file(path: Path) -> None:
    path.write_text("Đây là một tệp văn bản.\n" * 2000)


def overwrite(path: Path, offset: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


DAMAGES = [header, middle_page, first_page, truncated, empty, another_file]


@pytest.fixture
def given(tmp_path: Path) -> dict[str, str]:
    """A day: 150 numbers, a backup, 50 more. Tells the number of each request."""
    store = opened(tmp_path, EARLY)
    before = issue(store, *requests(150, "before"))
    store.back_up(EARLY, keep_days=14)
    after = issue(store, *requests(50, "after"))
    store.close()
    return {one.request_id: one.number for one in before + after}


@pytest.mark.parametrize("harm", DAMAGES)
def test_restored_from_backup_and_journal(tmp_path, given, harm: Callable[[Path], None]):
    path = folders(tmp_path).database
    harm(path)
    harmed = path.read_bytes()

    store = Store(folders(tmp_path), min_free_mb=0)
    restored = store.open(NOW)
    assert restored is not None
    assert restored.fault
    assert restored.source == "kiosk-20261123-070000.db"
    assert restored.saved == 50
    assert "50 tickets put back from the journal" in str(restored)
    assert (restored.set_aside / "kiosk.db").read_bytes() == harmed

    assert {one.request_id: one.number for one in store.tickets_of(DAY)} == given
    assert issue(store, "request-new")[0].number == "A301"  # 200 are known: the next hundred on
    assert issue(store, "other-series", series="C")[0].number == "C101"
    assert issue(store, "next-day", day="2026-11-24")[0].number == "A001"
    assert {one.request_id: one.number for one in issue(store, *given)} == given
    store.close()
    assert damage(path) == ""

    store = Store(folders(tmp_path), min_free_mb=0)
    assert store.open(NOW) is None  # mended for good
    store.close()


def test_a_ticket_put_back_has_a_slip_that_can_be_asked_for(tmp_path, given):
    empty(folders(tmp_path).database)
    store = opened(tmp_path)
    ticket, job = store.ticket_of_request("after-0003")
    assert (job.state, job.reason) == ("unknown", "restored")
    assert store.newest_job(ticket.id) == job
    assert store.open_visits()[-1].ticket_id != ticket.id  # no page comes back for it
    kinds = [entry.kind for entry in store.centre.batch(999, 1_000_000).rows]
    assert kinds == ["ticket_issued"] * 150 + ["ticket_restored"] * 50
    store.close()


def test_the_outbox_begins_a_new_order(tmp_path, given):
    """The centre may have acknowledged entries that the backup does not know."""
    store = opened(tmp_path)
    before = store.rooms.facts.epoch
    store.close()
    store = opened(tmp_path)
    assert store.rooms.facts.epoch == before
    store.close()
    truncated(folders(tmp_path).database)
    store = opened(tmp_path)
    assert store.rooms.facts.epoch != before
    store.close()


def test_a_damaged_backup_is_passed_over(tmp_path, given):
    backups = folders(tmp_path).backups
    good = backups / "kiosk-20261123-070000.db"
    for harm, name in ((truncated, "073000"), (another_file, "074500"), (empty, "075500")):
        bad = backups / f"kiosk-20261123-{name}.db"
        shutil.copy(good, bad)
        harm(bad)
    header(folders(tmp_path).database)
    store = Store(folders(tmp_path), min_free_mb=0)
    assert store.open(NOW).source == good.name
    assert {one.request_id: one.number for one in store.tickets_of(DAY)} == given
    assert len(list(backups.iterdir())) == 4  # nothing was deleted
    store.close()


def test_without_any_backup_the_journal_alone_brings_the_numbers_back(tmp_path, given):
    shutil.rmtree(folders(tmp_path).backups)
    header(folders(tmp_path).database)
    store = Store(folders(tmp_path), min_free_mb=0)
    restored = store.open(NOW)
    assert (restored.source, restored.saved) == ("", 200)
    assert "no good backup" in str(restored)
    assert {one.request_id: one.number for one in store.tickets_of(DAY)} == given
    store.close()


def test_without_a_journal_numbers_may_be_lost_but_none_is_doubled(tmp_path, given):
    shutil.rmtree(folders(tmp_path).journal)
    header(folders(tmp_path).database)
    store = Store(folders(tmp_path), min_free_mb=0)
    assert store.open(NOW).saved == 0
    assert len(store.tickets_of(DAY)) == 150
    assert issue(store, "request-new")[0].number not in given.values()
    store.close()


def test_with_nothing_left_at_all_the_day_goes_on_above(tmp_path, given):
    shutil.rmtree(folders(tmp_path).journal)
    shutil.rmtree(folders(tmp_path).backups)
    header(folders(tmp_path).database)
    store = opened(tmp_path)
    assert issue(store, "request-new")[0].number == "A101"
    store.close()


def test_a_torn_line_spoils_no_other(tmp_path, given):
    journal = folders(tmp_path).journal / f"{DAY}.jsonl"
    journal.write_bytes(journal.read_bytes() + b'{"id":201,"number":"A2')
    store = opened(tmp_path)
    given |= {one.request_id: one.number for one in issue(store, "after-the-tear")}
    store.close()
    empty(folders(tmp_path).database)
    store = opened(tmp_path)
    assert {one.request_id: one.number for one in store.tickets_of(DAY)} == given
    store.close()


def test_a_file_that_vanished_is_restored(tmp_path, given):
    """As a core leaves it that is killed between setting aside and restoring."""
    folders(tmp_path).database.unlink()
    (tmp_path / "store" / "kiosk.growing").write_bytes(b"half a restore")
    store = Store(folders(tmp_path), min_free_mb=0)
    restored = store.open(NOW)
    assert (restored.fault, restored.set_aside) == ("the file is missing", None)
    assert {one.request_id: one.number for one in store.tickets_of(DAY)} == given
    assert not (tmp_path / "store" / "kiosk.growing").exists()
    store.close()


def test_a_log_file_of_garbage_loses_no_number(tmp_path):
    """A killed core's last tickets lie in the -wal file alone; SQLite drops a bad one silently."""
    store = opened(tmp_path / "one", EARLY)
    before = issue(store, *requests(5, "before"))
    store.rooms.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    after = issue(store, *requests(20, "after"))
    shutil.copytree(tmp_path / "one", tmp_path / "killed")  # as kill -9 leaves it
    store.close()
    log_file = tmp_path / "killed" / "store" / "kiosk.db-wal"
    assert log_file.stat().st_size > 50_000
    overwrite(log_file, 0, GARBAGE)

    store = Store(folders(tmp_path / "killed"), min_free_mb=0)
    restored = store.open(NOW)
    assert restored.fault == "20 numbers of the journal are not in it"
    assert restored.source == "kiosk.db"
    assert (restored.set_aside / "kiosk.db-wal").read_bytes()[:8192] == GARBAGE
    assert [one.number for one in store.tickets_of(DAY)] == [one.number for one in before + after]
    assert issue(store, "request-new")[0].number == "A101"
    store.close()


def test_a_killed_cores_log_file_is_taken_up(tmp_path):
    store = opened(tmp_path / "one", EARLY)
    issued = issue(store, *requests(20))
    shutil.copytree(tmp_path / "one", tmp_path / "killed")
    store.close()
    store = Store(folders(tmp_path / "killed"), min_free_mb=0)
    assert store.open(NOW) is None
    assert [one.number for one in store.tickets_of(DAY)] == [one.number for one in issued]
    store.close()


def test_damage_met_while_open_is_mended_by_opening_again(tmp_path, given):
    store = opened(tmp_path)
    overwrite(folders(tmp_path).database, 4096, GARBAGE * 4)
    with pytest.raises(StoreUnavailable, match="malformed"):
        store.tickets_of(DAY)
    assert not store.trusted
    assert store.open(NOW) is not None
    assert {one.request_id: one.number for one in store.tickets_of(DAY)} == given
    store.close()


def test_two_damages_in_a_row(tmp_path, given):
    for hour in (9, 10):
        truncated(folders(tmp_path).database)
        store = opened(tmp_path, datetime(2026, 11, 23, hour, tzinfo=HANOI))
        known = {one.request_id: one.number for one in store.tickets_of(DAY)}
        assert known.items() >= given.items()
        given |= {one.request_id: one.number for one in issue(store, f"at-{hour}-hours")}
        store.close()
    assert len(set(given.values())) == len(given) == 202
    assert len(list((tmp_path / "store").glob("damaged-*"))) == 2


def test_looking_for_damage_changes_nothing(tmp_path):
    store = opened(tmp_path / "one")
    issue(store, *requests(20))
    shutil.copytree(tmp_path / "one" / "store", tmp_path / "killed")
    store.close()
    files = {path: path.read_bytes() for path in (tmp_path / "killed").glob("kiosk.db*")}
    assert damage(tmp_path / "killed" / "kiosk.db") == ""
    for path, data in files.items():
        if not path.name.endswith("-shm"):  # SQLite's own notes in memory
            assert path.read_bytes() == data


def test_the_last_known_moment_comes_back_too(tmp_path):
    store = opened(tmp_path, EARLY)
    store.back_up(EARLY, keep_days=14)
    store.issue(draft("late", day="2026-11-25"), visit=True)
    store.close()
    empty(folders(tmp_path).database)
    store = opened(tmp_path, datetime(1970, 1, 1, tzinfo=HANOI))
    assert store.last_known() == datetime(2026, 11, 25, 8, tzinfo=HANOI)
    assert issue(store, "next", day="2026-11-25")[0].number == "A101"
    store.close()
