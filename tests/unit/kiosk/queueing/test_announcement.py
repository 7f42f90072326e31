"""How loudly, and by which recordings."""

from datetime import UTC, datetime

import pytest

from kiosk.queueing.announcement import Loudness
from kiosk.queueing.hours import HANOI, Span

NOON = Loudness(usual=0.9, softly=0.3, quiet=(Span(opens=11 * 60 + 30, closes=13 * 60),))


@pytest.mark.parametrize(
    ("hour", "minute", "loudness"),
    [(11, 29, 0.9), (11, 30, 0.3), (12, 59, 0.3), (13, 0, 0.9)],
)
def test_it_is_softer_in_the_quiet_spans(hour: int, minute: int, loudness: float) -> None:
    assert NOON.at(datetime(2026, 11, 23, hour, minute, tzinfo=HANOI)) == loudness


def test_the_time_of_day_is_hanois() -> None:
    assert NOON.at(datetime(2026, 11, 23, 5, 0, tzinfo=UTC)) == 0.3
