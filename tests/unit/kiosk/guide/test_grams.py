"""Grams and sounds: what the search compares."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.guide.grams import (
    LETTERS,
    SOUNDS,
    SYLLABLES,
    channels,
    keys,
    keys_of_names,
    name_keys,
    runs,
)
from kiosk.guide.sounds import sound

WORDS = st.lists(st.text(alphabet="abcdeghiklmnopqrstuvxy0123456789", min_size=1, max_size=8))


@given(WORDS)
def test_keys_are_sorted_different_and_of_three_channels(words: list[str]) -> None:
    found = keys(" ".join(words))
    assert np.all(np.diff(found) > 0)
    assert set(channels(found).tolist()) <= {LETTERS, SYLLABLES, SOUNDS}
    assert bool(len(found)) == bool(words)


def test_order_of_syllables_tells() -> None:
    syllables = [
        {key for key in keys(text).tolist() if channels(np.array([key]))[0] == SYLLABLES}
        for text in ("khai sinh", "sinh khai")
    ]
    assert len(syllables[0] & syllables[1]) == 2  # the two words, not their run
    assert len(syllables[0] - syllables[1]) == 1


def test_what_sounds_alike_has_one_key() -> None:
    for pair in (("xinh", "sinh"), ("tru", "chu"), ("lam", "nam"), ("gia", "za"), ("ky", "ki"),
                 ("dan", "dang"), ("giay", "day"), ("cat", "cac")):  # fmt: skip
        assert sound(pair[0]) == sound(pair[1]), pair
    for pair in (("sinh", "tu"), ("mat", "mai"), ("nha", "na"), ("khai", "cai")):
        assert sound(pair[0]) != sound(pair[1]), pair


@given(st.text(alphabet="abcdeghiklmnopqrstuvxy", min_size=1, max_size=9))
def test_every_syllable_has_a_sound(syllable: str) -> None:
    assert sound(syllable)


def test_many_names_in_one_sweep_have_the_keys_of_each():
    names = ["dang ky khai sinh", "", "a", "khai sinh khai sinh", "ab c"]
    found, owners = keys_of_names(names)
    assert [sorted(found[owners == place].tolist()) for place in range(len(names))] == [
        name_keys(name).tolist() for name in names
    ]
    assert [len(one) for one in keys_of_names([])] == [0, 0]


def count_by_channel(text: str) -> dict[int, int]:
    """How many grams of a text each channel has."""
    found = channels(keys(text)).tolist()
    return {channel: found.count(channel) for channel in (LETTERS, SYLLABLES, SOUNDS)}


@pytest.mark.parametrize(
    ("text", "letters", "syllables", "sounds"),
    [
        ("", 0, 0, 0),
        ("a", 1, 1, 1),  # " a "
        ("ab", 2 + 1, 1, 1),
        ("abc", 3 + 2 + 1, 1, 1),
        ("khai sinh", 9 + 8 + 7, 2 + 1, 2 + 1),
        ("dang ky khai sinh", 17 + 16 + 15, 4 + 3 + 2, 4 + 3),
        ("khai  khai", 5 + 5 + 5, 1 + 1, 1 + 1),  # each once
    ],
)
def test_runs_of_letters_syllables_and_sounds(
    text: str, letters: int, syllables: int, sounds: int
) -> None:
    assert count_by_channel(text) == {LETTERS: letters, SYLLABLES: syllables, SOUNDS: sounds}


def test_a_key_stays_the_same_for_ever() -> None:
    """The shipped model holds them: another key is a gram that nobody ever saw."""
    letters = [1557, 4330, 53468, 54833, 59202, 164577, 2031821, 2249713, 77209234]
    syllables = [2463990944755789946, 4363589152387797158, 4381088392852088884]
    sounds = [4769833953969483898, 6669432161601491110, 6686931402065782836]
    assert keys("ab 9").tolist() == [*letters, *syllables, *sounds]
    assert name_keys("ab 9").tolist() == [59202, 164577, 2031821, *syllables]


def test_runs_are_laid_end_to_end() -> None:
    starts, counts = np.array([5, 0, 7]), np.array([2, 0, 3])
    assert runs(starts, counts).tolist() == [5, 6, 7, 8, 9]
    assert runs(starts[:0], counts[:0]).tolist() == []
