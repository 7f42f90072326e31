"""What each verb changes of a ticket, and the step that it leaves."""

from dataclasses import replace

import pytest
from ward import stamp, ticket

from kiosk.queueing.calls import Calls
from kiosk.queueing.moves import Deed, move
from kiosk.queueing.reason import Reason


def do(before, verb, minutes, **more):
    """The ticket after a verb."""
    return move(before, Deed(verb=verb, at=stamp(minutes), **more)).ticket


def test_a_visit_from_call_to_end():
    called = do(ticket(), "call", 10, counter="2")
    assert (called.state, called.counter, called.calls) == ("called", "2", 1)
    again = do(called, "recall", 11, counter="2")
    assert (again.calls, again.called_at) == (2, stamp(11))
    serving = do(again, "serve", 12, counter="2")
    held = do(serving, "hold", 13, counter="2", note="thiếu ảnh")
    back = do(held, "serve", 20, counter="2")
    assert back.served_at == stamp(12)  # the service began before they went for the photograph
    done = do(back, "complete", 22, counter="2")
    assert (done.state, done.ended_at, done.counter) == ("done", stamp(22), "2")


def test_what_the_state_does_not_allow_is_no_move():
    assert move(ticket(), Deed(verb="complete", at=stamp(1))) is None


@pytest.mark.parametrize("verb", ["hold", "call"])
def test_put_back_is_the_same_place(verb):
    there = do(ticket(), "call", 10, counter="2")
    if verb == "hold":
        there = do(there, "hold", 11, counter="2")
    back = do(there, "put_back", 12)
    assert (back.state, back.waits_since, back.counter, back.calls) == (
        "waiting",
        ticket().issued_at,
        "",
        0,
    )


def test_a_transfer_keeps_the_time_waited_and_may_name_one_counter():
    serving = do(do(ticket(), "call", 10, counter="2"), "serve", 11, counter="2")
    sent = do(serving, "transfer", 12, to_service="social", to_counter="4")
    assert (sent.service, sent.at_counter, sent.waits_since) == ("social", "4", ticket().issued_at)
    assert (sent.served_at, sent.calls) == ("", 0)
    same = do(serving, "transfer", 12, to_counter="4")
    assert same.service == "land"


def test_a_further_service_of_a_visit_queues_from_now():
    booked = replace(ticket(), booked_at=stamp(5), registered_at=stamp(-900))
    serving = do(do(booked, "call", 10, counter="2"), "serve", 11, counter="2")
    onward = do(serving, "next_service", 20, counter="2", to_service="social")
    assert (onward.state, onward.service, onward.waits_since) == ("waiting", "social", stamp(20))
    assert (onward.booked_at, onward.number) == ("", "D007")


def test_a_no_show_may_be_next_once():
    gone = do(do(ticket(), "call", 10, counter="2"), "no_show", 12, counter="2")
    back = do(gone, "come_back", 13, in_time=True)
    assert (back.state, back.late_at, back.ended_at) == ("waiting", stamp(13), "")
    gone = do(do(back, "call", 14, counter="2"), "no_show", 15, counter="2")
    again = do(gone, "come_back", 16, in_time=True)
    assert again.waits_since == stamp(16)
    too_late = do(gone, "come_back", 60, in_time=False)
    assert too_late.waits_since == stamp(60)


def test_a_step_tells_where_it_was_and_where_it_went():
    serving = do(do(ticket(), "call", 10, counter="2"), "serve", 11, counter="2")
    deed = Deed(
        verb="transfer", at=stamp(12), staff="lan", counter="2", to_service="social", note="nhầm"
    )
    done = move(serving, deed)
    assert done.before == "serving"
    step = done.step
    assert (step.service, step.to_service, step.counter, step.staff, step.note) == (
        "land",
        "social",
        "2",
        "lan",
        "nhầm",
    )


def step(number, verb, minutes, *, counter="2", why="longest_wait", note=""):
    """One step of a ticket."""
    return move(
        replace(ticket(number), state="serving" if verb == "complete" else "called")
        if verb != "call"
        else ticket(number),
        Deed(
            verb=verb,
            at=stamp(minutes),
            counter=counter,
            reason=Reason(why=why, priority="elderly" if why == "priority" else ""),
            note=note,
        ),
    ).step


def test_calls_are_counted_and_each_number_is_shown_once():
    calls = Calls()
    told = [
        calls.note(one)
        for one in (
            step(1, "call", 1, why="priority"),
            step(2, "call", 2, counter="3"),
            step(1, "recall", 3),
            step(1, "serve", 4),
            step(1, "hold", 5, note="đi lấy ảnh"),
            step(1, "complete", 6),
        )
    ]
    assert [(one.announcement, one.times) for one in told if one] == [(1, 1), (2, 1), (3, 2)]
    assert [one.ticket_id for one in calls.last()] == [1, 2]
    assert calls.note_of(1) == "đi lấy ảnh"
    assert (calls.served("2"), calls.served("3")) == (1, 0)
    assert [turn.favoured for turn in calls.turns("2")] == [True]
    assert calls.count_since(stamp(1), {"land"}) == 1
    assert calls.count_since(stamp(1), {"social"}) == 0
