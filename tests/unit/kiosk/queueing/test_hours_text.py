"""Opening hours in words."""

from kiosk.queueing.hours import Span, Week
from kiosk.queueing.hours_text import hours_lines

MORNING, AFTERNOON = Span(opens=450, closes=690), Span(opens=810, closes=1020)
DAYS = ["T2", "T3", "T4", "T5", "T6", "T7", "CN"]


def lines(*days):
    return hours_lines(Week(days=days), DAYS.__getitem__)


def test_days_that_are_alike_share_a_line_and_closed_days_have_none():
    whole = (MORNING, AFTERNOON)
    assert lines(whole, whole, whole, whole, whole, (MORNING,), ()) == (
        "T2 – T6: 7:30–11:30, 13:30–17:00",
        "T7: 7:30–11:30",
    )


def test_a_closed_day_between_parts_the_run():
    assert lines((MORNING,), (), (MORNING,), (MORNING,), (), (), ()) == (
        "T2: 7:30–11:30",
        "T4 – T5: 7:30–11:30",
    )


def test_midnight_is_the_end_of_a_day():
    assert lines((Span(opens=0, closes=1440),), (), (), (), (), (), ()) == ("T2: 0:00–24:00",)


def test_a_week_that_is_closed_has_nothing_to_say():
    assert lines((), (), (), (), (), (), ()) == ()
