"""Hours of a week as one line of a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centre.bookings.week import hours_of, week_of

DAY = [["07:30-11:30", "13:30-17:00"], ["07:30-11:30"], ["00:00-24:00"], []]
WEEKS = st.lists(st.sampled_from(DAY), min_size=7, max_size=7).filter(any)


def test_a_usual_week():
    both = ["07:30-11:30", "13:30-17:00"]
    week = week_of("mon-fri 07:30-11:30 13:30-17:00; sat 07:30-11:30")
    assert week == [both, both, both, both, both, ["07:30-11:30"], []]


@given(WEEKS)
def test_a_week_is_said_and_read_again(week):
    assert week_of(hours_of(week)) == week


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no day"),
        ("mon", "spans"),
        ("thứ hai 07:30-11:30", "days are"),
        ("fri-mon 07:30-11:30", "monday to sunday"),
        ("mon 7:30-11:30", "spans"),
        ("mon 07:30-25:00", "spans"),
        ("mon 11:30-07:30", "each ends"),
        ("mon 07:30-11:30 11:00-12:00", "follow each other"),
        ("mon-fri 07:30-11:30; wed 07:30-11:30", "twice"),
    ],
)
def test_hours_that_are_none(text, why):
    with pytest.raises(ValueError, match=why):
        week_of(text)
