"""Around the kiosk: a board that sees who comes and gives out, a scanner, a base; real drivers."""

from datetime import timedelta

import pytest
from around import BUTTON, DOOR, DROP, LIGHT, PRESENCE, Around, at_work, becomes, told
from house import House, in_loop

from kiosk.core import board as board_room
from kiosk.errors import CommandRefused
from kiosk.words import (
    AskHall,
    CallClerk,
    CancelCall,
    ClerkCalled,
    CodeScanned,
    Delivered,
    Dispense,
    Dispensed,
    DispenseFailed,
    PresenceChanged,
    Restock,
)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(board_room, "LOOK_EVERY_S", 0.02)
    for name in ("COMES_S", "GOES_S", "PRESSED_S", "DOOR_S"):
        monkeypatch.setattr(board_room, name, 0.0)


@pytest.fixture
def around():
    return Around()


@pytest.fixture
def hall(start, around) -> House:
    return start(around=around.parts())


@in_loop
async def test_one_cup_for_one_request(hall, around):
    async with at_work(hall):
        hall.engine.do(Restock(item="water", left=3), "cli")
        for _ in range(3):
            hall.engine.do(Dispense(request_id="request-1", item="water"), "screen")
        dropped = await hall.until(lambda: told(hall, Dispensed))
        await hall.until(lambda: told(hall, Delivered))
        hall.engine.do(Dispense(request_id="request-1", item="water"), "screen")
        await hall.until(lambda: hall.device("board").warnings == ("stock_low",))
    assert [(event.request_id, event.left) for event in dropped] == [("request-1", 2)]
    assert around.board.pulses == [(1, 300)]
    assert hall.store.refreshments.stock() == {"water": 2}
    assert hall.store.refreshments.unsettled() == []
    assert hall.speech.said[-1][0] == ["Xin mời ông bà dùng."]


@in_loop
async def test_the_next_cup_waits_a_little_but_staff_need_not(start, around):
    hall = start(around=around.parts() | {"rest_s": 60})
    async with at_work(hall):
        hall.engine.do(Dispense(request_id="request-1", item="water"), "screen")
        await hall.until(lambda: told(hall, Dispensed))
        (item,) = hall.engine.state().items
        assert (item.condition, item.ready_at) == ("resting", "2026-11-23T08:01:00+07:00")
        with pytest.raises(CommandRefused) as refused:
            hall.engine.do(Dispense(request_id="request-2", item="water"), "screen")
        assert refused.value.code == "resting"
        await becomes(lambda: not around.board._input(DROP))  # the cup is past the sensor
        hall.engine.do(Dispense(request_id="request-3", item="water"), "cli")
        await hall.until(lambda: len(told(hall, Dispensed)) == 2)
        await becomes(lambda: not around.board._input(DROP))
        hall.hands.pass_by(timedelta(seconds=60))
        assert hall.engine.state().items[0].condition == "ready"
        hall.engine.do(Dispense(request_id="request-2", item="water"), "screen")
        await hall.until(lambda: len(told(hall, Dispensed)) == 3)
    assert len(around.board.pulses) == 3


@in_loop
async def test_the_greeting_offers_what_there_is(start, around):
    hall = start(around=around.parts() | {"offers": True})
    async with at_work(hall):
        around.board.hold(PRESENCE, on=True)
        await hall.until(lambda: hall.engine.state().present is True)
    assert "dùng nước" in hall.speech.said[0][0][0]


@in_loop
async def test_what_does_not_fall_is_told_and_not_tried_again(hall, around):
    async with at_work(hall):
        hall.engine.do(Restock(item="water", left=3), "cli")
        around.board.set_fault("jammed")
        for number in (1, 2):
            hall.engine.do(Dispense(request_id=f"request-{number}", item="water"), "screen")
            await hall.until(lambda number=number: len(told(hall, DispenseFailed)) == number)
        with pytest.raises(CommandRefused) as refused:
            hall.engine.do(Dispense(request_id="request-3", item="water"), "screen")
        assert refused.value.code == "item"
        assert hall.engine.state().items[0].condition == "stuck"
        around.board.clear_faults()
        hall.engine.do(Restock(item="water", left=3), "cli")
        assert hall.engine.state().items[0].condition == "ready"
    failed = told(hall, DispenseFailed)
    assert {(event.outcome, event.reason) for event in failed} == {("not_dropped", "nothing_fell")}
    assert len(around.board.pulses) == 2
    assert hall.store.refreshments.stock() == {"water": 3}


@in_loop
async def test_a_core_that_dies_before_the_outcome_gives_no_second_cup(start, around):
    house = start(around=around.parts())
    async with at_work(house):
        giving = house.store.refreshments.begin("water", "request-1", "2026-11-23T08:00:00+07:00")
    again = start(around=around.parts())
    assert again.store.refreshments.of_request("request-1").state == "unknown"
    async with at_work(again):
        again.engine.do(Dispense(request_id="request-1", item="water"), "screen")
        assert again.surroundings.items[0].condition == "ready"  # nothing is under way
    assert giving.state == "moving"
    assert around.board.pulses == []


