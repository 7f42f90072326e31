"""Grams and sounds: what the search compares."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kiosk.guide.grams import LETTERS, SOUNDS, SYLLABLES, channels, keys, keys_of_names, name_keys
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
