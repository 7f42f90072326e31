"""The search: right procedures first, plain before rare, honest about not knowing."""

import time
from dataclasses import dataclass, replace
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from small_ward import PAPERS, QUESTIONS, Paper, small_model, small_search

from kiosk.guide.folding import fold
from kiosk.guide.model import Model
from kiosk.guide.names import NameIndex
from kiosk.guide.search import Blend, Search, _known


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


@dataclass(frozen=True)
class Told:
    """What is known for certain: the score of each code, and the share of the words seen."""

    codes: tuple[str, ...]
    logits: tuple[float, ...]
    seen: float = 1.0

    def weighed(self, folded: str) -> tuple[NDArray[np.float32], float]:
        return np.array(self.logits, dtype=np.float32), self.seen


ABC = (Paper("a", "Làm việc thứ nhất"), Paper("b", "Bán hàng rong"), Paper("c", "Nuôi ong mật"))
MODEL_ALONE = Blend(names=0, very_name=0, operation=0, siblings=0, doubt=1)
NAMES_ALONE = replace(MODEL_ALONE, model=0, names=1)


def shares(blend: Blend, *logits: float, asked: str = "xyz", papers: tuple[Paper, ...] = ABC):
    """The chance of each paper when the model gives the first of them these scores."""
    codes = tuple(one.code for one in papers[: len(logits)])
    found = Search(papers, Told(codes, logits), blend).find(asked)
    return {hit.code: round(hit.score, 4) for hit in found.hits}


def test_chances_are_shares_of_the_odds() -> None:
    assert shares(MODEL_ALONE, log(6), log(3), log(1)) == {"a": 0.6, "b": 0.3, "c": 0.1}
    assert list(shares(MODEL_ALONE, 1, 3, 2)) == ["b", "c", "a"]


def test_doubt_brings_chances_together_and_weight_parts_them() -> None:
    odds = (log(36), log(9), log(1))
    assert shares(replace(MODEL_ALONE, doubt=2), *odds) == {"a": 0.6, "b": 0.3, "c": 0.1}
    halved = replace(MODEL_ALONE, model=0.5)
    assert shares(halved, *odds) == {"a": 0.6, "b": 0.3, "c": 0.1}


def test_what_the_model_does_not_know_stands_in_the_middle() -> None:
    new = Paper("new", "Đua chó")
    chances = shares(MODEL_ALONE, log(8), log(2), log(1), papers=(*ABC, new))
    assert chances["new"] == chances["b"] == round(2 / 13, 4)


def test_a_class_that_the_catalogue_has_no_more_leaves_no_trace() -> None:
    told = Told(("gone", "c", "a", "b"), (9.0, log(1), log(6), log(3)))
    found = Search(ABC, told, MODEL_ALONE).find("xyz")
    assert [(hit.code, round(hit.score, 4)) for hit in found.hits] == [
        ("a", 0.6), ("b", 0.3), ("c", 0.1),
    ]  # fmt: skip


def test_a_name_counts_by_its_nearness_and_the_very_name_far_above() -> None:
    near = NameIndex([(fold(one.official), "") for one in ABC]).scores("ban hang")
    assert 0.4 < near[1] < 0.99
    for blend, points in (
        (NAMES_ALONE, near),
        (replace(NAMES_ALONE, names=3), near * 3),
        (replace(NAMES_ALONE, names=0, very_name=9), near**6 * 9),
        (replace(NAMES_ALONE, very_name=9), near + near**6 * 9),
    ):
        odds = np.exp(points)
        expected = {one.code: odds[n] / odds.sum() for n, one in enumerate(ABC)}
        assert shares(blend, 0, 0, 0, asked="bán hàng") == pytest.approx(expected, abs=2e-4)


def test_what_is_to_be_done_with_a_paper_counts_as_weighed() -> None:
    again = (*ABC, Paper("again", "Cấp lại thẻ"))
    blend = replace(MODEL_ALONE, operation=log(3))
    assert shares(blend, 0, 0, 0, 0, asked="rách", papers=again)["again"] == 0.5
    assert shares(blend, 0, 0, 0, 0, asked="xyz", papers=again)["again"] == 0.25


def test_a_rarer_sibling_falls_by_its_step() -> None:
    two = (Paper("plain", "Đăng ký khai sinh"), Paper("far", "Đăng ký khai sinh lưu động"))
    assert shares(replace(MODEL_ALONE, siblings=log(3)), 0, 0, papers=two)["plain"] == 0.75
    told = (two[0], Paper("far", "Đăng ký khai sinh", variant="mobile"), ABC[0])
    ranked = shares(replace(MODEL_ALONE, siblings=log(3)), 0, 0, 0, papers=told)
    assert set(ranked) == {"plain", "a"}  # the very same name counts once


