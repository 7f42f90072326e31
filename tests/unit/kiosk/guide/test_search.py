"""The search: right procedures first, plain before rare, honest about not knowing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_ward import PAPERS, QUESTIONS, Paper, small_model, small_search

from kiosk.guide.model import Model
from kiosk.guide.search import Search


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("vợ mới sinh em bé", "birth"),
        ("bo toi vua mat", "death"),
        ("đăng kí khai xinh", "birth"),
        ("photo công trứng bằng đại học", "copies"),
        ("cat khau", "leaving"),
        ("saoy banchinh", "copies"),
        ("khai sinh cho con có bố là người nước ngoài", "birth-abroad"),
        ("khai sinh ở xã biên giới, mẹ là người Lào nước ngoài", "birth-border"),
    ],
)
def test_own_words_find_the_procedure(asked: str, code: str) -> None:
    assert small_search().find(asked).hits[0].code == code


def test_marks_change_nothing() -> None:
    without = small_search().find("bo toi vua mat")
    assert without == small_search().find("bố tôi vừa mất")


def test_the_plain_form_comes_before_its_siblings() -> None:
    codes = [hit.code for hit in small_search().find("đăng ký khai sinh").hits]
    assert codes.index("birth") < codes.index("birth-abroad")


def test_an_import_is_found_by_its_name_at_once() -> None:
    new = Paper("new", "Cấp giấy phép nuôi ong lấy mật", "Nuôi ong lấy mật")
    search = Search([*PAPERS, new], small_model())
    for asked in ("giấy phép nuôi ong", "toi muon nuoi ong lay mat", new.official):
        assert search.find(asked).hits[0].code == "new"


def test_names_alone_carry_a_catalogue_without_a_model() -> None:
    search = Search(PAPERS, Model.empty())
    assert search.find("xóa đăng ký thường trú").hits[0].code == "leaving"


def test_a_procedure_that_is_gone_is_not_found() -> None:
    search = Search([one for one in PAPERS if one.code != "birth"], small_model())
    assert "birth" not in {hit.code for hit in search.find("vợ tôi mới sinh").hits}


def test_twins_of_one_name_count_once() -> None:
    twin = Paper("copies-2", "Chứng thực bản sao từ bản chính giấy tờ")
    codes = [hit.code for hit in Search([*PAPERS, twin], small_model()).find("sao y học bạ").hits]
    assert len({"copies", "copies-2"} & set(codes)) == 1


def test_sure_and_not_known() -> None:
    assert small_search().find("đăng ký khai tử").certainty == "sure"
    for nothing in ("", "   ", "🙂", "привет", "\x00\x01"):
        found = small_search().find(nothing)
        assert found.hits == ()
        assert found.certainty == "none"
    assert small_search().find("zzzz qqqq wwww").certainty == "none"


@given(st.text(max_size=200), st.integers(min_value=1, max_value=8))
def test_nothing_raises_and_chances_are_chances(text: str, limit: int) -> None:
    found = small_search().find(text, limit)
    assert len(found.hits) <= limit
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert sum(scores) <= 1.001
    assert 0 <= found.known <= 1


def test_an_empty_catalogue_finds_nothing() -> None:
    empty = Search([], small_model())
    assert empty.find("khai sinh").certainty == "none"
    assert empty.prefix("khai") == ()


def test_ten_thousand_characters_are_bounded_work() -> None:
    text = "tôi muốn làm giấy khai sinh cho cháu " * 300
    begin = time.process_time()
    assert small_search().find(text).hits
    assert time.process_time() - begin < 0.5  # about 5 ms here; a loaded machine may be slow


@pytest.mark.parametrize(
    ("typed", "first"),
    [("kh", "birth"), ("khai t", "death"), ("chung th", "copies"), ("cắt k", "leaving"),
     ("xoa th", "leaving"), ("thuong tru xo", "leaving")],
)  # fmt: skip
def test_search_while_typing(typed: str, first: str) -> None:
    assert small_search().prefix(typed)[0] == first


@given(st.sampled_from(QUESTIONS), st.integers(min_value=0, max_value=30))
def test_any_beginning_can_be_typed(question: object, letters: int) -> None:
    codes = small_search().prefix(str(question)[:letters])
    assert len(codes) == len(set(codes))
