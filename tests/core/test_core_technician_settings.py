"""Settings and the first start from the technician's pages: whole, or not at all."""

import subprocess
from datetime import timedelta

import pytest
from house import in_loop
from technicians import CLI, SCREEN, Technicians

from kiosk.config import load_config
from kiosk.core.technician_door import FREE_TRIES
from kiosk.errors import CommandRefused, ConfigError, Trouble
from kiosk.first_start import steps
from kiosk.pins import is_pin
from kiosk.settings import keeping
from kiosk.store.examination import names_of_staff
from kiosk.technician_keys import KeyFile
from kiosk.words import (
    AnswerFirstStart,
    AnswerSelfTest,
    AskFirstStart,
    AskSettings,
    BackFirstStart,
    ChangeSetting,
    LeaveTechnician,
    OpenFirstStart,
    RestoreSettings,
    RunSelfTest,
    SkipFirstStart,
)


@pytest.fixture
def technicians(start, tmp_path, write_config):
    return Technicians(start(), tmp_path, write_config())


def restart(start, tmp_path, write_config):
    return Technicians(start(), tmp_path, tmp_path / "config.toml")


@in_loop
async def test_every_key_has_its_value(technicians):
    from kiosk.config.keys import keys

    await technicians.let_in()
    told = await technicians.ask(AskSettings())
    assert told.values.keys() == keys().keys()
    assert told.values["screen.timeout_s"] == ("45",)
    assert told.values["site.name_vi"] == ("UBND phường Hoàn Kiếm",)
    assert told.values["hours.sunday"] == ("[]",)
    assert told.values["queue.priority_ratio"] == ("[2, 1]",)
    assert len(told.values["service.name_vi"]) == len(told.items["service"]) == 6
    assert (told.restart, told.fault, told.former) == ((), "", "")


@in_loop
async def test_a_change_counts_at_once_or_says_that_it_waits_and_goes_back(technicians):
    await technicians.let_in()
    told = await technicians.ask(ChangeSetting(name="speech.volume", value="0.5"))
    assert (told.values["speech.volume"], told.restart) == (("0.5",), ())
    assert technicians.applied[-1].speech.volume == 0.5
    told = await technicians.ask(ChangeSetting(name="screen.timeout_s", value="60"))
    assert (told.values["screen.timeout_s"], told.restart) == (("60",), ("screen.timeout_s",))
    assert told.former
    assert "# seconds without touch" in technicians.config.read_text()
    told = await technicians.ask(RestoreSettings())
    assert (told.values["screen.timeout_s"], told.restart) == (("45",), ())
    told = await technicians.ask(RestoreSettings())  # and forward again
    assert told.values["screen.timeout_s"] == ("60",)
    told = await technicians.ask(ChangeSetting(name="screen.timeout_s", default=True))
    assert told.values["screen.timeout_s"] == ("45",)
    assert "timeout_s = " not in technicians.config.read_text()


@in_loop
async def test_one_of_many_is_named_by_its_own_name(technicians):
    await technicians.let_in()
    change = ChangeSetting(name="service[land].daily_quota", value="7")
    told = await technicians.ask(change)
    at = told.items["service"].index("land")
    assert told.values["service.daily_quota"][at] == "7"
    assert technicians.applied[-1].service[at].daily_quota == 7


WRONG = [
    ("screen.timeout_s", "5"),
    ("screen.timeout_s", "a while"),
    ("screen.timeout_s", ""),
    ("screen.timeout_s", "9" * 400),
    ("screen.timeout", "60"),
    ("sreen.timeout_s", "60"),
    ("screen.orientation", "sideways"),
    ("speech.volume", "1.1"),
    ("speech.volume", "nan"),
    ("speech.enabled", "yes"),
    ("printer.paper_mm", "70"),
    ("hours.monday", '["25:00-26:00"]'),
    ("hours.monday", "07:30-11:30"),
    ("service[land].counters", '["99"]'),
    ("service[castle].daily_quota", "7"),
    ("service.daily_quota", "7"),
    ("site.name_vi", ""),
    ("site.name_vi", "x" * 61),
    ("site.name_vi", "\x00"),
    ("queue.priority_ratio", "[0, 1]"),
    ("screen.timeout_s", "60\nfullscreen = 3"),
    ("hall.quiet", '["\\u0000"]'),
]


