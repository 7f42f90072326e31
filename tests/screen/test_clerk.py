"""The call for a person at the glass: who comes is told, nobody is left waiting for nobody."""

from __future__ import annotations

import msgspec
from stand_in import StandInCore
from surroundings import NOW, hall
from visitor import OpenScreen, Visitor

from kiosk.words import (
    AskHall,
    CallClerk,
    CancelCall,
    HallChanged,
    Say,
    StaffCall,
    StaffCallAnswered,
    StaffCallCancelled,
    StaffCalled,
    StaffCallLate,
)
from tools.demo.touch import wait_until

CALL = StaffCall(id=7, page="welcome", raised_at=NOW)
LATE = msgspec.structs.replace(CALL, late=True)
COMES = msgspec.structs.replace(CALL, answered_at=NOW, answered_by="hoa", name="Hoa")


def label(visitor: Visitor) -> str:
    return str(visitor.screen.clerk.property("label"))


def notice(visitor: Visitor) -> str:
    return str(visitor.screen.kiosk.property("notice"))


def said(core: StandInCore, phrase: str) -> Say | None:
    return next((one for one in core.asked(Say) if one.phrase == phrase), None)


def test_who_comes_is_shown_and_spoken(visitor: Visitor, core: StandInCore) -> None:
    visitor.touch("bar.clerk")
    wait_until(lambda: core.asked(CallClerk) == [CallClerk(page="welcome")])
    core.tell(StaffCalled(call=CALL))
    wait_until(lambda: label(visitor) == "Đang gọi")
    core.tell(StaffCallAnswered(call=COMES))
    wait_until(lambda: "Cán bộ Hoa đang đến, khoảng một phút" in notice(visitor))
    wait_until(lambda: said(core, "clerk.named"))
    assert said(core, "clerk.named").values == {"name": "Hoa"}
    assert label(visitor) == "Đang đến"


def test_a_name_that_is_not_told_is_not_shown(visitor: Visitor, core: StandInCore) -> None:
    core.tell(StaffCalled(call=CALL))
    core.tell(StaffCallAnswered(call=msgspec.structs.replace(COMES, name="")))
    wait_until(lambda: notice(visitor) == "Cán bộ đang đến, khoảng một phút")
    wait_until(lambda: said(core, "clerk.comes"))


def test_where_nobody_answers_the_citizen_is_told_where_to_go(
    visitor: Visitor, core: StandInCore
) -> None:
    core.tell(StaffCalled(call=CALL))
    core.tell(StaffCallLate(call=LATE))
    wait_until(lambda: "quầy gần nhất" in notice(visitor))
    core.tell(HallChanged(hall=msgspec.structs.replace(hall(), staff_calls=(LATE,))))
    core.tell(StaffCallLate(call=LATE))
    wait_until(lambda: "quầy số 1" in notice(visitor))
    wait_until(lambda: said(core, "clerk.go_to"))
    assert visitor.screen.clerk.property("state") == "late"


def test_pressed_again_it_shows_how_the_call_goes_and_can_be_cancelled(
    visitor: Visitor, core: StandInCore
) -> None:
    visitor.goes_to_services()
    core.tell(StaffCalled(call=CALL))
    wait_until(lambda: label(visitor) == "Đang gọi")
    visitor.touch("bar.clerk")
    visitor.waits_for("page.clerk")
    assert core.asked(CallClerk) == []
    visitor.touch("clerk.on")
    visitor.waits_for("page.services")
    visitor.touch("bar.clerk")
    visitor.touch("clerk.cancel")
    visitor.waits_for("page.services")
    wait_until(lambda: core.asked(CancelCall) == [CancelCall(call_id=7)])
    core.tell(StaffCallCancelled(call=CALL))
    wait_until(lambda: label(visitor) == "Gọi cán bộ")


def test_a_rain_of_touches_on_the_bell_calls_once(visitor: Visitor, core: StandInCore) -> None:
    visitor.touch("bar.clerk")
    wait_until(lambda: core.asked(CallClerk))
    core.tell(StaffCalled(call=CALL))
    wait_until(lambda: label(visitor) == "Đang gọi")
    for _ in range(10):
        visitor.touch("bar.clerk")
    assert core.asked(CallClerk) == [CallClerk(page="welcome")]
    assert core.asked(CancelCall) == []
    visitor.touch("bar.back")
    visitor.waits_for("page.welcome")  # it is one page, however often it was asked for


def test_the_calls_of_other_kiosks_are_not_ours(visitor: Visitor, core: StandInCore) -> None:
    other = msgspec.structs.replace(CALL, kiosk="X")
    core.tell(StaffCalled(call=other))
    core.tell(StaffCalled(call=CALL))
    wait_until(lambda: label(visitor) == "Đang gọi")
    core.tell(StaffCallAnswered(call=msgspec.structs.replace(other, name="Lan")))
    core.tell(StaffCallCancelled(call=CALL))
    wait_until(lambda: label(visitor) == "Gọi cán bộ")
    assert "Lan" not in notice(visitor)


def test_a_call_that_was_missed_is_known_after_a_reconnect(
    core: StandInCore, open_screen: OpenScreen
) -> None:
    core.hall = msgspec.structs.replace(hall(), staff_calls=(CALL,))
    visitor = open_screen()
    wait_until(lambda: label(visitor) == "Đang gọi")
    assert AskHall() in core.heard


def test_who_waits_for_a_person_keeps_their_number_on_the_screen(
    core: StandInCore, open_screen: OpenScreen
) -> None:
    visitor = open_screen(leave_s=1)
    core.tell(StaffCalled(call=CALL))
    wait_until(lambda: label(visitor) == "Đang gọi")
    visitor.goes_to_services()
    visitor.screen.ticket.choose("civil-status")
    visitor.screen.ticket.answer("")
    visitor.waits_for("page.ticket")
    visitor.screen.clerk.press()
    visitor.waits_for("page.clerk")
    core.tell(StaffCallAnswered(call=COMES))
    wait_until(lambda: "Hoa" in notice(visitor))
    assert visitor.screen.kiosk.property("page") == "clerk"
