"""What the keys of the technician's keyboard write: names with capitals and marks, ports, lists."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.screen.technician_keys import LONGEST, SIGNS, press

KEYS = [*"abcdeuowdsfrxjz0123", *SIGNS, "space", "erase", "clear", "acute", "telex", "nonsense", ""]


def typed(keys: str, *, telex: bool) -> str:
    """A capital in `keys` is typed with shift."""
    text = ""
    for key in keys:
        named = "space" if key == " " else key.lower()
        text = press(text, named, shift=key.isupper(), telex=telex)
    return text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("UBND phuwowngf Ba DDinhf", "UBND phường Ba Đình"),
        ("Nguyeenx Thij Lan", "Nguyễn Thị Lan"),
        ("TRAANF HUWNG DDAOJ", "TRẦN HƯNG ĐẠO"),
        ("lan Nguyeenx", "lan Nguyễn"),
    ],
)
def test_telex_with_capitals(keys: str, text: str) -> None:
    assert typed(keys, telex=True) == text


@pytest.mark.parametrize(
    "text",
    ["serial:/dev/ttyUSB0:115200", "tcp:192.168.1.50", '{ monday = ["07:30-11:30"] }', "a_b@c-d"],
)
def test_ports_and_lists_are_typed_as_they_are(text: str) -> None:
    assert typed(text, telex=False) == text


def test_the_last_letter_is_taken_back_and_capitals_stay() -> None:
    assert press("TRẦN", "erase") == "TRẦ"
    assert press("Lan ", "erase") == "Lan"
    assert press("Lan", "clear") == ""


@given(st.lists(st.sampled_from(KEYS), max_size=60), st.booleans(), st.booleans())
def test_whatever_is_pressed_it_stays_one_line_of_text(
    keys: list[str], shift: bool, telex: bool
) -> None:
    text = ""
    for key in keys:
        text = press(text, key, shift=shift, telex=telex)
        assert text.isprintable()
        assert unicodedata.is_normalized("NFC", text)
        assert len(text) <= LONGEST
