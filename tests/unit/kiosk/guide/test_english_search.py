"""English questions: words that mean the same, names, what is doubtful, what is misspelt."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.guide.english_search import EnglishSearch
from kiosk.guide.english_words import EnglishWords, read_english_words
from kiosk.paths import ASSETS
from tests.unit.kiosk.guide.small_ward import small_search

WORDS = EnglishWords(
    small={"how", "do", "i", "a", "my", "the", "to", "need", "want", "for", "in", "papers"},
    same=[one.split() for one in ("register registration", "baby newborn", "marry marriage")],
    said={"passed away": "died", "a will": "testament"},
)


@dataclass(frozen=True)
class Paper:
    """What the search needs of a procedure."""

    code: str
    short_en: str = ""
    aliases_en: tuple[str, ...] = field(default=())
    variant: str = "plain"


PAPERS = (
    Paper("birth", "Register a birth", ("newborn", "birth certificate")),
    Paper("birth-abroad", "Register a birth abroad", ("foreign birth certificate",), "foreign"),
    Paper("marriage", "Register a marriage", ("get married",)),
    Paper("death", "Register a death", ("my father died",)),
    Paper("will", "Certify a will", ("make a will",)),
    Paper("vietnamese-only"),
)


@pytest.fixture(scope="module")
def search() -> EnglishSearch:
    return EnglishSearch(PAPERS, WORDS)


@pytest.mark.parametrize(
    ("asked", "stems"),
    [
        ("How do I register my newborn's birth?", ("register", "baby", "birth")),
        ("REGISTRATION of births", ("register", "of", "birth")),
        ("dividing, divided, divides", ("divid",)),
        ("putting", ("put",)),
        ("my grandfather passed away", ("grandfather", "died")),
        ("make a will", ("mak", "testament")),
        ("Café", ("caf",)),
        ("grade 6", ("grad", "6")),
        ("counter 2", ("counter", "2")),
        ("2", ()),
        ("", ()),
        ("¿?", ()),
    ],
)
def test_what_the_words_mean(asked: str, stems: tuple[str, ...]) -> None:
    assert WORDS.stems(asked) == stems


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("how do I register a birth", "birth"),
        ("papers for my newborn", "birth"),
        ("marriage registration", "marriage"),
        ("I want to get married", "marriage"),
        ("marriag", "marriage"),  # misspelt
        ("my father passed away", "death"),
        ("a foreign birth certificate", "birth-abroad"),
    ],
)
def test_what_is_clear_is_sure(search: EnglishSearch, asked: str, code: str) -> None:
    found = search.find(asked)
    assert (found.hits[0].code, found.certainty) == (code, "sure")
    assert found.hits[0].score > 0.6


def test_one_word_of_a_name_is_asked_back(search: EnglishSearch) -> None:
    found = search.find("certificate of my landlord's cat")
    assert found.certainty != "sure"
    assert sum(hit.score for hit in found.hits) < 0.6


def test_the_plain_procedure_comes_before_its_rarer_sibling(search: EnglishSearch) -> None:
    hits = search.find("birth").hits
    assert [hit.code for hit in hits] == ["birth", "birth-abroad"]


def test_what_is_not_english_is_asked_in_vietnamese() -> None:
    search = EnglishSearch(PAPERS, WORDS, otherwise=small_search())
    assert search.find("cắt khẩu").hits[0].code == "leaving"
    assert search.prefix("chung thuc ban s")[0] == "copies"
    assert EnglishSearch(PAPERS, WORDS).find("cắt khẩu").certainty == "none"
    assert EnglishSearch((), WORDS).find("birth").hits == ()


@pytest.mark.parametrize(
    ("typed", "code"), [("birt", "birth"), ("regis", "birth"), ("register mar", "marriage")]
)
def test_what_is_still_being_typed(search: EnglishSearch, typed: str, code: str) -> None:
    assert code in search.prefix(typed, 3)
    assert search.prefix("", 3) == ()


@given(st.text(max_size=300))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    search = EnglishSearch(PAPERS, WORDS)
    found = search.find(text)
    assert sum(hit.score for hit in found.hits) <= 1.0 + 1e-9
    assert len(search.prefix(text, 2)) <= 2


def test_a_long_question_is_read_as_far_as_one_says() -> None:
    assert len(WORDS.stems("word" + " birth" * 100_000)) == 2


def test_the_shipped_words_are_groups_of_their_own() -> None:
    words = read_english_words(ASSETS / "guide" / "english.toml")
    assert words.stems("notarized copies") == words.stems("certify a photocopy")
    assert words.stems("my identity card expires") == words.stems("ID card renewal")
