"""The hall by example: what one number more, called, served or gone changes of the picture."""

from dataclasses import replace

from ward import RULE, at, stamp, ticket

from kiosk.queueing.hall import RECENT_CALLS, Hall


def hall_of(*tickets, samples=20):
    """A hall that was told these."""
    hall = Hall(RULE, samples=samples)
    for one in tickets:
        hall.note(one)
    return hall


def called(number, minutes, *, counter="2", **more):
    """A number that was called so many minutes after half past seven."""
    one = replace(ticket(number, **more), state="called", counter=counter)
    return replace(one, called_at=stamp(minutes))


def done(number, begun, minutes, *, of="land"):
    """A number that was served for so many minutes."""
    one = called(number, begun, of=of)
    return replace(one, state="done", served_at=stamp(begun), ended_at=stamp(begun + minutes))


def test_every_change_is_one():
    hall = Hall(RULE)
    seen = [hall.changes]
    for change in (lambda: hall.note(ticket(1)), lambda: hall.forget(1), lambda: hall.forget(1)):
        change()
        seen.append(hall.changes)
    assert seen == [0, 1, 2, 3]


def test_a_ticket_is_found_as_it_now_is():
    hall = hall_of(ticket(1), called(1, 5))
    assert hall.ticket(1) == called(1, 5)
    assert hall.ticket(2) is None
    hall.forget(1)
    assert hall.ticket(1) is None
    assert hall.tickets() == []


def test_tickets_are_told_by_their_states_in_the_order_in_which_they_got_there():
    hall = hall_of(ticket(1), ticket(2), ticket(3), called(2, 5), called(1, 6))
    assert [one.id for one in hall.tickets("called", "waiting")] == [2, 1, 3]
    assert [one.id for one in hall.tickets("serving", "waiting")] == [3]
    assert [one.id for one in hall.tickets()] == [1, 2, 3]


def test_what_is_somebody_elses_counts_no_more():
    hall = hall_of(ticket(1), ticket(2), ticket(3, of="social"))
    hall.forget(1)
    assert (hall.issued("land"), hall.issued("social")) == (1, 1)
    assert (hall.waiting(["land"]), hall.waiting(["land", "social", "stamps"])) == (1, 2)
    assert hall.ahead_of_newcomer(["land"], "") == 1


def test_a_transfer_takes_the_count_along():
    hall = hall_of(ticket(1), replace(ticket(1), service="social"))
    assert (hall.issued("land"), hall.issued("social")) == (0, 1)
    assert (hall.waiting(["land"]), hall.waiting(["social"])) == (0, 1)


def test_a_booking_stands_before_a_class_and_a_class_before_the_rest():
    booked = replace(ticket(1), booked_at=stamp(60))
    hall = hall_of(booked, ticket(2, priority="elderly"), ticket(3))
    assert hall.ahead_of_newcomer(["land"], "elderly") == 3  # both, and one by the ratio
    assert hall.ahead_of_newcomer(["land"], "") == 3
    favoured = hall_of(booked, ticket(3))
    assert favoured.ahead_of_newcomer(["land"], "elderly") == 1


def test_the_ratio_goes_on_from_the_calls_of_these_services_alone():
    hall = hall_of(
        called(1, 5, priority="elderly"),
        called(2, 6, priority="elderly", of="social"),
        ticket(3),
    )
    assert hall.ahead_of_newcomer(["land"], "elderly") == 0  # one favoured so far: a second may
    both = hall_of(called(1, 5, priority="elderly"), called(2, 6, priority="elderly"), ticket(3))
    assert both.ahead_of_newcomer(["land"], "elderly") == 1


def test_a_call_counts_once_whatever_follows_it():
    waits = ticket(3)
    recalled = replace(called(1, 5, priority="elderly"), called_at=stamp(6), calls=2)
    hall = hall_of(ticket(1, priority="elderly"), called(1, 5, priority="elderly"), recalled, waits)
    assert hall.ahead_of_newcomer(["land"], "elderly") == 0
    held = replace(recalled, state="on_hold")
    again = replace(recalled, called_at=stamp(9))
    hall.note(held)
    hall.note(again)  # from on hold: no turn of the queue
    assert hall.ahead_of_newcomer(["land"], "elderly") == 0


def test_the_calls_that_are_remembered_are_bounded():
    hall = hall_of(*(called(n, n, of="social") for n in range(1, RECENT_CALLS)))
    hall.note(called(1_000, 1_000, priority="elderly"))
    hall.note(called(1_001, 1_001, priority="elderly"))
    hall.note(ticket(2_000))
    assert hall.ahead_of_newcomer(["land"], "elderly") == 1  # the newest stay
    assert len(hall._calls) == RECENT_CALLS


def test_a_counter_works_where_it_was_seen_last():
    moved = [called(1, 5), called(2, 9, of="social")]
    now = at("2026-11-21 07:45")
    for told in (moved, moved[::-1]):
        hall = hall_of(*told)
        assert (hall.open_counters(["land"], now), hall.open_counters(["social"], now)) == (0, 1)
    elsewhere = hall_of(called(1, 5), called(2, 9, counter="3"), called(3, 9, counter=""))
    assert elsewhere.open_counters(["land"], now) == 2


def test_a_counter_was_seen_last_when_it_ended():
    hall = hall_of(done(1, 5, 30))
    assert hall.open_counters(["land"], at("2026-11-21 08:35")) == 1
    assert hall.open_counters(["land"], at("2026-11-21 08:36")) == 0


def test_five_times_are_enough_and_what_is_told_twice_is_one_time():
    now = at("2026-11-21 08:00")
    served = [done(n, n, 4) for n in range(1, 6)]
    assert hall_of(*served).estimate(["land"], 2, now) == 8
    four = hall_of(*served[:4])
    assert four.estimate(["land"], 2, now) is None
    four.note(served[3])
    assert four.estimate(["land"], 2, now) is None
    four.note(served[4])  # what was asked before is asked anew
    assert four.estimate(["land"], 2, now) == 8


def test_a_time_needs_a_beginning_and_an_end():
    now = at("2026-11-21 08:00")
    for missing in ("served_at", "ended_at"):
        served = [replace(done(n, n, 4), **{missing: ""}) for n in range(1, 9)]
        assert hall_of(*served).estimate(["land"], 2, now) is None


def test_only_the_newest_times_count_however_they_are_told():
    slow = [done(n, n, 20) for n in range(1, 6)]
    quick = [done(n, n + 30, 2) for n in range(6, 11)]
    now = at("2026-11-21 08:15")
    for told in ([*slow, *quick], [*quick, *slow]):
        assert hall_of(*told, samples=5).estimate(["land"], 3, now) == 6


def test_twenty_times_tell_the_pace():
    told = [*(done(n, n, 2) for n in range(1, 12)), *(done(n, n, 3) for n in range(12, 32))]
    assert hall_of(*told).estimate(["land"], 1, at("2026-11-21 08:05")) == 3
