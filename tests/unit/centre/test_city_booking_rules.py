"""Which bookings of the city's app are taken, and which slots are free."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centre.bookings.codes import LETTERS, draw_code, scanned, shown
from centre.bookings.rules import (
    BookingPlan,
    Standing,
    days_ahead,
    free_slots,
    refused_booking,
    slots_on,
)
from hardware.scanner.forms import BookingForm, form_of
from kiosk.queueing.booking import Booking, BookingRule, booking_code
from kiosk.queueing.hours import HANOI, Calendar, Span, Week

MORNING = Span(opens=7 * 60 + 30, closes=11 * 60 + 30)
AFTERNOON = Span(opens=13 * 60 + 30, closes=17 * 60)
WEEK = Week(days=((MORNING, AFTERNOON),) * 5 + ((MORNING,), ()))
LAND = BookingPlan(service="land", field="land", a_slot=2, slot_min=30, week=WEEK)
USUAL = Calendar()
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=HANOI)
RULE = BookingRule()


def booking(when="2026-11-23T09:00:00+07:00", **more):
    """A booking for land matters."""
    values = {"code": "AB12CD34", "service": "land", "at": when, "registered_at": when}
    return Booking(**(values | {"person": "somebody"} | more))


def refused(one, standing=Standing(), *, now=NOW, calendar=USUAL, plan=LAND):  # noqa: B008
    return refused_booking(one, plan, calendar, standing, now, RULE)


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("2026-11-23T09:00:00+07:00", None),
        ("2026-11-23T16:30:00+07:00", None),
        ("2026-11-23T09:10:00+07:00", "booking_slot"),  # between two slots
        ("2026-11-23T09:00:01+07:00", "booking_slot"),
        ("2026-11-23T11:30:00+07:00", "booking_slot"),  # lunch
        ("2026-11-23T17:00:00+07:00", "booking_slot"),
        ("2026-11-29T09:00:00+07:00", "booking_slot"),  # Sunday, six days on
        ("2026-11-28T09:00:00+07:00", None),
        ("2026-11-30T09:00:00+07:00", "booking_day"),  # seven days on
        ("2026-11-22T09:00:00+07:00", "booking_day"),
    ],
)
def test_a_slot_of_today_or_the_next_six_days(when, why):
    assert refused(booking(when)) == why


def test_a_slot_that_has_begun_is_past():
    at_nine = NOW.replace(hour=9)
    assert refused(booking(), now=at_nine - timedelta(seconds=1)) is None
    assert refused(booking(), now=at_nine) == "booking_past"


def test_the_day_is_hanois_and_not_londons():
    late = datetime.fromisoformat("2026-11-22T18:00:00+00:00")  # 01:00 of Monday in Hanoi
    assert days_ahead(late)[0] == MONDAY
    assert refused(booking("2026-11-23T09:00:00+07:00"), now=late) is None


def test_a_full_slot():
    assert refused(booking(), Standing(in_slot=1)) is None
    assert refused(booking(), Standing(in_slot=2)) == "booking_full"


def test_two_a_person_a_day_and_one_a_field():
    assert refused(booking(), Standing(fields=("civil-status",))) is None
    assert refused(booking(), Standing(fields=("land",))) == "booking_field"
    assert refused(booking(), Standing(fields=("a", "b"))) == "booking_too_many"


def test_a_day_off_has_no_slots_and_a_make_up_day_has_mondays():
    sunday = MONDAY + timedelta(days=6)
    assert slots_on(MONDAY, LAND, Calendar(closed=frozenset({MONDAY}))) == ()
    assert len(slots_on(MONDAY, LAND, USUAL)) == 15
    assert len(slots_on(sunday, LAND, Calendar(opened=frozenset({sunday})))) == 15


def test_free_slots_are_what_the_rules_would_take():
    nine, now = NOW.replace(hour=9), NOW.replace(hour=8, minute=30)
    half_past = nine + timedelta(minutes=30)
    free = dict(free_slots(MONDAY, LAND, USUAL, [nine, nine, half_past], now))
    assert nine not in free
    assert free[half_past] == 1
    assert min(free) > now
    assert free_slots(MONDAY - timedelta(days=1), LAND, USUAL, [], now) == ()
    assert free_slots(MONDAY + timedelta(days=7), LAND, USUAL, [], now) == ()


@given(
    minutes=st.integers(0, 8 * 24 * 60),
    now=st.integers(0, 24 * 60),
    slot_min=st.integers(5, 240),
    in_slot=st.integers(0, 3),
)
def test_the_list_of_free_slots_and_the_rule_agree(minutes, now, slot_min, in_slot):
    midnight = datetime(2026, 11, 23, tzinfo=HANOI)
    at, moment = midnight + timedelta(minutes=minutes), midnight + timedelta(minutes=now)
    plan = BookingPlan(service="land", field="land", a_slot=2, slot_min=slot_min, week=WEEK)
    free = dict(free_slots(at.date(), plan, USUAL, [at] * in_slot, moment))
    why = refused(booking(at.isoformat()), Standing(in_slot=in_slot), now=moment, plan=plan)
    assert (at in free) == (why is None)


def test_codes_are_known_to_kiosks_and_scanners():
    drawn = {draw_code() for _ in range(200)}
    assert len(drawn) == 200
    for code in drawn:
        assert set(code) <= set(LETTERS)
        assert booking_code(shown(code)) == code == booking_code(scanned(code))
        assert form_of(scanned(code)) == BookingForm(code.lower())
