"""Who expires at the end of the day."""

from dataclasses import replace

import pytest
from ward import stamp, ticket

from kiosk.queueing.closing import left_over


@pytest.mark.parametrize(
    ("state", "called", "is_seen_to", "expires"),
    [
        ("waiting", False, True, True),  # a counter at work begins with nobody new
        ("waiting", False, False, True),
        ("waiting", True, True, False),  # came back, or was put back: their counter is still there
        ("waiting", True, False, True),
        ("on_hold", True, True, False),
        ("on_hold", True, False, True),
        ("called", True, False, False),  # the counter's own affair
        ("serving", True, False, False),
    ],
)
def test_whom_nobody_will_see_to_expires(state, called, is_seen_to, expires):
    one = replace(ticket(), state=state, called_at=stamp(9) if called else "")
    assert left_over([one], {"land"}, lambda _: is_seen_to) == [one] * expires


def test_it_is_asked_of_each_who_sees_to_them():
    held = [replace(ticket(n), state="on_hold", called_at=stamp(9)) for n in (1, 2)]
    assert left_over(held, {"land"}, lambda one: one.id == 1) == held[1:]


def test_a_service_that_goes_on_keeps_its_people():
    assert left_over([ticket()], {"social"}, lambda _: False) == []
