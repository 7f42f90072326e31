"""The counters through the core's door: every verb, what is refused, and what a restart leaves."""

import asyncio
from datetime import timedelta

import pytest
from hall_of_the_house import Clerks

from kiosk.errors import CommandRefused, StoreUnavailable
from kiosk.site.console import Consoles
from kiosk.site.sessions import Session
from kiosk.words import (
    AnswerCall,
    AskDay,
    AskPlace,
    AskQueue,
    CallClerk,
    CallNext,
    CallTicket,
    CloseCounter,
    CloseDay,
    Complete,
    HallChanged,
    KeepStaff,
    MarkNoShow,
    OpenCounter,
    PauseCounter,
    Recall,
    RemoveStaff,
    Serve,
    Transfer,
)


@pytest.fixture
def clerks(house):
    """The counters 2 and 4 are open; both call for "business", 4 for "land" and "social" too."""
    return Clerks(house, "2", "4")


def test_the_big_button_calls_serves_and_completes(clerks):
    clerks.come(3)
    assert clerks.next() == ("D001", "longest_wait")
    assert clerks.then("serve", "D001").state == "serving"
    assert clerks.next() == ("D002", "longest_wait")
    assert clerks.named("D001").state == "done"
    assert clerks.announced() == [("D001", "4", 1), ("D002", "4", 2)]
    state = clerks.counter("4")
    assert (state.ticket.number, state.waiting, state.served, state.staff_name) == (
        "D002",
        1,
        1,
        "Lan",
    )
    assert [call.number for call in clerks.hall().calls] == ["D002", "D001"]


def test_two_clicks_at_once_call_one(clerks):
    clerks.come(3)
    assert clerks.next(seen=0)[0] == "D001"
    assert clerks.next(seen=0)[0] == "D001"
    first = clerks.named("D001").id
    clerks.then("serve", "D001")
    assert [clerks.next(seen=first)[0] for _ in range(2)] == ["D002", "D002"]
    assert len(clerks.announced()) == 2


def test_two_counters_never_call_the_same(clerks):
    numbers = clerks.come(6, service="business")
    called = []
    for _ in range(3):
        for counter in ("2", "4"):
            number, _ = clerks.next(counter)
            clerks.then("serve", number, counter)
            called.append(number)
    assert called == numbers


def test_nobody_is_completed_for_nobody(clerks):
    clerks.come(1)
    clerks.next()
    clerks.then("serve", "D001")
    assert clerks.refused(CallNext(counter="4", staff="lan")) == "nobody_waiting"
    assert clerks.named("D001").state == "serving"


def test_what_a_counter_cannot_do_has_a_code(clerks):
    clerks.come(2)
    clerks.next()
    one = clerks.named("D001").id
    two = clerks.named("D002").id
    for command, code in (
        (CallNext(counter="4", staff="lan"), "counter_busy"),
        (CallNext(counter="9", staff="lan"), "unknown_counter"),
        (CallNext(counter="3", staff="lan"), "counter_closed"),
        (OpenCounter(counter="3", staff="thief"), "unknown_staff"),
        (PauseCounter(counter="3", staff="lan"), "counter_closed"),
        (Serve(ticket_id=one, counter="2", staff="lan"), "other_counter"),
        (Complete(ticket_id=one, counter="4", staff="lan"), "wrong_state"),
        (Recall(ticket_id=two, counter="4", staff="lan"), "wrong_state"),
        (MarkNoShow(ticket_id=one, counter="4", staff="lan"), "call_again"),
        (CallTicket(ticket_id=two, counter="2", staff="lan"), "other_counter"),
        (CallTicket(ticket_id=two, counter="4", staff="lan"), "counter_busy"),
        (Serve(ticket_id=99, counter="4", staff="lan"), "unknown_ticket"),
        (Transfer(ticket_id=one, counter="4", staff="lan"), "wrong_answer"),
        (Transfer(ticket_id=one, counter="4", staff="lan", to_service="x"), "unknown_service"),
        (Transfer(ticket_id=one, counter="4", staff="lan", to_counter="x"), "unknown_counter"),
        (AnswerCall(call_id=77, staff="lan"), "unknown_call"),
        (AskPlace(token="nobodys"), "unknown_ticket"),
        (AskDay(business_day="yesterday"), "wrong_answer"),
        (RemoveStaff(code="nobody"), "unknown_staff"),
        (KeepStaff(code="new", name="New", role="clerk"), "wrong_answer"),
    ):
        assert clerks.refused(command) == code, command
    assert clerks.counter("4").ticket.number == "D001"


def test_a_pause_calls_nobody_and_opening_goes_on(clerks):
    clerks.come(1)
    clerks.do(PauseCounter(counter="4", staff="lan", reason="họp  nhanh\n"))
    assert clerks.refused(CallNext(counter="4", staff="lan")) == "counter_paused"
    assert (clerks.counter("4").state, clerks.counter("4").pause_reason) == ("paused", "họp nhanh")
    clerks.do(OpenCounter(counter="4", staff="minh"))
    assert clerks.next()[0] == "D001"
    assert clerks.counter("4").staff_name == "Minh"


