"""Who works at the counters, and who is called when a citizen wants a person."""

from datetime import timedelta

import pytest
from hall_of_the_house import Clerks

from kiosk.words import (
    AnswerCall,
    AskMyDay,
    CallClerk,
    CancelCall,
    KeepStaff,
    RemoveStaff,
    StaffCallAnswered,
    StaffCallCancelled,
    StaffCalled,
    StaffCallLate,
)


@pytest.fixture
def clerks(house):
    """The counters 2 and 4 are open."""
    return Clerks(house, "2", "4")


def test_a_citizen_calls_and_somebody_goes(clerks):
    for _ in range(3):  # pressed again and again, it is one call
        clerks.do(CallClerk(page="ticket"))
    (call,) = clerks.hall().staff_calls
    assert call.page == "ticket"
    for _ in range(2):
        clerks.do(AnswerCall(call_id=call.id, staff="lan"))
    told = [one for one in clerks.house.events if isinstance(one, StaffCalled | StaffCallAnswered)]
    assert [type(one) for one in told] == [StaffCalled, StaffCallAnswered]
    assert told[1].call.answered_by == "lan"
    assert clerks.hall().staff_calls == ()


def test_a_call_for_a_person_is_heard_even_without_a_store(clerks):
    clerks.house.store.close()
    clerks.house.engine.do(CallClerk(page="ticket"), "screen")
    assert [one.call.page for one in clerks.house.events if isinstance(one, StaffCalled)] == [
        "ticket"
    ]


def test_my_day_is_mine(clerks):
    clerks.come(2)
    clerks.next()
    clerks.then("serve", "D001")
    clerks.house.hands.pass_by(timedelta(minutes=5))
    clerks.then("complete", "D001")
    tally = clerks.do(AskMyDay(staff="lan")).tally
    assert (tally.served, tally.services.median_s) == (1, 301.0)
    assert clerks.do(AskMyDay(staff="minh")).tally.served == 0


def test_staff_come_and_go(clerks):
    assert clerks.house.store.staff.pin_hash("lan") == "x"
    clerks.do(KeepStaff(code="lan", name="Lan Anh", role="manager"))
    assert clerks.house.store.staff.pin_hash("lan") == "x"
    left = clerks.do(RemoveStaff(code="minh")).staff
    assert [(one.code, one.name, one.role) for one in left] == [("lan", "Lan Anh", "manager")]
    assert clerks.house.store.staff.pin_hash("minh") == ""


def calls_told(clerks):
    """What was told of calls, in order."""
    kinds = (StaffCalled, StaffCallAnswered, StaffCallLate, StaffCallCancelled)
    return [one for one in clerks.house.events if isinstance(one, kinds)]


def test_a_call_that_nobody_answers_calls_everybody_once(clerks):
    clerks.do(CallClerk(page="ticket"))
    clerks.house.hands.pass_by(timedelta(seconds=50))
    clerks.house.engine.refresh()
    assert not clerks.hall().staff_calls[0].late
    clerks.house.hands.pass_by(timedelta(seconds=20))
    for _ in range(3):
        clerks.house.engine.refresh()
    (call,) = clerks.hall().staff_calls
    assert call.late
    assert [type(one) for one in calls_told(clerks)] == [StaffCalled, StaffCallLate]
    assert clerks.house.events[-1].hall.staff_calls == (call,)  # consoles and boards
    clerks.do(AnswerCall(call_id=call.id, staff="minh"))
    assert calls_told(clerks)[-1].call.name == "Minh"
    assert clerks.hall().staff_calls == ()


def test_a_call_that_is_not_needed_any_more_ends_everywhere(clerks, start):
    clerks.do(CallClerk(page="ticket"))
    (call,) = clerks.hall().staff_calls
    for _ in range(2):
        clerks.do(CancelCall(call_id=call.id))
    clerks.do(CancelCall(call_id=99))
    assert [type(one) for one in calls_told(clerks)] == [StaffCalled, StaffCallCancelled]
    assert clerks.hall().staff_calls == ()
    house = start()
    house.hands.pass_by(timedelta(minutes=5))
    assert Clerks(house).hall().staff_calls == ()


def test_the_name_of_who_comes_may_be_kept_back(start):
    clerks = Clerks(start({"staff_names": "false"}))
    clerks.do(CallClerk(page="ticket"))
    clerks.do(AnswerCall(call_id=clerks.hall().staff_calls[0].id, staff="lan"))
    assert calls_told(clerks)[-1].call.name == ""
