"""When somebody is greeted aloud, and how a switch is believed. Pure."""

import itertools
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.greeting import Greeter, GreetingRule
from kiosk.core.steady import Steady
from kiosk.queueing.hours import HANOI, Calendar, Span, Week

MORNING = Span(opens=7 * 60, closes=8 * 60)
OPEN = Week(days=((Span(opens=7 * 60, closes=17 * 60),),) * 7)
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=HANOI)


def greeter(**more) -> Greeter:
    return Greeter(GreetingRule(**({"week": OPEN, "calendar": Calendar()} | more)))


def after(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


def test_at_most_once_in_twenty_seconds():
    one = greeter()
    assert [one.greet(after(s)) for s in (0, 5, 19.9, 20, 39, 41)] == [
        1.0,
        None,
        None,
        1.0,
        None,
        1.0,
    ]


@given(st.lists(st.floats(0, 600), max_size=60))
def test_two_greetings_are_never_closer(moments):
    one = greeter()
    spoken = [s for s in sorted(moments) if one.greet(after(s)) is not None]
    assert all(later - earlier >= 19.999 for earlier, later in itertools.pairwise(spoken))


@pytest.mark.parametrize(
    ("hour", "level"), [(6, None), (7, 0.3), (8, 1.0), (16, 1.0), (17, None), (23, None)]
)
def test_only_within_hours_and_quieter_in_the_morning(hour, level):
    one = greeter(quiet=(MORNING,), quiet_level=0.3)
    assert one.greet(NINE.replace(hour=hour)) == level


def test_who_is_being_served_is_not_greeted():
    one = greeter()
    one.touched(after(0))
    assert one.greet(after(10)) is None
    assert one.greet(after(16)) == 1.0


def test_a_clock_that_was_set_back_does_not_silence_it():
    one = greeter()
    assert one.greet(after(3600)) == 1.0
    assert one.greet(after(0)) == 1.0


def test_a_switch_is_believed_when_it_stays():
    switch = Steady(on_s=0.2, off_s=3.0)
    seen = [(0.0, True), (0.1, False), (0.2, True), (0.3, True), (0.4, True), (0.5, True)]
    assert [switch.see(raw, now) for now, raw in seen] == [False] * 4 + [True, False]
    assert switch.on
    leaves = [(1.0, False), (2.0, True), (3.0, False), (5.9, False), (6.0, False)]
    assert [switch.see(raw, now) for now, raw in leaves] == [False] * 4 + [True]
    assert not switch.on