def test_closing_a_counter_leaves_nobody_behind(clerks):
    clerks.come(2)
    clerks.next()
    clerks.do(CloseCounter(counter="4", staff="lan"))
    assert clerks.named("D001").state == "waiting"
    clerks.do(OpenCounter(counter="4", staff="lan"))
    assert clerks.next() == ("D001", "longest_wait")
    clerks.then("serve", "D001")
    clerks.do(CloseCounter(counter="4", staff="lan"))
    assert clerks.named("D001").state == "done"


def test_a_hold_and_back_to_the_same_place(clerks):
    clerks.come(3)
    clerks.next()
    clerks.then("serve", "D001")
    clerks.then("hold", "D001", reason="đi chụp ảnh")
    assert [one.note for one in clerks.hall().on_hold] == ["đi chụp ảnh"]
    assert clerks.next()[0] == "D002"
    clerks.then("put_back", "D001")
    clerks.then("serve", "D002")
    assert clerks.next() == ("D001", "longest_wait")


def test_a_second_one_cannot_be_served_beside_the_first(clerks):
    clerks.come(2)
    clerks.next()
    clerks.then("hold", "D001")
    clerks.next()
    held = clerks.named("D001").id
    assert clerks.refused(Serve(ticket_id=held, counter="4", staff="lan")) == "counter_busy"


def test_a_transfer_goes_with_its_note_and_its_waiting_time(clerks):
    clerks.come(1)
    clerks.come(2, start=2, service="business")
    clerks.next()
    clerks.then("transfer", "D001", to_service="business", note="hỏi giấy phép")
    assert [one.number for one in clerks.do(AskQueue(counter="2")).tickets] == [
        "D001",
        "G001",
        "G002",
    ]
    assert clerks.next("2")[0] == "D001"
    assert clerks.counter("2").ticket.note == "hỏi giấy phép"


def test_a_transfer_to_one_counter_is_that_counters_alone(clerks):
    clerks.come(1, service="business")
    clerks.next("4")
    clerks.then("transfer", "G001", to_counter="2")
    assert clerks.refused(CallNext(counter="4", staff="lan")) == "nobody_waiting"
    assert (clerks.counter("4").waiting, clerks.counter("2").waiting) == (0, 1)
    assert clerks.next("2") == ("G001", "sent_here")


def test_several_services_in_one_visit(clerks):
    clerks.come(1)
    clerks.come(1, start=2, service="business")
    clerks.next("4")
    clerks.then("serve", "D001")
    clerks.then("next_service", "D001", service="business")
    assert clerks.next("2")[0] == "G001"  # who was there before
    clerks.then("serve", "G001", "2")
    assert clerks.next("2")[0] == "D001"
    clerks.then("serve", "D001", "2")
    clerks.then("complete", "D001", "2")
    report = clerks.do(AskDay()).report
    assert {line.key: line.tally.served for line in report.by_service} == {"business": 2, "land": 1}
    assert report.whole.issued == 2


def test_a_no_show_is_called_twice_and_is_next_when_back_in_time(clerks):
    clerks.come(8)
    clerks.next()
    clerks.then("recall", "D001")
    assert clerks.then("no_show", "D001").state == "no_show"
    assert [one.number for one in clerks.hall().no_shows] == ["D001"]
    for number in ("D002", "D003", "D004"):
        assert clerks.next()[0] == number
        clerks.then("serve", number)
    assert clerks.then("come_back", "D001").late
    assert clerks.next() == ("D001", "late")


def test_a_no_show_who_is_too_late_goes_to_the_end(clerks):
    clerks.come(8)
    clerks.next()
    clerks.then("recall", "D001")
    clerks.then("no_show", "D001")
    for number in ("D002", "D003", "D004", "D005"):
        assert clerks.next()[0] == number
        clerks.then("serve", number)
    assert not clerks.then("come_back", "D001").late
    queue = clerks.do(AskQueue(counter="4")).tickets
    assert [one.number for one in queue] == ["D006", "D007", "D008", "D001"]


def test_a_number_can_be_called_by_name(clerks):
    clerks.come(3)
    ticket = clerks.then("call", "D003")
    assert (ticket.state, ticket.reason.why) == ("called", "named")


def test_the_console_can_tell_why(clerks):
    clerks.come(1)
    clerks.come(2, start=2, priority="elderly")
    queue = clerks.do(AskQueue(counter="4")).tickets
    assert [(one.number, one.reason.why) for one in queue] == [
        ("D002", "priority"),
        ("D003", "priority"),
        ("D001", "longest_wait"),
    ]
    assert clerks.next() == ("D002", "priority")
    assert clerks.counter("4").ticket.reason.priority == "elderly"


