"""Who is next and why: one rule at a time, then their meeting."""

from dataclasses import replace
from datetime import timedelta

import pytest
from ward import RULE, at, stamp, ticket

from kiosk.queueing.calling import (
    CallingRule,
    Turn,
    calling_order,
    is_late,
    kind_of,
    may_call,
    reason_to_name,
    turn_of,
)
from kiosk.queueing.priority import BOOKED
from kiosk.queueing.reason import Reason

RULES = CallingRule(priority=RULE, longest_wait=timedelta(minutes=60), late_places=3)


def waiting(number, **more):
    """A number that was given `number` minutes after half past seven."""
    return replace(ticket(number), queued_at=stamp(number), **more)


def order(tickets, *, minutes=30, recent=()):
    """(number, why) in the order in which they are called, so many minutes after half past."""
    now = at("2026-11-21 07:30") + timedelta(minutes=minutes)
    return [(one.running, why.why) for one, why in calling_order(tickets, RULES, recent, now)]


def first(tickets, **more):
    """Whom it calls, and the whole reason."""
    now = at("2026-11-21 07:30") + timedelta(minutes=more.get("minutes", 30))
    return next(calling_order(tickets, RULES, more.get("recent", ()), now))


def test_nobody_waits():
    assert order([]) == []


def test_ordinary_numbers_go_by_their_time():
    assert order([waiting(3), waiting(1), waiting(2)]) == [
        (1, "longest_wait"),
        (2, "longest_wait"),
        (3, "longest_wait"),
    ]
    assert first([waiting(5)]) == (waiting(5), Reason(why="longest_wait", minutes=25))


def test_two_favoured_to_one_ordinary_and_each_says_which_it_is():
    tickets = [waiting(1), waiting(2), *(waiting(n, priority="elderly") for n in (3, 4, 5, 6))]
    now = at("2026-11-21 08:00")
    reasons = [(one.running, why) for one, why in calling_order(tickets, RULES, (), now)]
    assert [(number, why.why, why.count, why.of) for number, why in reasons] == [
        (3, "priority", 1, 2),
        (4, "priority", 2, 2),
        (1, "ordinary_turn", 1, 1),
        (5, "priority", 1, 2),
        (6, "priority", 2, 2),
        (2, "longest_wait", 0, 0),
    ]
    assert reasons[0][1].priority == "elderly"


def test_the_ratio_goes_on_from_the_counters_own_calls():
    tickets = [waiting(1), waiting(2, priority="elderly")]
    favoured = Turn(favoured=True)
    assert order(tickets, recent=[favoured])[0] == (2, "priority")
    assert order(tickets, recent=[favoured, favoured])[0] == (1, "ordinary_turn")


def test_a_class_that_is_unknown_by_now_is_ordinary():
    tickets = [waiting(1), waiting(2, priority="veteran")]
    assert order(tickets) == [(1, "longest_wait"), (2, "longest_wait")]


def test_bookings_go_by_their_registration_once_their_time_has_come():
    booked = {"booked_at": stamp(20)}
    early = waiting(1, registered_at="2026-11-19T08:00:00+07:00", **booked)
    earlier = waiting(2, registered_at="2026-11-18T08:00:00+07:00", **booked)
    old = waiting(3, priority="elderly")
    plain = waiting(0)
    assert order([plain, old, early, earlier], minutes=25) == [
        (2, "booked"),
        (1, "booked"),
        (0, "ordinary_turn"),
        (3, "priority"),
    ]
    assert order([plain, old, early, earlier], minutes=15) == [
        (3, "priority"),
        (0, "longest_wait"),
        (1, "longest_wait"),
        (2, "longest_wait"),
    ]
    assert first([early], minutes=25)[1].at == stamp(20)


def test_who_waits_too_long_comes_first_but_only_every_second_call():
    old = [waiting(n) for n in (1, 2, 3)]
    favoured = [waiting(n, priority="elderly") for n in (70, 71, 72, 73)]
    assert order([*old, *favoured], minutes=75) == [
        (1, "guard"),
        (70, "priority"),
        (2, "guard"),
        (71, "priority"),
        (3, "guard"),
        (72, "priority"),
        (73, "priority"),
    ]
    assert order([*old, *favoured], minutes=75, recent=[Turn(favoured=False, guard=True)])[0] == (
        70,
        "priority",
    )


def test_the_guard_is_for_those_who_are_favoured_too():
    """A low class among ever new higher ones is what would starve."""
    low = waiting(1, priority="pregnant")
    high = [waiting(n, priority="elderly") for n in (70, 71)]
    assert order([low, *high], minutes=75)[0] == (1, "guard")
    assert first([low, *high], minutes=75)[1].priority == "pregnant"


def test_nobody_is_called_out_of_turn_whose_turn_it_is_anyway():
    assert order([waiting(1), waiting(2)], minutes=90) == [(1, "longest_wait"), (2, "longest_wait")]


def test_a_no_show_who_came_back_is_next_and_takes_nobodys_turn():
    back = waiting(9, called_at=stamp(10), late_at=stamp(12))
    tickets = [waiting(1), waiting(2, priority="elderly"), back]
    assert order(tickets) == [(9, "late"), (2, "priority"), (1, "longest_wait")]
    assert is_late(back)
    assert turn_of(Reason(why="late")) is None
    again = replace(back, called_at=stamp(13))  # called once more since
    assert not is_late(again)
    assert order([*tickets[:2], again])[-1] == (9, "longest_wait")