@in_loop
async def test_what_is_wrong_is_told_and_changes_nothing(technicians):
    await technicians.let_in()
    before = technicians.config.read_bytes()
    for name, value in WRONG:
        for save in (True, False):
            with pytest.raises(ConfigError) as caught:
                await technicians.ask(ChangeSetting(name=name, value=value, save=save))
            assert caught.value.detail, (name, value)
            assert technicians.config.read_bytes() == before
    assert technicians.applied == []


@in_loop
async def test_a_check_alone_saves_nothing(technicians):
    await technicians.let_in()
    before = technicians.config.read_bytes()
    await technicians.ask(ChangeSetting(name="screen.timeout_s", value="60", save=False))
    assert technicians.config.read_bytes() == before


@in_loop
async def test_a_disk_that_refuses_leaves_all_as_it_was(technicians, monkeypatch):
    await technicians.let_in()
    before = technicians.config.read_bytes()

    def refuse(*_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(keeping.os, "fsync", refuse)
    for command in (
        ChangeSetting(name="screen.timeout_s", value="60"),
        RestoreSettings(),
    ):
        with pytest.raises(Trouble) as caught:
            await technicians.ask(command)
        assert caught.value.code in {"read_only", "config"}
    assert technicians.config.read_bytes() == before
    monkeypatch.undo()
    told = await technicians.ask(ChangeSetting(name="screen.timeout_s", value="60"))
    assert told.values["screen.timeout_s"] == ("60",)


@pytest.fixture
def read_only(tmp_path):
    """A disk of its own, and a switch that makes it read-only."""
    root = tmp_path / "disk"
    root.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "kiosk-technician", root]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")

    def switch(way: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{way}", root], check=True)

    yield root, switch
    subprocess.run(["umount", "--lazy", root], check=True)


@in_loop
async def test_a_disk_that_became_read_only(start, tmp_path, write_config, read_only):
    disk, switch = read_only
    config = disk / "config.toml"
    config.write_text(write_config().read_text())
    house = start()
    technicians = Technicians(house, disk, config)
    await technicians.set_pin()
    switch("ro")
    before = config.read_bytes()
    for _ in range(FREE_TRIES):
        assert not (await technicians.enter("111222")).inside  # counted in memory
    assert (await technicians.enter()).wait_s > 0
    technicians.house.hands.pass_by(timedelta(seconds=60))
    assert (await technicians.enter()).inside  # a technician is wanted now more than ever
    with pytest.raises(Trouble) as caught:
        await technicians.ask(ChangeSetting(name="screen.timeout_s", value="60"))
    assert caught.value.code == "read_only"
    assert (await technicians.ask(AskSettings())).values["screen.timeout_s"] == ("45",)
    with pytest.raises(Trouble):
        await answer(technicians, "vi")
    assert config.read_bytes() == before
    switch("rw")
    told = await technicians.ask(ChangeSetting(name="screen.timeout_s", value="60"))
    assert told.values["screen.timeout_s"] == ("60",)


@in_loop
async def test_a_bad_edit_by_hand_is_told_and_put_back_by_one_touch(technicians):
    await technicians.let_in()
    good = technicians.config.read_text()
    technicians.config.write_text(good.replace("timeout_s = 45", "timeout_s = 4"))
    told = await technicians.ask(AskSettings())
    assert "timeout_s" in told.fault
    assert told.values["screen.timeout_s"] == ("45",)
    with pytest.raises(ConfigError):
        await technicians.ask(ChangeSetting(name="speech.volume", value="0.5"))
    told = await technicians.ask(RestoreSettings())
    assert told.fault == ""
    assert technicians.config.read_text() == good


# The first start


async def answer(technicians, value, **pins):
    return await technicians.ask(AnswerFirstStart(value=value, **pins))


@in_loop
async def test_nobody_opens_the_first_start_from_the_screen(technicians):
    with pytest.raises(CommandRefused) as caught:
        await technicians.ask(OpenFirstStart(), SCREEN)
    assert caught.value.code == "not_here"
    with pytest.raises(CommandRefused) as caught:
        await technicians.ask(AskFirstStart(), SCREEN)
    assert caught.value.code == "no_technician"
    assert not technicians.house.engine.state().first_start


@in_loop
async def test_from_the_first_step_to_a_kiosk_with_its_people(technicians):
    await technicians.ask(OpenFirstStart(), CLI)
    assert technicians.house.engine.state().first_start
    told = await technicians.ask(AskFirstStart())
    assert (told.step, told.number, told.count) == ("language", 1, 12)
    assert [one.value for one in told.choices] == ["vi", "en"]
    await answer(technicians, "vi")
    told = await answer(technicians, "branch")
    assert told.step == "ward"
    told = await technicians.ask(BackFirstStart())
    assert (told.step, told.answer) == ("template", "branch")
    await technicians.ask(SkipFirstStart())  # takes the answer back
    await technicians.ask(BackFirstStart())
    await answer(technicians, "branch")
    told = await answer(technicians, "00004")
    assert {"none", "simulated"} <= {one.value for one in told.choices}
    with pytest.raises(CommandRefused) as caught:
        await answer(technicians, "lpt1")
    assert caught.value.code == "wrong_answer"
    for value in ("simulated", "none", "none", "27 portrait"):
        await answer(technicians, value)
    told = await answer(technicians, "none")
    assert told.step == "staff"
    for pins in ({}, {"pin": "1234"}, {"pin": "8264", "technician_pin": "1234"}):
        with pytest.raises(CommandRefused) as caught:
            await answer(technicians, "lan Nguyễn Thị Lan", **pins)
        assert caught.value.code == "bad_pin"
    await answer(technicians, "lan Nguyễn Thị Lan", pin="8264", technician_pin="739146")
    told = await technicians.ask(AskFirstStart())
    assert [one.value for one in told.choices] == [steps.ALONE]
    assert told.choices[0].about_vi == "chạy độc lập"
    await answer(technicians, "alone")
    await answer(technicians, "yes")
    told = await answer(technicians, "yes")
    config = load_config(technicians.config)
    assert config.site.name_vi == "UBND phường Ba Đình"
    assert (len(config.counter), config.screen.diagonal_inch) == (2, 27.0)
    data = technicians.data
    assert names_of_staff(data.database, data.backups) == ["Nguyễn Thị Lan", "lan"]
    assert is_pin("739146", KeyFile(data.technician).read().pin_hash)
    assert not data.first_start.exists()
    assert not technicians.house.engine.state().first_start
    assert technicians.reconfiguring.waiting  # a restart is needed
    await technicians.ask(AskSettings())  # and they are still inside
    await technicians.ask(LeaveTechnician())
    assert (await technicians.enter("739146")).inside


@in_loop
async def test_a_power_cut_costs_one_step_and_pins_are_asked_for_again(
    start, tmp_path, write_config
):
    technicians = Technicians(start(), tmp_path, write_config())
    await technicians.ask(OpenFirstStart(), CLI)
    for value in ("vi", "branch"):
        await answer(technicians, value)
    for _ in range(6):
        await technicians.ask(SkipFirstStart())
    told = await answer(technicians, "lan Nguyễn Thị Lan", pin="8264")
    assert told.step == "centre"
    again = restart(start, tmp_path, write_config)
    assert again.house.engine.state().first_start  # it goes on where it was
    told = await again.ask(AskFirstStart())
    assert (told.step, told.answer) == ("staff", "lan Nguyễn Thị Lan")
    assert "8264" not in again.data.first_start.read_text()
    await again.ask(LeaveTechnician())
    assert not restart(start, tmp_path, write_config).house.engine.state().first_start


@in_loop
async def test_the_test_slip_comes_from_the_printer_that_was_chosen(technicians):
    await technicians.ask(OpenFirstStart(), CLI)
    slip = technicians.data.root / "raw"
    for _ in range(3):
        await technicians.ask(SkipFirstStart())
    await answer(technicians, f"file:{slip}")
    await technicians.ask(RunSelfTest(test="print"))
    await technicians.until_asked("print")
    await technicians.ask(AnswerSelfTest(good=True))
    assert slip.stat().st_size > 1000


@in_loop
async def test_a_template_that_cannot_be_saved_is_asked_again(technicians, monkeypatch):
    await technicians.ask(OpenFirstStart(), CLI)
    await answer(technicians, "vi")
    await answer(technicians, "branch")
    for _ in range(9):
        told = await technicians.ask(SkipFirstStart())
    assert told.step == "save"
    before = technicians.config.read_bytes()

    def refuse(*_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(keeping.os, "fsync", refuse)
    with pytest.raises(Trouble) as caught:
        await answer(technicians, "yes")
    assert caught.value.code == "read_only"
    assert technicians.config.read_bytes() == before
    monkeypatch.undo()
    assert (await technicians.ask(AskFirstStart())).step == "save"
    await answer(technicians, "yes")
    assert len(load_config(technicians.config).counter) == 2