def test_of_one_name_the_likelier_code_stands_for_all() -> None:
    twins = (Paper("one", "Sao y"), Paper("two", "Sao y"), ABC[0])
    assert list(shares(MODEL_ALONE, 1, 2, 0, papers=twins)) == ["two", "a"]


def test_as_many_are_found_as_were_asked_for_and_at_least_one() -> None:
    search = Search(ABC, Told(("a", "b", "c"), (3, 2, 1)), MODEL_ALONE)
    assert [len(search.find("xyz", limit).hits) for limit in (0, 1, 2, 3, 9)] == [1, 1, 2, 3, 3]
    twins = (*(Paper(f"t{n}", "Sao y") for n in range(6)), *ABC)
    codes = tuple(one.code for one in twins)
    crowded = Search(twins, Told(codes, (9.5, 9, 9, 9, 9, 9, 3, 2, 1)), MODEL_ALONE)
    assert [hit.code for hit in crowded.find("xyz", 3).hits] == ["t0", "a", "b"]


@pytest.mark.parametrize(
    ("best", "name", "seen"), [(7.57 / 0.36, 0, 0), (0, 7.57 / 1.66, 0), (0, 0, 7.57 / 6.1)]
)
def test_whether_it_is_about_procedures_at_all_is_even_odds_at(best, name, seen) -> None:
    """As the regression came out; each of the three makes it surer."""
    assert _known(best, name, seen) == pytest.approx(0.5)
    assert _known(best + 1, name, seen) > 0.5
    assert _known(best, name + 1, seen) > 0.5
    assert _known(best, name, seen + 1) > 0.5


def test_known_looks_at_the_best_the_nearest_name_and_the_words_seen() -> None:
    search = Search(ABC, Told(("a", "b", "c"), (5, 3, 2), seen=0.5), MODEL_ALONE)
    nearest = NameIndex([(fold(one.official), "") for one in ABC]).scores("ban hang").max()
    assert search.find("xyz").known == pytest.approx(_known(2.0, 0.0, 0.5))
    assert search.find("bán hàng").known == pytest.approx(_known(2.0, nearest, 0.5), rel=1e-4)


def test_sure_choices_and_none_begin_where_the_blend_says() -> None:
    told = Told(("a", "b", "c"), (log(2), log(1), log(1)))
    for seen in (0.0, 1.0):
        known = Search(ABC, replace(told, seen=seen), MODEL_ALONE).find("xyz").known
        for more, certain in ((0.0, "choices"), (1e-6, "none")):
            blend = replace(MODEL_ALONE, known=known + more)
            found = Search(ABC, replace(told, seen=seen), blend).find("xyz")
            assert found.certainty == certain
    first = Search(ABC, told, MODEL_ALONE).find("xyz").hits[0].score
    for more, certain in ((0.0, "sure"), (1e-6, "choices")):
        blend = replace(MODEL_ALONE, sure=first + more, known=0)
        assert Search(ABC, told, blend).find("xyz").certainty == certain


def test_another_model_is_asked_of_the_same_catalogue() -> None:
    first = Search(ABC, Told(("a", "b", "c"), (3, 2, 1)), MODEL_ALONE)
    second = first.with_model(Told(("c", "b", "gone"), (9, 1, 1)))
    assert second.find("xyz").hits[0].code == "c"
    assert first.find("xyz").hits[0].code == "a"
    assert second.prefix("bán") == first.prefix("bán") == ("b",)


def test_whether_the_catalogue_holds_a_code() -> None:
    assert Search(ABC, Told((), ())).has("b")
    assert not Search(ABC, Told((), ())).has("d")


def test_what_is_typed_falls_back_on_the_question_from_four_letters_on() -> None:
    search = Search(ABC, Told(("a", "b", "c"), (1, 2, 3)), MODEL_ALONE)
    assert search.prefix("nuo") == ("c",)
    assert search.prefix("nuôi") == ("c", "b", "a")  # the begun name first, each once
    assert search.prefix("nuôi", 2) == ("c", "b")
    assert search.prefix("zzz") == ()
    assert search.prefix("zzzz") == ("c", "b", "a")
    assert search.prefix("bán hàng rong", 1) == ("b",)


def test_while_typing_a_short_name_comes_before_the_official_one_and_an_alias_last() -> None:
    ways = (
        Paper("other", "Việc khác", "Việc này", ("việc nọ", "khai gia")),
        Paper("alias", "Xin gì đó", "Gì đó", ("khai gia",)),
        Paper("official", "Khai gia", "Gì khác"),
        Paper("short", "Xin gì nữa", "Khai gia"),
        Paper("rare", "Khai gia lưu động", "Khai gia"),
    )
    found = Search(ways, Told((), ())).prefix("khai gia")
    assert found == ("short", "official", "other", "alias", "rare")