@in_loop
async def test_what_cannot_be_had_is_refused_before_anything_moves(hall, around):
    with pytest.raises(CommandRefused) as refused:
        hall.engine.do(Dispense(request_id="request-0", item="water"), "screen")
    assert refused.value.code == "item"  # its board is not there yet
    async with at_work(hall):
        for command, code in (
            (Dispense(request_id="request-1", item="tea"), "unknown_item"),
            (Dispense(request_id="request-2", item="water", place="seats"), "unknown_place"),
            (Dispense(request_id="short", item="water"), "wrong_answer"),
            (Restock(item="tea", left=1), "unknown_item"),
            (Restock(item="water", left=-1), "wrong_answer"),
        ):
            with pytest.raises(CommandRefused) as refused:
                hall.engine.do(command, "screen")
            assert refused.value.code == code
        hall.engine.do(Restock(item="water", left=0), "cli")
        with pytest.raises(CommandRefused):
            hall.engine.do(Dispense(request_id="request-3", item="water"), "screen")
        hall.engine.do(Restock(item="water", left=9), "cli")
        around.board.hold(DOOR, on=True)
        await hall.until(lambda: "door_open" in hall.device("board").warnings)
        hall.engine.do(Dispense(request_id="request-4", item="water"), "screen")
        await hall.until(lambda: told(hall, DispenseFailed))
    (failed,) = told(hall, DispenseFailed)
    assert (failed.outcome, failed.reason) == ("refused", "door_open")
    assert around.board.pulses == []


@in_loop
async def test_who_comes_is_greeted_once_and_lit(hall, around):
    async with at_work(hall):
        assert hall.engine.state().present is False
        for wanted in (True, False, True):
            around.board.hold(PRESENCE, on=wanted)
            await hall.until(lambda wanted=wanted: hall.engine.state().present is wanted)
            hall.hands.pass_by(timedelta(seconds=5))
        await becomes(lambda: around.board.output(LIGHT))
        assert len(hall.speech.said) == 1  # ten seconds later: not again
        around.board.set_fault("unplugged")
        await hall.until(lambda: hall.engine.state().present is None)
    assert [event.present for event in told(hall, PresenceChanged)][:3] == [True, False, True]
    assert hall.speech.said[0][0][0].startswith("Xin chào!")
    assert hall.speech.levels == [1.0]


@in_loop
async def test_the_button_calls_a_person_once_a_press(hall, around):
    async with at_work(hall):
        for number in (1, 2):
            around.board.hold(BUTTON, on=True)
            await hall.until(lambda number=number: len(told(hall, ClerkCalled)) == number)
            around.board.hold(BUTTON, on=False)
            await becomes(lambda: not hall.surroundings._board._button.on)
    assert [event.page for event in told(hall, ClerkCalled)] == ["button", "button"]


@in_loop
async def test_a_slip_is_known_again_and_a_card_leaves_no_trace(hall, around, caplog):
    dossier_code = "H26.123-260901-0012"
    card = "012345678901|123456789|Nguyễn Văn A|01021950|Nam|Hà Nội|01012024"
    issued = hall.issue("request-1")
    async with at_work(hall):
        for code in (
            f"LT1.{issued.ticket.token}",
            card,
            "https://example.org",
            "LTB1.abcdef",
            dossier_code,
        ):
            count = len(told(hall, CodeScanned))
            assert around.scanner.show(code)
            await hall.until(lambda count=count: len(told(hall, CodeScanned)) > count)
    ticket, masked, foreign, booking, dossier = told(hall, CodeScanned)
    assert (ticket.form, ticket.ticket.number) == ("ticket", issued.ticket.number)
    assert (masked.form, masked.masked) == ("id_card", "*********901")
    assert (foreign.form, booking.form) == ("foreign", "booking")
    assert (dossier.form, dossier.dossier) == ("dossier", dossier_code)
    assert dossier_code not in caplog.text + repr(hall.speech.said)
    assert hall.speech.said[-5][0] == [f"Xin cảm ơn. Số của ông bà là {issued.ticket.number}."]
    everything = caplog.text + repr(hall.events) + repr(hall.speech.said)
    for secret in ("012345678901", "Nguyễn", "1950"):
        assert secret not in everything
        for path in (hall.store._folders.database.parent).rglob("*"):
            assert path.is_dir() or secret.encode() not in path.read_bytes()


@in_loop
async def test_a_board_that_goes_is_told_once_and_comes_back(hall, around, caplog):
    async with at_work(hall):
        for _ in range(2):
            around.board.set_fault("unplugged")
            await hall.until(lambda: hall.device("board").state == "unavailable")
            assert hall.device("board").reason == "not_connected"
            assert hall.engine.state().items[0].condition == "away"
            around.board.clear_faults()
            await hall.until(lambda: hall.device("board").state == "ready")
    went = [line for line in caplog.messages if line.startswith("board is unavailable")]
    assert len(went) == 2


@in_loop
async def test_a_driver_that_cannot_be_made_costs_its_device_alone(start, around):
    def broken():
        raise RuntimeError("no such thing")

    house = start(around=around.parts() | {"open_board": broken})
    async with at_work(house, "scanner", "base"):
        await house.until(lambda: house.device("board").reason == "driver")
    assert house.device("board").detail == "RuntimeError: no such thing"


@in_loop
async def test_the_light_calls_staff_and_flashes_once_nobody_answers(hall, around):
    async with at_work(hall, "board"):
        hall.engine.do(CallClerk(page="ticket"), "screen")
        await becomes(lambda: around.board.output(LIGHT))
        hall.hands.pass_by(timedelta(seconds=70))
        hall.engine.refresh()
        for lit in (False, True, False):  # the clock's half seconds, one after another
            while hall.surroundings._board._is_lit() != lit:
                hall.hands.pass_by(timedelta(seconds=board_room.FLASH_S))
            await becomes(lambda lit=lit: around.board.output(LIGHT) == lit)
        (call,) = hall.engine.do(AskHall(), "site").hall.staff_calls
        hall.engine.do(CancelCall(call_id=call.id), "screen")
        await becomes(lambda: not around.board.output(LIGHT))
