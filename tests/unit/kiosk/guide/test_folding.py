"""Folding: the same words however they are typed."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.guide.abbreviations import FOLDED, MARKED
from kiosk.guide.folding import (
    LONGEST_FOLDED,
    LONGEST_TEXT,
    fold,
    fold_unfinished,
    marked,
    without_marks,
)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        ("HOÀ, hòa và hoà!", "hoa hoa va hoa"),
        ("làm GKS ko cần CMND?", "lam giay khai sinh khong can chung minh nhan dan"),
        ("đc k", "duoc khong"),
        ("đổi cccd/bhyt", "doi can cuoc cong dan bao hiem y te"),
        ("sổ đỏ, sổ hồng", "so do so hong"),
        ("làm được hông", "lam duoc khong"),
        ("hẻm 12/3", "hem 12 3"),
        ("ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("đi\u200bền", "dien"),
        ("привет 你好 🙂", ""),
        ("'; DROP TABLE x; --", "drop table x"),
        ("", ""),
    ],
)  # fmt: skip
def test_examples(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text(max_size=300))
@example("K K K " * 300)
@example("a" * 10_000)
@example("đc " * 4_000)
def test_twice_is_once_and_nothing_raises(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert len(once) <= LONGEST_FOLDED
    assert set(once) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert once == " ".join(once.split())


@given(st.text(alphabet="aàảãáạăằâầêếoôồơờuưừyỳdđ hngtc", max_size=60))
def test_composed_and_decomposed_letters_are_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_an_expansion_is_never_expanded_again() -> None:
    for full in (*FOLDED.values(), *MARKED.values()):
        assert not FOLDED.keys() & set(full.split()), full
    assert not any(short.isascii() for short in MARKED), "a folded word would be expanded again"
    assert all(short.isascii() for short in FOLDED)


def test_marks_stay_where_they_are_wanted() -> None:
    assert marked("BỐ TÔI Mất") == "bố tôi mất"
    assert marked(unicodedata.normalize("NFD", "Mắt")) == "mắt"


def test_an_unfinished_word_is_no_abbreviation() -> None:
    assert fold("kh") == "khong"
    assert fold_unfinished("Kh") == "kh"
    assert fold_unfinished("làm gks kh") == "lam giay khai sinh kh"
    assert fold_unfinished("làm gks ") == "lam giay khai sinh"
    assert fold_unfinished("🙂") == ""


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("làm-gks_ở  đk", "lam giay khai sinh o dk"),
        ("Kh", "kh"),
        ("đt", "dt"),  # not a telephone yet
        ("ở quận Đ", "o quan d"),
        ("khai sinh приве", "khai sinh"),
        ("приве khai s", "khai s"),
        ("khai sinh,", "khai sinh"),  # the comma ended the word
        ("ko.", "khong"),
    ],
)
def test_only_the_word_at_the_very_end_is_unfinished(typed: str, folded: str) -> None:
    assert fold_unfinished(typed) == folded


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("ĐỔI\u00adthẻ\ufeff", "đổithẻ"),
        ("ﬁle №1", "file no1"),
        ("STRASSE ß", "strasse ss"),
        ("a\u2003b", "a b"),
    ],
)
def test_tidied_text_keeps_its_marks_and_loses_its_oddities(text: str, tidy: str) -> None:
    assert marked(text) == tidy


def test_only_so_much_is_read() -> None:
    assert marked("x" * (LONGEST_TEXT + 5)) == "x" * LONGEST_TEXT
    assert marked("\u200b" * LONGEST_TEXT + "x") == ""  # what is invisible was read as well
    assert len(marked("ﬃ" * LONGEST_TEXT)) == LONGEST_TEXT  # three letters of one


def test_what_is_too_long_is_cut_between_words() -> None:
    just = "a" * (LONGEST_FOLDED - 2) + " b"
    assert fold(just) == just
    assert fold(just + " cc") == just  # the blank stood just behind
    assert fold(just + "b cc") == "a" * (LONGEST_FOLDED - 2)
    assert fold("a" * (LONGEST_FOLDED + 1)) == "a" * LONGEST_FOLDED
    assert fold_unfinished(just + " cc") == just


def test_a_word_without_marks_has_d_for_its_crossed_d() -> None:
    assert without_marks("đường") == "duong"
    assert without_marks("quyển") == "quyen"
