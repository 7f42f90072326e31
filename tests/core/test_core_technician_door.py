"""Who may enter the technician's pages: guessing gets nowhere, whatever is switched off and on."""

import asyncio
from datetime import timedelta

import pytest
from house import in_loop
from hypothesis import given
from hypothesis import strategies as st
from technicians import CLI, PIN, SCREEN, Technicians

from kiosk import pins
from kiosk.badges import hash_token, new_token
from kiosk.core.technician_door import FREE_TRIES, LASTS_S, LONGEST_WAIT_S, wait_after
from kiosk.errors import CommandRefused
from kiosk.technician_keys import KeyFile
from kiosk.words import (
    AskParts,
    AskSettings,
    EnterTechnician,
    ForgiveTechnician,
    KeepTechnicianBadge,
    KeepTechnicianPin,
    KnockTechnician,
    LeaveTechnician,
    OpenFirstStart,
    RestartKiosk,
    RunSelfTest,
    TechnicianEntered,
)


@pytest.fixture
def at_door(start, tmp_path, write_config):
    """A core's rooms; made again, they are those of the next start on the same disk."""

    def make():
        return Technicians(start(), tmp_path, write_config())

    return make


@pytest.fixture
def technicians(at_door):
    return at_door()


@in_loop
async def test_the_right_pin_opens_until_they_leave(technicians):
    await technicians.set_pin()
    assert not (await technicians.enter("739145")).inside
    told = await technicians.enter()
    assert (told.has_pin, told.inside, told.wait_s) == (True, True, 0)
    await technicians.ask(AskSettings())
    assert not (await technicians.ask(LeaveTechnician())).inside
    with pytest.raises(CommandRefused, match="no technician") as caught:
        await technicians.ask(AskSettings())
    assert caught.value.code == "no_technician"


@in_loop
async def test_without_a_pin_nobody_enters(technicians):
    assert not (await technicians.ask(KnockTechnician())).has_pin
    for pin in ("", "0000", PIN):
        assert not (await technicians.enter(pin)).inside
    token = new_token()
    with pytest.raises(CommandRefused) as caught:
        await technicians.ask(KeepTechnicianBadge(badge_hash=hash_token(token)), CLI)
    assert caught.value.code == "no_pin"
    assert not technicians.house.engine.badge_shown(token)
    await technicians.set_pin()
    assert (await technicians.enter()).inside
    await technicians.ask(KeepTechnicianPin(pin_hash=""), CLI)
    await technicians.ask(LeaveTechnician())
    assert not (await technicians.enter()).inside


@in_loop
async def test_a_pin_guessed_ten_thousand_times_gets_nowhere(technicians, monkeypatch):
    looked_at = []
    real = pins.is_pin

    def counting(pin, pin_hash):
        looked_at.append(pin)
        return real(pin, pin_hash)

    monkeypatch.setattr(pins, "is_pin", counting)
    await technicians.set_pin("009999")
    for number in range(10_000):
        told = await technicians.enter(f"{number:06}")
        assert not told.inside
    assert looked_at == [f"{number:06}" for number in range(FREE_TRIES)]
    assert told.wait_s == wait_after(FREE_TRIES)
    assert not (await technicians.enter("009999")).inside  # the right one has to wait as well


def test_ten_thousand_guesses_with_patience_take_more_than_a_year():
    waits = [wait_after(wrong) for wrong in range(1, 10_000)]
    assert sum(waits) > 365 * 24 * 3600
    assert waits[: FREE_TRIES - 1] == [0] * (FREE_TRIES - 1)


@given(st.integers(0, 10**9))
def test_waits_only_grow_and_end(wrong):
    assert 0 <= wait_after(wrong) <= wait_after(wrong + 1) <= LONGEST_WAIT_S


@in_loop
async def test_guesses_from_many_faces_at_once_are_counted_one_by_one(technicians):
    await technicians.set_pin("000050")
    guesses = [technicians.ask(EnterTechnician(pin=f"{n:06}"), f"face{n}") for n in range(100)]
    told = await asyncio.gather(*guesses)
    assert not any(one.inside for one in told)
    assert technicians.rooms.door.wrong_pins == FREE_TRIES


