"""What each verb changes of a ticket, and the step that it leaves."""

from dataclasses import replace

import pytest
from ward import stamp, ticket

from kiosk.queueing.calls import RECENT, SHOWN, Announced, Calls
from kiosk.queueing.history import Move, Step
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


def test_a_step_keeps_all_that_the_report_needs():
    deed = Deed(
        verb="call", at=stamp(10), counter="2", staff="lan", reason=Reason(why="guard", minutes=70)
    )
    done = move(ticket(), deed)
    assert done == Move(
        before="waiting",
        ticket=replace(
            ticket(), state="called", counter="2", called_at=stamp(10), calls=1, ended_at=""
        ),
        step=Step(
            ticket_id=7,
            business_day="2026-11-21",
            at=stamp(10),
            verb="call",
            service="land",
            counter="2",
            staff="lan",
            reason=Reason(why="guard", minutes=70),
        ),
    )


def test_a_deed_without_a_counter_happens_where_the_ticket_is():
    called = do(ticket(), "call", 10, counter="2")
    gone = move(called, Deed(verb="no_show", at=stamp(12)))
    assert (gone.ticket.counter, gone.step.counter) == ("2", "2")
    elsewhere = move(called, Deed(verb="serve", at=stamp(12), counter="5"))
    assert (elsewhere.ticket.counter, elsewhere.step.counter) == ("5", "5")


@pytest.mark.parametrize(
    ("verb", "ends"),
    [("no_show", True), ("cancel", True), ("expire", True), ("hold", False), ("recall", False)],
)
def test_only_what_ends_has_an_end(verb, ends):
    called = do(ticket(), "call", 10, counter="2")
    assert do(called, verb, 15).ended_at == (stamp(15) if ends else "")


def test_a_no_show_who_is_called_again_has_not_ended():
    gone = do(do(ticket(), "call", 10, counter="2"), "no_show", 12)
    again = do(gone, "call", 20, counter="4")
    assert (again.ended_at, again.calls, again.counter) == ("", 2, "4")


def test_whoever_goes_back_to_a_queue_loses_what_held_for_the_former_one():
    late = replace(
        ticket(), late_at=stamp(5), at_counter="2", booked_at=stamp(5), registered_at=stamp(-900)
    )
    serving = do(do(late, "call", 10, counter="2"), "serve", 11)
    sent = do(serving, "transfer", 12, to_service="social")
    assert (sent.late_at, sent.at_counter, sent.counter) == ("", "", "")
    assert (sent.booked_at, sent.registered_at) == (stamp(5), stamp(-900))
    onward = do(serving, "next_service", 12, to_service="social")
    assert (onward.late_at, onward.at_counter, onward.registered_at) == ("", "", "")
    gone = do(do(late, "call", 10, counter="2"), "no_show", 12)
    too_late = do(gone, "come_back", 60)
    assert (too_late.booked_at, too_late.registered_at, too_late.late_at) == ("", "", stamp(5))


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


def test_a_call_is_announced_with_its_place_in_the_day():
    calls = Calls()
    calls.note(step(1, "call", 1))
    assert calls.note(step(2, "call", 2, counter="3")) == Announced(
        announcement=2, ticket_id=2, counter="3", at=stamp(2), times=1
    )


def test_a_number_called_anew_is_called_for_the_first_time_again():
    calls = Calls()
    for verb, times in (("call", 1), ("recall", 2), ("recall", 3), ("call", 1)):
        assert calls.note(step(1, verb, times)).times == times


def test_a_recall_of_what_nobody_remembers_is_the_first():
    assert Calls().note(step(1, "recall", 5)).times == 1


def test_the_last_reason_and_the_last_note_of_a_number_are_kept():
    calls = Calls()
    assert (calls.reason(1), calls.note_of(1), calls.turns("2")) == (None, "", [])
    calls.note(step(1, "call", 1, why="priority"))
    assert calls.reason(1) == Reason(why="priority", priority="elderly")
    calls.note(step(1, "call", 9))
    assert calls.reason(1) == Reason(why="longest_wait")
    for verb, note in (("hold", "thiếu ảnh"), ("transfer", "nhầm quầy"), ("serve", "không giữ")):
        calls.note(step(1, verb, 10, note=note))
    assert calls.note_of(1) == "nhầm quầy"
    calls.note(step(1, "hold", 12))  # without a word: the last one stays
    assert calls.note_of(1) == "nhầm quầy"


def test_a_recall_and_a_late_one_take_no_turn():
    calls = Calls()
    for verb, why in (("call", "longest_wait"), ("recall", "longest_wait"), ("call", "late")):
        calls.note(step(1, verb, 1, why=why))
    assert len(calls.turns("2")) == 1


def test_who_goes_on_to_a_further_service_was_served_here():
    calls = Calls()
    serving = replace(ticket(), state="serving", counter="2")
    calls.note(move(serving, Deed(verb="next_service", at=stamp(9), to_service="social")).step)
    assert calls.served("2") == 1


def test_what_is_remembered_is_bounded():
    calls = Calls()
    for number in range(1, 60):
        calls.note(step(number, "call", number, why="priority" if number > 20 else "named"))
    assert [one.ticket_id for one in calls.last()] == list(range(59, 59 - SHOWN, -1))
    assert len(calls.turns("2")) == RECENT
    assert [turn.favoured for turn in calls.turns("2")[:2]] == [False, True]  # the newest stay


def test_only_what_was_called_after_the_moment_counts():
    calls = Calls()
    for minutes in (1, 2, 3):
        calls.note(step(minutes, "call", minutes))
    calls.note(step(3, "recall", 4))
    assert calls.count_since(stamp(1), {"land"}) == 2
