"""The Vietnamese keyboard's writing: tone marks, Telex, and what never happens to a text."""

from __future__ import annotations

import unicodedata
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.screen.keystrokes import LONGEST, TELEX_LETTERS, TELEX_TONES, press
from kiosk.screen.tones import TONES, VOWELS, tone_of, toned, untoned

LETTERS = "abcdefghijklmnopqrstuvwxyz" + "ăâđêôơư" + "0123456789"
NAMES = ("space", "erase", "clear", "none", *TONES)
keys = st.sampled_from((*LETTERS, *NAMES))
lines = st.lists(keys, max_size=40)
words = st.text(LETTERS, min_size=1, max_size=8)


def typed(strokes: list[str], *, telex: bool = False) -> str:
    return reduce(lambda text, key: press(text, key, telex=telex), strokes, "")


def telexed(strokes: str) -> str:
    return typed(["space" if key == " " else key for key in strokes], telex=True)


@pytest.mark.parametrize(
    ("bare", "tone", "written"),
    [
        ("hoa", "grave", "hòa"),
        ("khoe", "hook", "khỏe"),
        ("thuy", "hook", "thủy"),
        ("hoan", "grave", "hoàn"),
        ("toan", "acute", "toán"),
        ("huynh", "grave", "huỳnh"),
        ("mia", "acute", "mía"),
        ("cua", "hook", "của"),
        ("muon", "acute", "muón"),
        ("muôn", "acute", "muốn"),
        ("đương", "grave", "đường"),
        ("phương", "grave", "phường"),
        ("ruou", "dot", "ruọu"),
        ("rươu", "dot", "rượu"),
        ("ngoai", "grave", "ngoài"),
        ("khuyu", "hook", "khuỷu"),
        ("nguyên", "tilde", "nguyễn"),
        ("qua", "hook", "quả"),
        ("quy", "acute", "quý"),
        ("quôc", "acute", "quốc"),
        ("gia", "grave", "già"),
        ("gi", "grave", "gì"),
        ("gin", "grave", "gìn"),
        ("giêng", "acute", "giếng"),
        ("giay", "acute", "giáy"),
        ("giây", "acute", "giấy"),
        ("yêu", "acute", "yếu"),
        ("cccd", "acute", "cccd"),
        ("hòa", "acute", "hóa"),
        ("hòa", "", "hoa"),
    ],
)
def test_the_tone_stands_where_people_write_it(bare: str, tone: str, written: str) -> None:
    assert toned(bare, tone) == written


@pytest.mark.parametrize(
    ("strokes", "text"),
    [
        ([*"khai", "space", *"sinh"], "khai sinh"),
        ([*"hoa", "grave", "n"], "hoàn"),
        ([*"hoan", "grave", "erase"], "hòa"),
        ([*"kêt", "acute", "space", *"hôn"], "kết hôn"),
        ([*"giây", "space", "acute"], "giấy "),
        ([*"ma", "acute", "acute"], "ma"),
        ([*"ma", "acute", "dot"], "mạ"),
        ([*"ma", "acute", "none"], "ma"),
        (["space", "a", "space", "space", "b"], "a b"),
        (["acute", "none", "erase"], ""),
        ([*"12", "acute"], "12"),
        ([*"abc", "clear", "d"], "d"),
        (["a", "enter", "😀", ""], "a"),
    ],
)
def test_keys_write(strokes: list[str], text: str) -> None:
    assert typed(strokes) == text


@pytest.mark.parametrize(
    ("strokes", "text"),
    [
        ("khai sinh", "khai sinh"),
        ("giaays", "giấy"),
        ("giaasy", "giấy"),
        ("ddaats", "đất"),
        ("dduwowngf", "đường"),
        ("dduowngf", "đường"),
        ("duongwfd", "đường"),
        ("thwa", "thưa"),
        ("thw wu", "thư ưu"),
        ("nguyeenx", "nguyễn"),
        ("tieengs vieetj", "tiếng việt"),
        ("chuwngs thwcj", "chứng thực"),
        ("muons", "muón"),
        ("toansz", "toan"),
        ("ass", "as"),
        ("aaa", "aa"),
        ("aww", "aw"),
        ("ddd", "dd"),
        ("sx", "sx"),
        ("z", "z"),
        ("a1s", "á1"),
    ],
)
def test_telex_writes(strokes: str, text: str) -> None:
    assert telexed(strokes) == text


@given(lines, st.booleans())
def test_any_keys_give_a_short_composed_text(strokes: list[str], telex: bool) -> None:
    text = typed(strokes, telex=telex)
    assert unicodedata.is_normalized("NFC", text)
    assert len(text) <= LONGEST
    assert not text.startswith(" ")
    assert "  " not in text


@given(words, st.sampled_from(sorted(TONES)))
def test_a_tone_is_one_mark_on_a_vowel_and_can_be_taken_away(word: str, tone: str) -> None:
    marked = toned(word, tone)
    assert untoned(marked) == word
    assert toned(marked, tone) == marked
    assert len(marked) == len(word)
    assert (tone_of(marked) == tone) == any(letter in VOWELS for letter in word)


@given(lines, st.sampled_from(sorted(TONES)))
def test_a_tone_key_changes_the_last_word_alone(strokes: list[str], tone: str) -> None:
    before = typed(strokes)
    after = press(before, tone)
    assert untoned(after) == untoned(before)
    assert after.rstrip().split(" ")[:-1] == before.rstrip().split(" ")[:-1]


@given(words, st.sampled_from(sorted(TELEX_TONES)))
def test_a_telex_tone_is_the_tone_key_or_a_letter(word: str, key: str) -> None:
    by_telex, by_key = press(word, key, telex=True), press(word, TELEX_TONES[key])
    assert by_telex == (by_key if by_key != word else word + key)


@given(st.sampled_from(sorted(TELEX_LETTERS)))
def test_a_telex_letter_typed_once_more_is_taken_back(pair: str) -> None:
    assert telexed(pair) == TELEX_LETTERS[pair]
    assert telexed(pair + pair[1]) == pair


def test_a_full_line_takes_no_more() -> None:
    full = "a" * LONGEST
    assert press(full, "b") == full
    assert press(full, "space") == full
    assert press(full, "acute") != full