@in_loop
async def test_switching_off_and_on_forgives_nothing(at_door):
    technicians = at_door()
    await technicians.set_pin()
    for number in range(FREE_TRIES + 1):
        await technicians.enter(f"10000{number}")
        technicians.house.hands.pass_by(timedelta(seconds=wait_after(number + 1)))
    wrong = technicians.rooms.door.wrong_pins
    assert wrong == FREE_TRIES + 1
    again = at_door()
    assert (await again.ask(KnockTechnician())).wait_s == wait_after(wrong)
    assert not (await again.enter()).inside
    again.house.hands.pass_by(timedelta(seconds=wait_after(wrong)))
    assert (await again.enter()).inside
    assert (await at_door().ask(KnockTechnician())).wait_s == 0


@in_loop
async def test_a_try_is_counted_on_the_disk_before_it_is_looked_at(technicians):
    kept = []
    book = technicians.rooms.door._book

    class Watched(KeyFile):
        def keep(self, keys):
            kept.append(keys.wrong)
            super().keep(keys)

    technicians.rooms.door._book = Watched(book._path)
    await technicians.set_pin()
    await technicians.enter("100000")
    await technicians.enter()
    assert kept == [0, 1, 2, 0]


@in_loop
async def test_a_disk_that_refuses_does_not_open_the_door_wider(technicians, tmp_path):
    await technicians.set_pin()
    (tmp_path / "a file").write_text("")
    technicians.rooms.door._book = KeyFile(tmp_path / "a file" / "technician.json")
    for number in range(FREE_TRIES):
        assert not (await technicians.enter(f"10000{number}")).inside
    assert (await technicians.ask(KnockTechnician())).wait_s == wait_after(FREE_TRIES)
    technicians.house.hands.pass_by(timedelta(seconds=wait_after(FREE_TRIES)))
    assert (await technicians.enter()).inside


@in_loop
async def test_wrong_pins_can_be_forgiven_from_the_command_line_alone(technicians):
    await technicians.set_pin()
    for number in range(FREE_TRIES):
        await technicians.enter(f"10000{number}")
    for command in (
        ForgiveTechnician(),
        KeepTechnicianPin(pin_hash=""),
        KeepTechnicianBadge(badge_hash=""),
        OpenFirstStart(),
    ):
        with pytest.raises(CommandRefused) as caught:
            await technicians.ask(command, SCREEN)
        assert caught.value.code == "not_here"
    assert (await technicians.ask(ForgiveTechnician(), CLI)).wait_s == 0
    assert (await technicians.enter()).inside


@in_loop
async def test_a_badge_opens_at_once_and_only_the_newest(technicians):
    await technicians.set_pin()
    for number in range(FREE_TRIES):
        await technicians.enter(f"10000{number}")
    former, newest = new_token(), new_token()
    for token in (former, newest):
        await technicians.ask(KeepTechnicianBadge(badge_hash=hash_token(token)), CLI)
    engine = technicians.house.engine
    assert not engine.badge_shown(former)
    assert not any(isinstance(one, TechnicianEntered) for one in technicians.house.events)
    assert engine.badge_shown(newest)
    assert isinstance(technicians.house.events[-1], TechnicianEntered)
    await technicians.ask(AskSettings())
    await technicians.ask(KeepTechnicianBadge(badge_hash=""), CLI)
    assert not engine.badge_shown(newest)


@in_loop
async def test_nobody_inside_nothing_is_told_and_the_command_line_may_all_the_same(technicians):
    await technicians.set_pin()
    for command in (AskParts(), RunSelfTest(test="print"), RestartKiosk(), AskSettings()):
        with pytest.raises(CommandRefused) as caught:
            await technicians.ask(command)
        assert caught.value.code == "no_technician"
    assert technicians.restarts == 0
    assert (await technicians.ask(AskSettings(), CLI)).values["screen.timeout_s"] == ("45",)


@in_loop
async def test_who_does_nothing_has_gone(technicians):
    await technicians.let_in()
    technicians.house.hands.pass_by(timedelta(seconds=LASTS_S - 1))
    await technicians.ask(AskSettings())
    technicians.house.hands.pass_by(timedelta(seconds=LASTS_S - 1))
    await technicians.ask(AskSettings())
    technicians.house.hands.pass_by(timedelta(seconds=LASTS_S + 1))
    with pytest.raises(CommandRefused):
        await technicians.ask(AskSettings())


@pytest.mark.parametrize("rubbish", [b"", b"\xff\xfe", b"[]", b'{"pin_hash": 3}'])
def test_a_file_of_rubbish_lets_nobody_in(tmp_path, rubbish):
    book = KeyFile(tmp_path / "technician.json")
    (tmp_path / "technician.json").write_bytes(rubbish)
    assert book.read().pin_hash == ""
    book.keep(book.read())
    assert (tmp_path / "technician.json").stat().st_mode & 0o777 == 0o600
