"""The cursor of the feeds: one word there and back, and nothing else is one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from centre.documents.audience import audiences_of
from centre.documents.cursor import Cursor, place_of
from centre.errors import Refused
from centre.identity.caller import Caller

counts = st.integers(0, 2**52 - 1)
calm = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
words = st.text(max_size=20)


@calm
@given(counts, counts, words, words, counts)
def test_there_and_back(
    documents: int, bookings: int, site: str, group: str, timeline: int
) -> None:
    cursor = Cursor(documents, bookings, place_of(Caller("x", site, group), timeline))
    assert Cursor.read(str(cursor)) == cursor
    assert len(str(cursor)) <= 64


@calm
@given(st.text(max_size=80))
def test_anything_else_is_refused(word: str) -> None:
    try:
        cursor = Cursor.read(word)
    except Refused as error:
        assert error.code == "cursor"  # noqa: PT017 - the other way is a cursor
    else:
        assert Cursor.read(str(cursor)) == cursor


@pytest.mark.parametrize("word", ["", "1-1", "1-1-0000000g", "1-1-00000000 ", "-1-1-00000000"])
def test_what_is_nearly_one(word: str) -> None:
    with pytest.raises(Refused):
        Cursor.read(word)


def test_another_place_has_another_cursor() -> None:
    places = {
        place_of(Caller("x", site, group), timeline)
        for site in ("a", "b")
        for group in ("", "pilot")
        for timeline in (0, 1)
    }
    assert len(places) == 8


def test_the_narrowest_audience_is_the_first() -> None:
    assert audiences_of("a", "pilot") == ("site:a", "group:pilot", "")
    assert audiences_of("a", "") == ("site:a", "")
