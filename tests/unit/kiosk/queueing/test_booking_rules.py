"""Bookings: their codes, which are taken in, and when one may check in."""

from datetime import UTC, date

import pytest
from ward import at

from kiosk.queueing.booking import (
    Booking,
    BookingRule,
    booking_code,
    hanoi_moment,
    person_key,
    refused_check_in,
    refused_import,
)

TODAY = date(2026, 11, 21)
RULE = BookingRule()


def booking(when="2026-11-21T09:30:00+07:00", **more):
    """A booking for land matters."""
    return Booking(
        **({"code": "AB12CD", "service": "land", "at": when, "registered_at": when} | more)
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ab12cd", "AB12CD"),
        (" AB-12 cd\r", "AB12CD"),
        ("LTB1.AB12CD", "AB12CD"),
        ("ltb1.ab12cd", "AB12CD"),  # typed from beneath the picture
        ("AB.12.CD", "AB12CD"),
        ("AB1", ""),
        ("AB12", "AB12"),
        ("A" * 40, "A" * 40),
        ("abc", ""),
        ("A" * 41, ""),
        ("đặt chỗ 1", ""),
        ("https://x.vn/AB12", ""),
        ("", ""),
    ],
)
def test_a_code_has_one_form(text, code):
    assert booking_code(text) == code


def test_moments_are_hanois():
    assert hanoi_moment("2026-11-21T02:30:00Z") == "2026-11-21T09:30:00+07:00"
    assert hanoi_moment("2026-11-21 09:30") == "2026-11-21T09:30:00+07:00"
    assert hanoi_moment(" 2026-11-21T09:30:00.750+07:00\n") == "2026-11-21T09:30:00+07:00"
    with pytest.raises(ValueError, match="isoformat"):
        hanoi_moment("half past nine")


def test_a_person_is_the_same_however_the_number_is_written():
    assert person_key(" 001 093-012.345a\n") == person_key("001093012345A") == "001093012345A"
    assert person_key(" -. ") == ""


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, None),
        ({"code": ""}, "booking_code"),
        ({"service": "fishing"}, "unknown_service"),
        ({"at": "2026-11-20T09:30:00+07:00"}, "booking_day"),
        ({"at": "2026-11-27T09:30:00+07:00"}, None),
        ({"at": "2026-11-28T09:30:00+07:00"}, "booking_day"),
        ({"person": "two"}, "booking_too_many"),
        ({"person": "one"}, None),
        ({"person": "two", "at": "2026-11-22T09:30:00+07:00"}, None),
    ],
)
def test_which_are_taken_in(change, why):
    booked = {("two", "2026-11-21"): 2, ("one", "2026-11-21"): 1}
    assert refused_import(booking(**change), TODAY, {"land"}, booked, RULE) == why


def test_where_one_a_day_is_the_rule_the_first_is_taken_in():
    rule = BookingRule(a_person_a_day=1)
    assert refused_import(booking(person="new"), TODAY, {"land"}, {}, rule) is None


def test_the_day_of_a_booking_is_hanois_whatever_the_clock_is_set_to():
    early = booking("2026-11-21T06:30:00+07:00")
    assert refused_check_in(early, at("2026-11-21 06:30").astimezone(UTC), RULE) is None


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        ("2026-11-21 08:29", "booking_early"),
        ("2026-11-21 08:30", None),
        ("2026-11-21 09:45", None),
        ("2026-11-21 09:46", "booking_late"),
        ("2026-11-22 09:30", "booking_other_day"),
    ],
)
def test_when_one_may_check_in(moment, why):
    assert refused_check_in(booking(), at(moment), RULE) == why