def test_ones_own_place_says_nothing_but_the_place(clerks):
    clerks.come(3)
    clerks.next()
    place = clerks.do(AskPlace(token=clerks.named("D003").token))
    assert (place.number, place.state, place.ahead) == ("D003", "waiting", 1)
    place = clerks.do(AskPlace(token=clerks.named("D001").token))
    assert (place.state, place.counter) == ("called", "4")


def test_a_restart_in_mid_call_goes_on_where_it_stood(clerks, start):
    clerks.come(1)
    clerks.come(3, start=2, priority="elderly")
    assert [clerks.next()[0], clerks.then("serve", "D002").state] == ["D002", "serving"]
    assert clerks.next()[0] == "D003"
    clerks.then("recall", "D003")
    clerks.do(CallClerk(page="services"))
    before = clerks.hall()
    house = start()
    house.hands.pass_by(timedelta(minutes=4))
    again = Clerks(house)
    after = again.hall()
    assert after.counters == before.counters
    assert after.calls == before.calls
    assert after.waiting == before.waiting
    assert after.staff_calls == before.staff_calls
    again.then("serve", "D003")
    assert again.next() == ("D001", "ordinary_turn")  # after the two favoured ones of before
    assert again.announced() == [("D001", "4", 4)]


def test_nothing_happens_where_nothing_can_be_kept(clerks):
    clerks.come(2)
    clerks.house.store.close()
    with pytest.raises(StoreUnavailable):
        clerks.do(CallNext(counter="4", staff="lan"))
    assert clerks.named("D001").state == "waiting"
    assert clerks.announced() == []


def test_a_missing_slip_is_shown_until_it_is_there_or_the_visit_over(clerks):
    clerks.come(1)
    job = clerks.house.store.newest_job(clerks.named("D001").id)
    clerks.house.printing._settle(job, "refused", "paper_out", "")
    (slip,) = clerks.hall().missing_slips
    assert (slip.number, slip.state, slip.reason) == ("D001", "refused", "paper_out")
    clerks.house.printing._settle(job, "printed", "", "")
    assert clerks.hall().missing_slips == ()


def test_closing_the_day_expires_what_is_left_over(clerks):
    clerks.come(4)
    clerks.next()
    clerks.then("serve", "D001")
    hall = clerks.do(CloseDay(staff="lan")).hall
    assert {one.state for one in hall.counters} == {"closed"}
    states = [one.state for one in clerks.house.desk.hall.tickets()]
    assert states == ["done", "expired", "expired", "expired"]
    notes = [one.note for one in clerks.house.store.hall.steps_of("2026-11-23")]
    assert notes[-3:] == ["closing"] * 3
    assert clerks.do(AskDay()).report.whole.expired == 3


def test_the_next_day_begins_anew(clerks):
    clerks.come(2)
    clerks.next()
    clerks.house.hands.pass_by(timedelta(days=1))
    assert clerks.refused(CallNext(counter="4", staff="lan")) == "counter_closed"
    hall = clerks.hall()
    assert (hall.calls, {one.state for one in hall.counters}) == ((), {"closed"})
    steps = clerks.house.store.hall.steps_of("2026-11-23")
    assert [(one.verb, one.note) for one in steps[-2:]] == [("expire", "day_over")] * 2


def test_boards_hear_of_a_call_at_once_and_of_nothing_new_never(clerks):
    clerks.come(1)
    clerks.next()
    told = [one for one in clerks.house.events if isinstance(one, HallChanged)]
    assert told[-1].hall.counters[3].ticket.number == "D001"
    clerks.house.engine.refresh()
    count = len(clerks.house.events)
    clerks.house.engine.refresh()
    assert len(clerks.house.events) == count


def test_clicks_are_answered_first_and_boards_hear_of_them_together(clerks):
    events, consoles = clerks.house.events, Consoles(clerks.house.engine)
    lan = Session(
        key_hash="", csrf="", staff="lan", name="Lan", role="clerk", counter="2", address="",
        began=0.0, seen=0.0,
    )  # fmt: skip

    def told():
        return [one.hall for one in events if isinstance(one, HallChanged)]

    async def clicks():
        before = len(told())
        called = [consoles.call_next(lan, None).ticket.number, clerks.next()[0]]
        assert len(told()) == before
        await asyncio.sleep(0)
        (hall,) = told()[before:]
        assert [one.ticket.number for one in hall.counters if one.ticket] == called
        clerks.do(OpenCounter(counter="2", staff="minh"))
        with pytest.raises(CommandRefused) as refusal:  # known before it is told
            consoles.call_next(lan, None)
        assert refusal.value.code == "taken_over"
        await asyncio.sleep(0)
        assert told()[-1].counters[1].staff == "minh"

    for number in range(3):
        clerks.house.issue(f"request-{number}", service="business")
    asyncio.run(clicks())
