"""Opening hours: by the ward's week, then for any week and any calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ward import AFTERNOON, MORNING, WEEK, at

from kiosk.queueing.hours import (
    Calendar,
    Span,
    Week,
    closing_time,
    is_open,
    next_opening,
    next_opening_day,
    spans_on,
)

USUAL = Calendar()
TET = Calendar(closed=frozenset(date(2027, 2, day) for day in range(4, 12)))
NEVER = Week(days=((),) * 7)
ALWAYS = Week(days=((Span(opens=0, closes=1440),),) * 7)


@pytest.mark.parametrize(
    ("moment", "open_then", "opens"),
    [
        ("2026-11-20 07:29:59", False, "2026-11-20 07:30"),
        ("2026-11-20 07:30:00", True, "2026-11-20 13:30"),
        ("2026-11-20 11:29:59", True, "2026-11-20 13:30"),
        ("2026-11-20 11:30:00", False, "2026-11-20 13:30"),  # lunch
        ("2026-11-20 13:29:59", False, "2026-11-20 13:30"),
        ("2026-11-20 16:59:59", True, "2026-11-21 07:30"),
        ("2026-11-20 17:00:00", False, "2026-11-21 07:30"),
        ("2026-11-20 23:59:59", False, "2026-11-21 07:30"),
        ("2026-11-21 00:00:00", False, "2026-11-21 07:30"),
        ("2026-11-21 11:30:00", False, "2026-11-23 07:30"),  # Saturday noon to Monday
        ("2026-11-22 09:00:00", False, "2026-11-23 07:30"),
    ],
)
def test_the_ward_through_its_week(moment, open_then, opens):
    assert is_open(at(moment), WEEK, USUAL) is open_then
    assert next_opening(at(moment), WEEK, USUAL) == at(opens)


def test_a_moment_of_another_zone_is_taken_to_hanoi():
    utc = datetime.fromisoformat("2026-11-20T00:30:00+00:00")
    assert is_open(utc, WEEK, USUAL)
    assert is_open(utc - timedelta(seconds=1), WEEK, USUAL) is False


def test_holidays_are_closed_and_the_opening_lies_behind_them():
    assert spans_on(date(2027, 2, 5), WEEK, TET) == ()
    assert not is_open(at("2027-02-05 09:00"), WEEK, TET)
    assert next_opening(at("2027-02-03 17:00"), WEEK, TET) == at("2027-02-12 07:30")


def test_a_make_up_day_is_open_whatever_else_is_said_of_it():
    sunday, thursday = date(2027, 2, 14), date(2027, 2, 4)
    calendar = Calendar(closed=TET.closed | {sunday}, opened=frozenset({sunday, thursday}))
    assert spans_on(sunday, WEEK, calendar) == (MORNING, AFTERNOON)  # as on a Monday
    assert spans_on(thursday, WEEK, calendar) == (MORNING, AFTERNOON)
    saturday = Calendar(opened=frozenset({date(2026, 11, 21)}))
    assert spans_on(date(2026, 11, 21), WEEK, saturday) == (MORNING,)


def test_at_quota_the_next_business_day_is_offered():
    assert next_opening_day(at("2026-11-20 08:00"), WEEK, USUAL) == at("2026-11-21 07:30")
    assert next_opening_day(at("2026-11-21 08:00"), WEEK, USUAL) == at("2026-11-23 07:30")
    assert next_opening_day(at("2026-11-21 08:00"), ALWAYS, USUAL) == at("2026-11-22 00:00")


def test_closing_time_is_the_end_of_the_last_span():
    assert closing_time(at("2026-11-20 08:00"), WEEK, USUAL) == at("2026-11-20 17:00")
    assert closing_time(at("2026-11-21 20:00"), WEEK, USUAL) == at("2026-11-21 11:30")
    assert closing_time(at("2026-11-22 08:00"), WEEK, USUAL) is None
    assert closing_time(at("2026-11-22 08:00"), ALWAYS, USUAL) == at("2026-11-23 00:00")


def test_a_place_that_never_opens_says_so():
    assert next_opening(at("2026-11-20 08:00"), NEVER, USUAL) is None
    assert next_opening_day(at("2026-11-20 08:00"), NEVER, USUAL) is None


def test_an_opening_is_looked_for_31_days_ahead_and_no_further():
    def but(day):
        return Calendar(
            closed=frozenset(date(2026, 11, 20) + timedelta(days=n) for n in range(60)),
            opened=frozenset({day}),
        )

    now = at("2026-11-20 08:00")
    assert next_opening(now, WEEK, but(date(2026, 12, 21))) == at("2026-12-21 07:30")
    assert next_opening(now, WEEK, but(date(2026, 12, 22))) is None


def test_the_day_is_hanois_in_the_small_hours_of_utc():
    saturday = at("2026-11-21 06:00").astimezone(UTC)  # Friday still in UTC
    assert next_opening(saturday, WEEK, USUAL) == at("2026-11-21 07:30")
    assert next_opening_day(saturday, WEEK, USUAL) == at("2026-11-23 07:30")
    assert closing_time(saturday, WEEK, USUAL) == at("2026-11-21 11:30")


LATER = at("2030-01-01")
FIRST = date(2026, 11, 16)
some_days = st.frozensets(st.dates(FIRST, FIRST + timedelta(days=40)), max_size=12)
calendars = st.builds(Calendar, closed=some_days, opened=some_days)
moments = st.integers(0, 24 * 24 * 60 * 60).map(lambda s: at("2026-11-16") + timedelta(seconds=s))


@st.composite
def days(draw):
    edges = sorted(draw(st.sets(st.integers(0, 1440), min_size=4, max_size=4)))
    spans = (Span(opens=edges[0], closes=edges[1]), Span(opens=edges[2], closes=edges[3]))
    return spans[: draw(st.integers(0, 2))]


weeks = st.builds(Week, days=st.tuples(*[days()] * 7))


@given(moments, weeks, calendars)
def test_the_next_opening_is_open_and_nothing_open_begins_before_it(now, week, calendar):
    opens = next_opening(now, week, calendar)
    assert opens is None or (opens > now and is_open(opens, week, calendar))
    was_open = is_open(now, week, calendar)
    minute = now.replace(second=0) + timedelta(minutes=1)
    while minute < min(opens or LATER, now + timedelta(days=3)):
        now_open = is_open(minute, week, calendar)
        assert was_open or not now_open
        was_open = now_open
        minute += timedelta(minutes=1)


@given(moments, weeks, calendars)
def test_it_is_open_only_on_days_that_have_spans_and_before_they_close(now, week, calendar):
    spans = spans_on(now.date(), week, calendar)
    closes = closing_time(now, week, calendar)
    assert (closes is None) == (spans == ())
    if is_open(now, week, calendar):
        assert now < closes
    if now.date() in calendar.closed - calendar.opened:
        assert spans == ()


@given(moments, weeks, calendars)
def test_the_next_business_day_is_never_today(now, week, calendar):
    opens = next_opening_day(now, week, calendar)
    assert opens is None or opens.date() > now.date()
