"""The business day under clocks that lie."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ward import at

from kiosk.queueing.business_day import SETTLED_S, believe, business_day, first_belief

NOON = at("2026-11-21 12:00")
FLAT_BATTERY = at("1970-01-01 07:00")
WRONG_SERVER = at("2099-06-01 12:00")


class Clocks:
    """What is believed while both clocks go on; the wall clock can be set."""

    def __init__(self, wall=NOON, last_known=None):
        self.wall, self.steady = wall, 100.0
        self.belief = first_belief(wall, self.steady, last_known)

    def go(self, seconds, *, set_to=None):
        self.steady += seconds
        self.wall = (self.wall + timedelta(seconds=seconds)) if set_to is None else set_to
        self.belief = believe(self.belief, self.wall, self.steady)
        return self.belief

    @property
    def day(self):
        return business_day(self.belief).isoformat()


@pytest.fixture
def clocks():
    return Clocks()


def test_a_good_clock_is_believed_past_midnight(clocks):
    assert clocks.go(12 * 3600 - 1).wall == at("2026-11-21 23:59:59")
    assert clocks.day == "2026-11-21"
    clocks.go(1)
    assert clocks.day == "2026-11-22"
    assert clocks.belief.trusted


def test_the_day_turns_in_hanoi_whatever_the_zone_of_the_clock(clocks):
    utc = at("2026-11-22 00:30").astimezone(UTC)
    clocks.go(45_000, set_to=utc)
    assert clocks.day == "2026-11-22"


def test_a_mended_clock_within_the_day_is_believed(clocks):
    assert clocks.go(1, set_to=at("2026-11-21 09:00")).wall == at("2026-11-21 09:00")
    assert clocks.belief.trusted


def test_1970_is_not_believed_and_time_goes_on_by_the_steady_clock(clocks):
    belief = clocks.go(60, set_to=FLAT_BATTERY)
    assert (belief.trusted, belief.wall) == (False, NOON + timedelta(seconds=60))
    clocks.go(13 * 3600)
    assert clocks.day == "2026-11-22"  # offline for the night: the next day still begins
    assert not clocks.belief.trusted


def test_a_steady_clock_that_goes_back_counts_as_standing_still(clocks):
    clocks.belief = believe(clocks.belief, FLAT_BATTERY, 40.0)
    assert (clocks.belief.trusted, clocks.belief.wall) == (False, NOON)


def test_twenty_hours_within_a_day_are_a_leap_and_a_second_less_is_a_mended_clock(clocks):
    before = replace(clocks.belief, wall=at("2026-11-21 01:00"))
    leap = before.wall + timedelta(seconds=5, hours=20)
    assert not believe(before, leap, before.steady + 5).trusted
    assert believe(before, leap - timedelta(seconds=1), before.steady + 5).trusted


def test_an_hour_into_another_day_is_a_leap_and_a_second_less_is_a_mended_clock(clocks):
    before = replace(clocks.belief, wall=at("2026-11-21 23:30"))
    leap = before.wall + timedelta(seconds=5, hours=1)
    assert not believe(before, leap, before.steady + 5).trusted
    assert believe(before, leap - timedelta(seconds=1), before.steady + 5).trusted


def test_a_clock_that_fell_behind_is_doubted_for_its_leap_no_more(clocks):
    clocks.go(5, set_to=WRONG_SERVER)
    clocks.go(5, set_to=FLAT_BATTERY)
    assert clocks.go(5, set_to=at("2026-11-23 08:00")).trusted  # a leap, were it not for 1970


def test_a_clock_behind_is_mended_by_less_than_a_year_and_a_day(clocks):
    clocks.go(60, set_to=FLAT_BATTERY)
    right = clocks.belief.wall + timedelta(days=366)
    before = clocks.belief
    assert not believe(before, right, before.steady).trusted
    assert believe(before, right - timedelta(seconds=1), before.steady).trusted


def test_back_from_1970_the_clock_is_believed_at_once(clocks):
    clocks.go(60, set_to=FLAT_BATTERY)
    assert clocks.go(60, set_to=at("2026-11-23 08:00")).trusted
    assert clocks.day == "2026-11-23"


def test_from_1970_to_2099_is_no_mending(clocks):
    clocks.go(60, set_to=FLAT_BATTERY)
    assert not clocks.go(60, set_to=WRONG_SERVER).trusted
    assert clocks.day == "2026-11-21"


def test_2099_and_back_within_minutes_leaves_no_trace(clocks):
    assert not clocks.go(5, set_to=WRONG_SERVER).trusted
    assert not clocks.go(SETTLED_S - 1).trusted
    belief = clocks.go(1, set_to=NOON + timedelta(seconds=605))
    assert (belief.trusted, belief.doubted_since) == (True, None)
    assert clocks.day == "2026-11-21"


def test_a_leap_that_lasts_is_believed(clocks):
    clocks.go(5, set_to=at("2026-12-24 08:00"))
    assert clocks.day == "2026-11-21"
    assert clocks.go(SETTLED_S).trusted
    assert clocks.day == "2026-12-24"


def test_a_leap_past_midnight_is_doubted_and_one_within_the_day_is_not(clocks):
    assert clocks.go(5, set_to=at("2026-11-21 19:00")).trusted
    clocks.go(5, set_to=NOON)
    belief = clocks.go(5, set_to=at("2026-11-22 03:00"))
    assert (belief.trusted, belief.wall) == (False, NOON + timedelta(seconds=5))
    assert clocks.go(60, set_to=NOON + timedelta(seconds=65)).trusted
    clocks.go(5, set_to=at("2026-11-22 03:00"))
    clocks.go(SETTLED_S)
    assert (clocks.day, clocks.belief.trusted) == ("2026-11-22", True)


def test_a_clock_that_is_set_by_minutes_around_midnight_is_believed():
    clocks = Clocks(at("2026-11-21 23:50"))
    assert clocks.go(5, set_to=at("2026-11-22 00:20")).trusted
    assert clocks.day == "2026-11-22"


def test_a_suspended_kiosk_wakes_on_the_right_day(clocks):
    clocks.go(3 * 24 * 3600)  # the steady clock counts sleep
    assert clocks.day == "2026-11-24"
    assert clocks.belief.trusted


def test_a_start_in_1970_goes_on_from_what_the_store_remembers():
    clocks = Clocks(FLAT_BATTERY, last_known=NOON)
    assert (clocks.day, clocks.belief.trusted) == ("2026-11-21", False)
    assert clocks.go(60, set_to=NOON + timedelta(days=40)).trusted


def test_a_start_after_a_month_in_the_cupboard_is_believed():
    clocks = Clocks(NOON + timedelta(days=30), last_known=NOON)
    assert (clocks.day, clocks.belief.trusted) == ("2026-12-21", True)


def test_a_start_just_a_year_and_a_day_later_is_believed_and_a_second_more_is_not():
    assert first_belief(NOON + timedelta(days=366), 1.0, NOON).trusted
    assert not first_belief(NOON + timedelta(days=366, seconds=1), 1.0, NOON).trusted


def test_a_start_in_2099_is_doubted_like_a_leap():
    clocks = Clocks(WRONG_SERVER, last_known=NOON)
    assert (clocks.day, clocks.belief.trusted) == ("2026-11-21", False)
    assert clocks.go(120, set_to=NOON + timedelta(minutes=5)).trusted
    assert clocks.day == "2026-11-21"
    lasting = Clocks(WRONG_SERVER, last_known=NOON)
    assert lasting.go(SETTLED_S).trusted
    assert lasting.day == "2099-06-01"


walls = st.integers(-60 * 365, 80 * 365).flatmap(
    lambda days: st.integers(0, 86_399).map(
        lambda seconds: NOON + timedelta(days=days, seconds=seconds)
    )
) | st.floats(-200_000, 200_000).map(lambda seconds: NOON + timedelta(seconds=seconds))
looks = st.lists(st.tuples(st.floats(0, 100_000), walls | st.none()), max_size=25)


@given(walls, walls | st.none(), looks)
def test_the_business_day_never_goes_backwards(wall, last_known, sequence):
    clocks = Clocks(wall, last_known)
    days = [business_day(clocks.belief)]
    if last_known is not None:
        assert days[0] >= last_known.date()
    for seconds, set_to in sequence:
        clocks.go(seconds, set_to=set_to)
        days.append(business_day(clocks.belief))
    assert days == sorted(days)


@given(st.lists(st.floats(0, 200_000), max_size=20))
def test_clocks_that_agree_are_always_believed(pauses):
    clocks = Clocks()
    assert all(clocks.go(pause).trusted for pause in pauses)
    assert clocks.belief.wall == clocks.wall
