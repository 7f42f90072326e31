"""Ticket numbers are written and read the same way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.queueing.series import next_running, number_text, parse_number


@pytest.mark.parametrize(
    ("series", "running", "text"),
    [("A", 1, "A001"), ("A", 7, "A007"), ("G", 999, "G999"), ("A", 1000, "A1000")],
)
def test_numbers_by_example(series, running, text):
    assert number_text(series, running) == text


@given(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), st.integers(1, 100_000))
def test_what_is_written_is_read_again(series, running):
    assert parse_number(number_text(series, running)) == (series, running)


@pytest.mark.parametrize("running", [0, -1])
def test_a_series_starts_at_one(running):
    with pytest.raises(ValueError, match="starts at 1"):
        number_text("A", running)


@pytest.mark.parametrize(
    "text", ["", "A", "A07", "A0007", "a007", "Đ007", "AA007", "A007 ", "A007\n", "A00７"]
)
def test_nothing_else_is_a_number(text):
    with pytest.raises(ValueError, match="no ticket number"):
        parse_number(text)


def test_a_number_cannot_be_nought():
    with pytest.raises(ValueError, match="starts at 1"):
        parse_number("A000")


def test_the_first_of_the_day_and_the_next():
    assert next_running(None) == 1
    assert next_running(0) == 1
    assert next_running(41) == 42
