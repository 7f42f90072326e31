"""Estimates: none rather than a wild one, and rounded as a clerk would say it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.queueing.estimate import (
    LONGEST_MINUTES,
    estimate_minutes,
    minutes_until_call,
    pace_of,
)

FIVE_MINUTES = [300.0] * 5


@pytest.mark.parametrize(
    ("ahead", "counters", "minutes"),
    [
        (0, 1, 0),
        (1, 1, 5),
        (2, 1, 10),
        (3, 1, 15),
        (1, 2, 3),  # 2.5
        (5, 2, 15),  # 12.5
        (36, 1, 180),
        (37, 1, None),  # over three hours: nobody can say
        (1, 0, None),  # no counter is open
    ],
)
def test_by_example(ahead, counters, minutes):
    assert estimate_minutes(ahead, FIVE_MINUTES, counters) == minutes


def test_no_estimate_from_too_few_or_impossible_times():
    assert estimate_minutes(3, FIVE_MINUTES[:4], 1) is None
    assert estimate_minutes(3, [*FIVE_MINUTES[:4], 0.0, -60.0], 1) is None  # the clock was mended
    assert estimate_minutes(3, [], 1) is None


def test_no_estimate_from_times_that_spread_too_widely():
    assert estimate_minutes(3, [10, 10, 10, 900, 900, 900], 1) is None
    assert estimate_minutes(3, [0.1, 0.1, 0.1, 7, 7, 7], 1) is not None  # seconds do not matter
    assert estimate_minutes(3, [240, 300, 300, 300, 360, 3600], 1) == 15  # one odd one does not


def test_the_pace_is_that_of_the_middle_one():
    assert pace_of([60, 120, 300, 301, 320]) == 300
    assert pace_of([1, 0.5, 1, 1, 1]) == 1  # a second is a time, and so is half of one


def test_quartiles_of_just_eight_to_one_still_mean_something():
    assert pace_of([10, 10, 10, 80, 80, 80, 80]) == 80
    assert pace_of([10, 10, 10, 81, 81, 81, 81]) is None


@pytest.mark.parametrize(
    ("pace", "counters", "minutes"),
    [(600.0, 1, 10), (601.0, 1, 15), (630.0, 1, 15), (660.0, 1, 15), (901.0, 1, 20), (300, 2, 3)],
)
def test_up_to_ten_minutes_each_is_said_and_fives_after(pace, counters, minutes):
    assert minutes_until_call(1, pace, counters) == minutes


times = st.lists(st.floats(1, 7200), min_size=5, max_size=30)


@given(times, st.integers(1, 10), st.integers(0, 60))
def test_an_estimate_is_round_and_within_reason(seconds, counters, ahead):
    minutes = estimate_minutes(ahead, seconds, counters)
    if minutes is not None:
        assert 0 <= minutes <= LONGEST_MINUTES
        assert minutes <= 10 or minutes % 5 == 0


@given(times, st.integers(1, 10), st.integers(0, 60))
def test_more_people_never_mean_less_waiting(seconds, counters, ahead):
    sooner = estimate_minutes(ahead, seconds, counters)
    later = estimate_minutes(ahead + 1, seconds, counters)
    if later is not None:
        assert sooner is not None
        assert sooner <= later
