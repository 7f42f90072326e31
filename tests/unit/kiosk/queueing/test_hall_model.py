"""The hall against a naive model that counts everything anew from all that was noted."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from serving_order import Waiting, serving_order
from ward import RULE, at, stamp, ticket

from kiosk.queueing.calling import may_call
from kiosk.queueing.estimate import estimate_minutes
from kiosk.queueing.hall import OPEN_COUNTER, Hall
from kiosk.queueing.ticket import allowed_verbs, next_state

SERVICES = ("land", "social", "stamps")
POOLS = (("land",), ("land", "social"), SERVICES)
SAMPLES = 6


def moment_of(text):
    return datetime.fromisoformat(text)


class Day(RuleBasedStateMachine):
    """Citizens come, clerks call, serve, transfer; time passes."""

    def __init__(self):
        super().__init__()
        self.hall = Hall(RULE, samples=SAMPLES)
        self.tickets = {}
        self.minutes = 0.0
        self.calls = []
        self.sightings = []

    def note(self, changed):
        self.tickets[changed.id] = changed
        self.hall.note(changed)
        moments = [
            text for text in (changed.called_at, changed.served_at, changed.ended_at) if text
        ]
        if changed.counter and moments:
            seen = max(moment_of(text) for text in moments)
            self.sightings.append((changed.counter, seen, changed.service))

    @rule(of=st.sampled_from(SERVICES), priority=st.sampled_from(("", "elderly", "pregnant")))
    def issue(self, of, priority):
        self.note(ticket(len(self.tickets) + 1, of=of, priority=priority))

    @rule(minutes=st.floats(0.5, 25))
    def wait(self, minutes):
        self.minutes += minutes

    @precondition(lambda self: any(allowed_verbs(one.state) for one in self.tickets.values()))
    @rule(data=st.data(), counter=st.sampled_from("123"), to=st.sampled_from(SERVICES))
    def change(self, data, counter, to):
        able = [one for one in self.tickets.values() if allowed_verbs(one.state)]
        before = data.draw(st.sampled_from(able))
        self.move(before, data.draw(st.sampled_from(allowed_verbs(before.state))), counter, to)

    @precondition(lambda self: self.waiting_for(SERVICES))
    @rule(data=st.data(), counter=st.sampled_from("123"), minutes=st.floats(1, 9))
    def serve_somebody(self, data, counter, minutes):
        number = data.draw(st.sampled_from(self.waiting_for(SERVICES))).order
        for verb in ("call", "serve", "complete"):
            self.move(self.tickets[number], verb, counter)
            self.minutes += minutes

    def move(self, before, verb, counter, to=""):
        self.minutes += 0.25
        now = stamp(self.minutes)
        after = replace(before, state=next_state(before.state, verb), counter=counter)
        if verb in ("call", "recall"):
            after = replace(after, called_at=now)
        elif verb == "serve":
            after = replace(after, served_at=before.served_at or now)
        elif verb in ("transfer", "next_service"):
            sent = counter if (verb, counter) != ("transfer", "3") else ""
            after = replace(after, service=to, counter="", served_at="", at_counter=sent)
        else:
            after = replace(after, ended_at=now)
        if (before.state, verb) == ("waiting", "call"):
            self.calls.append((before.service, bool(before.priority)))
        self.note(after)

    def waiting_for(self, pool):
        return [
            Waiting(order=one.id, priority=one.priority)
            for one in self.tickets.values()
            if one.state == "waiting" and one.service in pool
        ]

    @invariant()
    def it_counts_right(self):
        issued = Counter(one.service for one in self.tickets.values())
        assert [self.hall.issued(code) for code in SERVICES] == [issued[code] for code in SERVICES]
        for pool in POOLS:
            assert self.hall.waiting(pool) == len(self.waiting_for(pool))
            for counter in "123":
                mine = [one for one in self.tickets.values() if may_call(one, counter, pool)]
                assert self.hall.waiting_at(counter, pool) == len(mine)

    @invariant()
    def it_knows_who_would_be_called_first(self):
        for pool in POOLS:
            for priority in ("", "elderly", "disability", "pregnant"):
                newcomer = Waiting(order=10_000, priority=priority)
                recent = [favoured for of, favoured in self.calls if of in pool]
                order = list(serving_order([*self.waiting_for(pool), newcomer], RULE, recent))
                assert self.hall.ahead_of_newcomer(pool, priority) == order.index(newcomer)

    @invariant()
    def it_estimates_from_the_newest_times_and_the_counters_that_work(self):
        now = at("2026-11-21 07:30") + timedelta(minutes=self.minutes)
        newest = {}
        for counter, seen, of in self.sightings:
            newest[counter] = max(newest.get(counter, (seen, of)), (seen, of))
        for pool in POOLS:
            served = sorted(
                (moment_of(one.ended_at), moment_of(one.served_at))
                for one in self.tickets.values()
                if one.state == "done" and one.service in pool
            )
            seconds = [(ended - begun).total_seconds() for ended, begun in served[-SAMPLES:]]
            counters = sum(
                of in pool and now - seen <= OPEN_COUNTER for seen, of in newest.values()
            )
            assert self.hall.open_counters(pool, now) == counters
            assert self.hall.estimate(pool, 3, now) == estimate_minutes(3, seconds, counters)

    @invariant()
    def a_restart_finds_the_same_hall(self):
        again = Hall(RULE, samples=SAMPLES)
        for one in self.tickets.values():
            again.note(one)
        now = at("2026-11-21 07:30") + timedelta(minutes=self.minutes)
        for code in SERVICES:
            assert again.issued(code) == self.hall.issued(code)
            assert again.waiting([code]) == self.hall.waiting([code])
            if again.open_counters([code], now) == self.hall.open_counters([code], now):
                assert again.estimate([code], 3, now) == self.hall.estimate([code], 3, now)


TestDay = Day.TestCase
TestDay.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)


def test_a_restart_goes_on_with_the_ratio_where_it_stood():
    tickets = [
        ticket(1, priority="elderly"),
        ticket(2, priority="elderly"),
        ticket(3),
        ticket(4, priority="elderly"),
    ]
    live = Hall(RULE)
    for one in tickets:
        live.note(one)
    for number, minutes in ((2, 5), (1, 9)):  # in another order than that of issue
        called = replace(tickets[number - 1], state="called", called_at=stamp(minutes), counter="1")
        tickets[number - 1] = called
        live.note(called)
    again = Hall(RULE)
    for one in tickets:
        again.note(one)
    for hall in (live, again):
        assert hall.ahead_of_newcomer(["land"], "elderly") == 2  # the ordinary one comes first


def test_a_ticket_that_was_done_without_being_served_tells_no_time():
    hall = Hall(RULE)
    for number in range(1, 9):
        hall.note(
            replace(ticket(number), state="done", counter="1", ended_at=stamp(number), served_at="")
        )
    assert hall.open_counters(["land"], at("2026-11-21 07:45")) == 1
    assert hall.estimate(["land"], 3, at("2026-11-21 07:45")) is None


def test_a_counter_is_taken_for_open_for_half_an_hour():
    hall = Hall(RULE)
    hall.note(replace(ticket(1), state="called", counter="4", called_at=stamp(0)))
    assert hall.open_counters(["land"], at("2026-11-21 08:00")) == 1
    assert hall.open_counters(["land"], at("2026-11-21 08:01")) == 0
    assert hall.open_counters(["social"], at("2026-11-21 08:00")) == 0


def served(number, of, begun, minutes):
    """A ticket that was served for so many minutes."""
    times = {
        "called_at": stamp(begun),
        "served_at": stamp(begun),
        "ended_at": stamp(begun + minutes),
    }
    return replace(ticket(number, of=of), state="done", counter="1", **times)


def test_an_estimate_looks_at_the_newest_times_of_the_whole_pool():
    hall = Hall(RULE, samples=5)
    for number in range(5):  # slow in the morning
        hall.note(served(number, "land", 20 * number, 18))
    for number in range(5, 10):  # then quick, at another service of the same counter
        hall.note(served(number, "social", 60 + 4 * number, 2))
    now = at("2026-11-21 09:20")
    assert hall.estimate(["land"], 4, now) is None  # its counter is at the other service now
    assert hall.estimate(["land", "social"], 4, now) == 8
    assert hall.estimate(["social", "land"], 4, now) == 8


def test_after_a_restart_a_counter_was_seen_last_when_it_called_last():
    hall = Hall(RULE)
    for number, minutes in ((1, 50), (2, 5)):  # told in the order of issue
        hall.note(replace(ticket(number), state="called", counter="4", called_at=stamp(minutes)))
    assert hall.open_counters(["land"], at("2026-11-21 08:30")) == 1


def test_what_was_never_here_is_forgotten_without_a_word():
    hall = Hall(RULE, samples=SAMPLES)
    hall.note(ticket(1))
    hall.forget(99)
    assert [one.id for one in hall.tickets("waiting")] == [ticket(1).id]
    hall.forget(ticket(1).id)
    assert hall.tickets("waiting") == []
