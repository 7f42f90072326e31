"""Water and sweets: by a touch, by a wish in words; once, kindly, and never twice by itself."""

from __future__ import annotations

import msgspec
import pytest
from stand_in import StandInCore
from surroundings import with_refreshments
from visitor import OpenScreen, Visitor

from kiosk.guide.answer import Answer
from kiosk.link.frames import Failure
from kiosk.words import (
    DeviceState,
    Dispense,
    Dispensed,
    DispenseFailed,
    QuestionHeard,
    Say,
    StateChanged,
)
from tools.demo.touch import wait_until

pytestmark = pytest.mark.usefixtures("unhurried")

EARS = DeviceState(name="hearing", state="ready")


@pytest.fixture
def thirsty(open_screen: OpenScreen, core: StandInCore) -> Visitor:
    visitor = open_screen()
    core.state = msgspec.structs.replace(with_refreshments(core.state), devices=(EARS,))
    core.tell(StateChanged(state=core.state))
    visitor.waits_for("door.refreshments")
    return visitor


def opens(visitor: Visitor) -> None:
    visitor.touch("door.refreshments")
    visitor.waits_for("page.refreshments")


def wish(core: StandInCore) -> str:
    wait_until(lambda: core.asked(Dispense))
    return core.asked(Dispense)[-1].request_id


def test_one_touch_one_cup(thirsty: Visitor, core: StandInCore) -> None:
    opens(thirsty)
    thirsty.touch("item.water")
    thirsty.waits_for("refreshments.moving")
    thirsty.screen.refreshments.choose("water")  # a second finger
    core.tell(Dispensed(item="water", request_id=wish(core), left=11))
    thirsty.waits_for("refreshments.given")
    assert "khay bên dưới" in thirsty.reads("refreshments.given")
    assert len(core.asked(Dispense)) == 1
    assert not thirsty.sees("notice")  # the page says it


def test_what_is_out_of_stock_says_so_and_moves_nothing(
    thirsty: Visitor, core: StandInCore
) -> None:
    opens(thirsty)
    assert "Xin lỗi, đã hết" in thirsty.all_words()
    thirsty.touch("item.candy")
    thirsty.touch("bar.back")
    thirsty.waits_for("page.welcome")
    assert not core.asked(Dispense)


def test_nothing_fell(thirsty: Visitor, core: StandInCore) -> None:
    opens(thirsty)
    thirsty.touch("item.water")
    failed = DispenseFailed(
        item="water", request_id=wish(core), outcome="not_dropped", reason="no_drop"
    )
    core.tell(failed)
    thirsty.waits_for("refreshments.sorry")
    assert "gọi cán bộ" in thirsty.reads("refreshments.sorry")


@pytest.mark.parametrize(
    ("code", "shown", "said"),
    [
        ("resting", "refreshments.resting", "refreshment.resting"),
        ("busy", "refreshments.resting", "refreshment.resting"),
        ("item", "refreshments.sorry", "refreshment.sorry"),
        ("store", "refreshments.sorry", "refreshment.sorry"),
    ],
)
def test_a_refusal_is_kind(
    thirsty: Visitor, core: StandInCore, code: str, shown: str, said: str
) -> None:
    core.dispense_refusal = Failure(id=0, code=code, detail="")
    opens(thirsty)
    thirsty.touch("item.water")
    thirsty.waits_for(shown)
    wait_until(lambda: core.asked(Say))
    assert core.asked(Say)[-1].phrase == said


def test_how_long_it_rests_is_told(thirsty: Visitor, core: StandInCore) -> None:
    core.tell(StateChanged(state=with_refreshments(core.state, water="resting")))
    opens(thirsty)
    wait_until(lambda: "Xin chờ khoảng 1 phút" in thirsty.all_words())


def test_a_wish_that_was_said_is_granted_by_one_touch(thirsty: Visitor, core: StandInCore) -> None:
    thirsty.touch("door.ask")
    thirsty.waits_for("page.ask")
    answer = Answer(
        question="cho xin nước",
        kind="answer",
        intent="refreshment",
        spoken="Xin mời ông bà dùng nước.",
        title="Mời nước, mời kẹo",
        slots={"item": "water"},
        next=("refreshment", "call_staff"),
    )
    core.tell(QuestionHeard(face="screen", text="cho xin nước", answer=answer))
    thirsty.touch("answer.refreshment")
    core.tell(Dispensed(item="water", request_id=wish(core), left=11))
    thirsty.waits_for("refreshments.given")
    assert [one.item for one in core.asked(Dispense)] == ["water"]


def test_without_a_dispenser_there_is_no_door(visitor: Visitor) -> None:
    visitor.waits_for("door.ticket")
    assert not visitor.sees("door.refreshments")


def test_a_kiosk_that_is_seen_to_says_where_to_go(thirsty: Visitor, core: StandInCore) -> None:
    opens(thirsty)
    maintained = msgspec.structs.replace(
        core.state, maintenance=True, elsewhere_vi="Xin mời ông bà đến quầy số 1"
    )
    core.tell(StateChanged(state=maintained))
    wait_until(thirsty.screen.hall.is_maintained)
    assert thirsty.sees("page.refreshments")  # who is here goes on to the end
    thirsty.touch("bar.home")
    thirsty.waits_for("page.maintenance")
    assert thirsty.reads("maintenance.elsewhere") == "Xin mời ông bà đến quầy số 1"
    core.tell(StateChanged(state=core.state))
    thirsty.waits_for("page.welcome")
