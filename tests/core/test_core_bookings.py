"""Bookings: taken in, checked in once, ranked by when they were registered."""

import pytest
from hall_of_the_house import Clerks

from kiosk.words import (
    BookingCheckedIn,
    BookingLine,
    CheckInBooking,
    ImportBookings,
    IssueTicket,
)


def line(code, at="2026-11-23T08:10:00+07:00", **more):
    """A booking for land matters today."""
    values = {"service": "land", "registered_at": "2026-11-20T08:00:00+07:00"} | more
    return BookingLine(code=code, at=at, **values)


@pytest.fixture
def clerks(house):
    """Counter 4 is open."""
    return Clerks(house, "4")


def take_in(clerks, *lines):
    """What the import came to."""
    return clerks.do(ImportBookings(bookings=lines))


def test_good_ones_are_kept_and_of_each_other_one_it_is_told_why(clerks):
    result = take_in(
        clerks,
        line("AAAA1", person="001099000001"),
        line("AAAA2", person="001099 000 001"),
        line("AAAA3", person="001099000001"),
        line("AAAA4", at="soon"),
        line("AAAA5", service="fishing"),
        line("AAAA6", at="2026-12-24T08:00:00+07:00"),
        line("no code"),
        line("đ"),
    )
    assert result.kept == 3
    assert dict(result.refused) == {
        3: "booking_too_many",
        4: "booking_time",
        5: "unknown_service",
        6: "booking_day",
        8: "booking_code",
    }
    again = take_in(clerks, line("AAAA1", person="001099000001"), line("AAAA9", person="1"))
    assert (again.kept, again.known, again.refused) == (1, 1, ())


def test_nothing_of_the_person_is_kept(clerks, tmp_path):
    take_in(clerks, line("AAAA1", person="001099000001"))
    (kept,) = clerks.house.store.bookings.all()
    assert len(kept.person) == 64
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"001099000001" in path.read_bytes() for path in files)


def test_the_same_code_is_the_same_number(clerks):
    take_in(clerks, line("AAAA1"))
    cards = [
        clerks.do(CheckInBooking(code=code)).card for code in ("AAAA1", "aa-aa 1", "LTB1.AAAA1")
    ]
    assert {card.ticket.number for card in cards} == {"D001"}
    told = [one for one in clerks.house.events if isinstance(one, BookingCheckedIn)]
    assert [one.number for one in told] == ["D001"]


def test_who_registered_first_is_called_first_once_it_is_time(clerks):
    take_in(
        clerks,
        line("LATER", registered_at="2026-11-21T08:00:00+07:00"),
        line("FIRST", registered_at="2026-11-19T08:00:00+07:00"),
    )
    clerks.come(1)  # 8:01
    for code in ("LATER", "FIRST"):
        clerks.do(CheckInBooking(code=code))
    clerks.come(9, start=2)  # until 8:10
    called = []
    for _ in range(3):
        number, why = clerks.next()
        clerks.then("serve", number)
        called.append((number, why))
    assert called == [("D003", "booked"), ("D002", "booked"), ("D001", "longest_wait")]


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("2026-11-23T07:44:00+07:00", "booking_late"),
        ("2026-11-23T09:01:00+07:00", "booking_early"),
        ("2026-11-24T08:00:00+07:00", "booking_other_day"),
    ],
)
def test_at_another_time_it_says_so(clerks, when, code):
    take_in(clerks, line("AAAA1", at=when))
    assert clerks.refused(CheckInBooking(code="AAAA1")) == code


def test_an_unknown_code_is_no_number(clerks):
    assert clerks.refused(CheckInBooking(code="AAAA1")) == "unknown_booking"
    assert clerks.refused(CheckInBooking(code="https://x")) == "unknown_booking"


def test_a_booking_has_its_number_even_where_the_day_is_full(start):
    clerks = Clerks(start({"daily_quota": "1"}))
    take_in(clerks, line("AAAA1", service="civil-status"))
    clerks.house.issue("request-1", service="civil-status")
    assert clerks.refused(IssueTicket(request_id="request-2", service="civil-status")) == "full"
    assert clerks.do(CheckInBooking(code="AAAA1")).card.ticket.number == "A002"
