"""The store's shelves for the hall: all of a decision or nothing, and what goes with the day."""

import pytest
from drafts import DAY, NOW, draft, issue, opened

from kiosk.errors import OurFault
from kiosk.queueing.booking import Booking
from kiosk.queueing.counter import CounterSession
from kiosk.queueing.moves import Deed, move
from kiosk.queueing.reason import Reason
from kiosk.queueing.staff import Staff

AT = NOW.isoformat()


def called(ticket, **more):
    """The ticket, called to counter 1."""
    return move(ticket, Deed(verb="call", at=AT, counter="1", **more))


def test_a_move_and_its_step_come_back_as_they_were(store):
    (ticket,) = issue(store, "request-1")
    reason = Reason(why="priority", count=1, of=2, minutes=7, priority="elderly")
    done = called(ticket, staff="lan", reason=reason, note="xe lăn")
    store.hall.move([done])
    assert store.ticket(ticket.id) == done.ticket
    assert store.hall.steps_of(DAY) == [done.step]
    assert store.hall.steps_of("2026-11-24") == []
    assert store.centre.batch(10, 1_000_000).rows[-1].kind == "ticket_call"


def test_a_decision_on_what_is_no_more_changes_nothing(store):
    first, second = issue(store, "request-1", "request-2")
    store.hall.move([called(first)])
    unsent = store.centre.waiting()
    with pytest.raises(OurFault, match="not waiting any more"):
        store.hall.move([called(second), called(first)])
    assert store.ticket(second.id) == second
    assert len(store.hall.steps_of(DAY)) == 1
    assert store.centre.waiting() == unsent
    assert store.trusted


def test_counters_are_as_they_were_left(tmp_path):
    store = opened(tmp_path)
    for state in ("open", "paused"):
        session = CounterSession(counter="1", state=state, staff="lan", since=AT, reason="họp")
        store.hall.keep_counter(session)
    store.close()
    again = opened(tmp_path)
    assert again.hall.counters() == [session]
    again.close()


def test_staff_have_one_pin_until_they_get_another(store):
    store.staff.keep(Staff(code="lan", name="Lan"), "hash-1")
    store.staff.keep(Staff(code="lan", name="Lan Anh", role="manager"), "")
    assert store.staff.all() == [Staff(code="lan", name="Lan Anh", role="manager")]
    assert store.staff.pin_hash("lan") == "hash-1"
    assert store.staff.pin_hash("minh") == ""
    assert [store.staff.remove("lan"), store.staff.remove("lan")] == [True, False]


def test_a_booking_and_its_number_are_one_promise(store):
    booking = Booking(code="AAAA1", service="land", at=f"{DAY}T09:00:00+07:00", registered_at=AT)
    store.bookings.keep([booking])
    ticket, _ = store.issue(draft("booking-1"), visit=True, booking="AAAA1")
    store.bookings.keep([booking])  # told once more by the city
    assert store.bookings.by_code("AAAA1").ticket_id == ticket.id
    assert store.bookings.by_code("AAAA2") is None


def test_what_is_old_goes_and_the_tickets_stay(store):
    old = issue(store, "request-1", day="2026-11-01")[0]
    new = issue(store, "request-2")[0]
    for ticket in (old, new):
        store.hall.move([called(ticket)])
    call = store.hall.raise_call("ticket", "", "2026-11-22T08:00:00.000+07:00")
    store.hall.forget_before("2026-11-10", DAY)
    assert store.hall.steps_of("2026-11-01") == []
    assert len(store.hall.steps_of(DAY)) == 1
    assert store.ticket(old.id) is not None
    assert store.hall.answer_call(call.id, "lan", AT) is None


def test_a_slip_is_missing_while_somebody_waits_with_its_number(store):
    ticket, job = store.issue(draft("request-1"), visit=True)
    assert store.hall.missing_slips(DAY) == []
    store.move_job(job, "refused", "paper_out", AT)
    assert [one.reason for one in store.hall.missing_slips(DAY)] == ["paper_out"]
    again = store.reprint(ticket.id, AT)
    assert store.hall.missing_slips(DAY) == []
    store.move_job(again, "unknown", "silent", AT)
    store.hall.move([move(ticket, Deed(verb="cancel", at=AT))])
    assert store.hall.missing_slips(DAY) == []
