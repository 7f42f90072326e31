"""Folding: the same words however they are typed."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.guide.abbreviations import FOLDED, MARKED
from kiosk.guide.folding import LONGEST_FOLDED, fold, fold_unfinished, marked


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