def test_each_reason_tells_how_long_they_waited():
    favoured = waiting(2, priority="elderly")
    booked = waiting(4, booked_at=stamp(5), registered_at=stamp(-900))
    back = waiting(9, called_at=stamp(10), late_at=stamp(12))
    told = {
        why.why: why
        for tickets in ([favoured, waiting(1)], [booked], [back], [waiting(1), favoured, booked])
        for _, why in calling_order(tickets, RULES, (), at("2026-11-21 08:00"))
    }
    assert told["priority"] == Reason(why="priority", count=2, of=2, minutes=28, priority="elderly")
    assert told["booked"] == Reason(why="booked", minutes=26, at=stamp(5))
    assert told["late"] == Reason(why="late", of=3, minutes=21)
    assert told["longest_wait"] == Reason(why="longest_wait", minutes=29)
    now = at("2026-11-21 08:30")
    turn = [Turn(favoured=True)] * 2
    _, reason = next(calling_order([favoured, waiting(1)], RULES, turn, now))
    assert reason == Reason(why="ordinary_turn", count=1, of=1, minutes=59)


def test_the_guard_speaks_from_the_sixtieth_minute_on():
    tickets = [waiting(0), waiting(50, priority="elderly")]
    assert first(tickets, minutes=59)[1].why == "priority"
    assert first(tickets, minutes=60) == (waiting(0), Reason(why="guard", minutes=60))


def test_the_guard_rests_after_its_own_call_alone():
    tickets = [waiting(0), waiting(50, priority="elderly")]
    plain, guard = Turn(favoured=True), Turn(favoured=False, guard=True)
    for recent, why in (([guard, plain], "guard"), ([plain, guard], "priority")):
        assert first(tickets, minutes=75, recent=recent)[1].why == why


def test_a_call_by_the_guard_takes_the_turn_of_its_kind():
    """Two favoured in a row by the guard, then it is an ordinary number's turn."""
    tickets = [waiting(0, priority="pregnant"), waiting(50), waiting(51, priority="elderly")]
    assert order(tickets, minutes=75, recent=[Turn(favoured=True)]) == [
        (0, "guard"),
        (50, "ordinary_turn"),
        (51, "priority"),
    ]


def test_who_came_in_the_same_moment_goes_by_the_number():
    for more in ({}, {"priority": "elderly"}):
        same = [replace(ticket(n), queued_at=stamp(1), **more) for n in (3, 1, 2)]
        assert [number for number, _ in order(same)] == [1, 2, 3]


def test_of_two_who_came_back_the_first_to_come_back_is_next():
    back = [
        waiting(1, called_at=stamp(5), late_at=stamp(20)),
        waiting(2, called_at=stamp(5), late_at=stamp(10)),
    ]
    assert order(back) == [(2, "late"), (1, "late")]


def test_classes_come_before_the_time():
    tickets = [waiting(1, priority="pregnant"), waiting(2, priority="elderly")]
    assert order(tickets) == [(2, "priority"), (1, "priority")]


def test_whoever_came_back_in_the_moment_of_the_call_is_late():
    assert is_late(waiting(1, called_at=stamp(10), late_at=stamp(10)))
    assert not is_late(waiting(1))


def test_a_booking_counts_from_its_own_minute_on():
    booked = waiting(1, booked_at=stamp(20), priority="elderly")
    now = at("2026-11-21 07:50")
    assert kind_of(booked, now) == BOOKED
    assert kind_of(booked, now - timedelta(seconds=1)) == "elderly"


def test_how_a_call_counts_in_its_counters_order():
    assert turn_of(Reason(why="longest_wait")) == Turn(favoured=False)
    assert turn_of(Reason(why="priority", priority="elderly")) == Turn(favoured=True)
    assert turn_of(Reason(why="booked", at=stamp(20))) == Turn(favoured=True)
    assert turn_of(Reason(why="guard")) == Turn(favoured=False, guard=True)


def test_a_number_that_a_clerk_chose_says_what_favours_it():
    now = at("2026-11-21 08:00")
    booked = waiting(3, booked_at=stamp(20), registered_at=stamp(-900))
    assert reason_to_name(waiting(1), RULE, now) == Reason(why="named", minutes=29)
    assert reason_to_name(waiting(2, priority="elderly"), RULE, now) == Reason(
        why="named", minutes=28, priority="elderly"
    )
    assert reason_to_name(booked, RULE, now) == Reason(why="named", minutes=27, at=stamp(20))


def test_nobody_waited_less_than_no_time():
    """The clock was mended in between."""
    assert first([waiting(40)], minutes=30)[1] == Reason(why="longest_wait", minutes=0)


def test_sent_here_is_said_where_nothing_else_brought_them():
    assert first([waiting(1, at_counter="2")])[1].why == "sent_here"


@pytest.mark.parametrize(
    ("change", "may"),
    [
        ({}, True),
        ({"service": "social"}, False),
        ({"at_counter": "2", "service": "social"}, True),
        ({"at_counter": "3"}, False),
        ({"state": "called"}, False),
        ({"state": "no_show"}, False),
    ],
)
def test_whom_a_counter_may_call(change, may):
    assert may_call(replace(waiting(1), **change), "2", {"land", "stamps"}) is may


def test_the_whole_order_of_a_full_hall_is_quick():
    crowd = [waiting(n, priority="elderly" if n % 3 else "") for n in range(1, 600)]
    assert len(order(crowd, minutes=200)) == 599
