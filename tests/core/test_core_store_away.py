"""The store goes and comes back while the core runs: nothing is promised meanwhile."""

from datetime import timedelta

import pytest
from house import in_loop

from kiosk.core import housekeeping
from kiosk.errors import StoreUnavailable

PLENTY = 10**16  # bytes that no disk has free


def test_a_disk_that_is_nearly_full_and_then_is_not(house, caplog):
    caplog.set_level("INFO", logger="kiosk.core.devices")
    house.store._min_free = PLENTY
    opened = house.store.rooms
    for number in range(3):
        with pytest.raises(StoreUnavailable, match="nearly full"):
            house.issue(f"request-{number}")
        house.housekeeping._tick()
    assert house.device("store").state == "unavailable"
    assert house.engine.state().unfinished == ()
    house.store._min_free = 0
    house.housekeeping._tick()
    assert house.device("store").state == "ready"
    assert house.store.rooms is opened  # nothing was wrong with the file
    assert house.issue("request-1").ticket.number == "D001"
    told = [line for line in caplog.messages if line.startswith("store is")]
    assert told == [
        "store is unavailable: write_failed the disk is nearly full",
        "store is ready",
    ]


def test_a_store_that_cannot_be_opened_at_the_start(start, tmp_path):
    (tmp_path / "store").write_text("a file where the folder should be")
    house = start()
    assert house.device("store").state == "unavailable"
    with pytest.raises(StoreUnavailable):
        house.issue("request-1")
    (tmp_path / "store").unlink()
    house.housekeeping._tick()
    assert house.device("store").state == "ready"
    assert house.issue("request-1").ticket.number == "D001"


def test_the_minute_finds_out_that_nothing_can_be_kept(house):
    """Nobody asks for a number, yet the screen must know before somebody does."""
    house.store._min_free = PLENTY
    house.hands.pass_by(timedelta(minutes=2))
    house.housekeeping._tick()
    house.housekeeping._tick()
    assert house.device("store").state == "unavailable"


@in_loop
async def test_a_slip_waits_for_the_store(house):
    card = house.issue("request-1")
    database = house.store.rooms.database
    database.execute("PRAGMA query_only=ON")
    async with house.at_work():
        await house.until_slip(card, "refused")
        assert house.slips_told(card)[-1].reason == "store"
        database.execute("PRAGMA query_only=OFF")
        await house.until_slip(card, "printed")
    assert house.slip(card) == ("printed", "")


@in_loop
async def test_damage_while_it_runs_is_mended_and_slips_go_on(house, tmp_path):
    first = house.issue("request-1")
    async with house.at_work():
        await house.until_slip(first, "printed")
        house.store.back_up(house.clock.now(), 14)
        house.store.rooms.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with (tmp_path / "store" / "kiosk.db").open("r+b") as file:
            file.seek(4096)
            file.write(b"\xa5" * 40_000)
        house.store.rooms.database.execute("PRAGMA shrink_memory")  # read from the disk again
        with pytest.raises(StoreUnavailable):
            house.change(first, "call")
        house.housekeeping._tick()
        assert house.device("store").reason == "restored"
        second = house.issue("request-2")
        assert second.ticket.number == "D101"
        await house.until_slip(second, "printed")
    assert [one.number for one in house.store.tickets_of("2026-11-23")] == ["D001", "D101"]


@in_loop
async def test_a_backup_that_fails_is_told_once_and_tried_again(
    house, tmp_path, caplog, monkeypatch
):
    monkeypatch.setattr(housekeeping, "TICK_S", 0.02)
    monkeypatch.setattr(housekeeping, "LOOK_S", 0.02)
    (tmp_path / "backups").write_text("a file where the folder should be")
    async with house.at_work(house.housekeeping.run):
        await house.until(lambda: house.beats > 2)
        house.hands.pass_by(timedelta(minutes=2))
        await house.until(lambda: any("no backup" in line for line in caplog.messages))
        (tmp_path / "backups").unlink()
        house.hands.pass_by(timedelta(minutes=61))
        await house.until(house.store.last_backup)
    assert sum("no backup" in line for line in caplog.messages) == 1
    assert house.device("store").state == "ready"
