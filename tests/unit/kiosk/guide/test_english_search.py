"""English questions: words that mean the same, names, what is doubtful, what is misspelt."""

from dataclasses import dataclass, field
from math import exp, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.guide.english_search import EnglishSearch, Weighing
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
        ("cities and families", ("city", "and", "family")),
        ("agreeing: a bus, class and basis", ("agre", "bus", "class", "and", "basis")),
        ("puts put", ("put",)),
        ("fees planned, planning", ("fee", "plan")),
        ("selling, passing", ("sell", "pass")),  # these letters are doubled anyway
        ("red bed gas his", ("red", "bed", "gas", "his")),  # too short to lose an ending
        ("used eye", ("used", "eye")),
        ("the mother’s and mothers' house", ("mother", "and", "hous")),
        ("births birth born", ("birth", "born")),  # each once
        ("", ()),
        ("¿?", ()),
    ],
)
def test_what_the_words_mean(asked: str, stems: tuple[str, ...]) -> None:
    assert WORDS.stems(asked) == stems


def test_the_first_of_a_group_stands_for_all_and_a_whole_word_before_its_stem() -> None:
    same = [["marry", "married", "marriage"], ["news", "tidings"], ["new", "fresh"]]
    words = EnglishWords({"my"}, same, {"passed away": "died", "a will": "testament"})
    assert words.stems("my marriages, marry married") == ("marry",)
    assert words.stems("news and fresh tidings") == ("news", "and", "new")
    assert words.stems("passed away: a will, a willow") == ("died", "testament", "a", "willow")
    assert EnglishWords().stems("my a will passed away") == ("my", "a", "will", "pass", "away")


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
    assert len(search.find("cắt khẩu", 1).hits) == 1
    assert search.prefix("birth")[:2] == ("birth", "birth-abroad")  # and then the others
    assert len(search.prefix("birth")) > 2
    assert search.prefix("chung thuc ban s")[0] == "copies"
    assert EnglishSearch(PAPERS, WORDS).find("cắt khẩu").certainty == "none"
    assert EnglishSearch((), WORDS).find("birth").hits == ()


@pytest.mark.parametrize(
    ("typed", "code"), [("birt", "birth"), ("regis", "birth"), ("register mar", "marriage")]
)
def test_what_is_still_being_typed(search: EnglishSearch, typed: str, code: str) -> None:
    assert code in search.prefix(typed, 3)
    assert search.prefix("", 3) == ()


WARD = EnglishSearch(PAPERS, WORDS)


@given(st.text(max_size=100))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    found = WARD.find(text)
    assert sum(hit.score for hit in found.hits) <= 1.0 + 1e-9
    assert len(WARD.prefix(text, 2)) <= 2


def plain_search(asked, weighing):
    """The chance of each procedure and the best score, counted name by name."""
    names = {
        one.code: [set(WORDS.stems(name)) for name in (one.short_en, *one.aliases_en)]
        for one in PAPERS[:5]
    }
    every = [name for own in names.values() for name in own]
    having = {stem: sum(stem in name for name in every) for name in every for stem in name}
    told = {stem: log((1 + len(every)) / (1 + count)) + 1 for stem, count in having.items()}
    stems = WORDS.stems(asked)

    def size(of):
        unknown = weighing.unknown**2 * max(told.values())
        return sum(told.get(stem, unknown) for stem in of)

    scores = {}
    for code, own in names.items():
        near = max(size(name.intersection(stems)) / sqrt(size(stems) * size(name)) for name in own)
        if near:
            covered = size(set().union(*own).intersection(stems)) / size(stems)
            whole = near + weighing.cover * covered + (weighing.very if near > 0.999 else 0)
            scores[code] = (whole - (weighing.rarer if code == "birth-abroad" else 0), near)
    best, near = max(scores.values())
    odds = {code: exp(weighing.sharp * (whole - best)) for code, (whole, _) in scores.items()}
    trust = min(1, near / weighing.near) ** 3
    return {code: trust * odd / sum(odds.values()) for code, odd in odds.items()}, min(1, best)


@pytest.mark.parametrize("sharp", [2.0, 12.0])
@pytest.mark.parametrize(
    "asked",
    [
        "register a birth",
        "birth certificate",
        "foreign baby",
        "register cats",
        "died",
        "will birth",
    ],
)
def test_the_nearest_name_and_what_all_names_cover_tell_the_chances(asked: str, sharp: float):
    weighing = Weighing(sharp=sharp, known=0.0, unknown=0.9)
    chances, known = plain_search(asked, weighing)
    found = EnglishSearch(PAPERS, WORDS, weighing=weighing).find(asked, 9)
    assert {hit.code: hit.score for hit in found.hits} == pytest.approx(chances)
    assert found.known == pytest.approx(known)
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)


def test_as_many_are_found_as_were_asked_for_and_at_least_one(search: EnglishSearch) -> None:
    assert [len(search.find("register", limit).hits) for limit in (0, 1, 2, 9)] == [1, 1, 2, 4]
    assert search.find("register").hits == search.find("register", 5).hits


def test_five_are_found_and_eight_are_suggested_where_nobody_says_how_many() -> None:
    search = EnglishSearch([Paper(one, f"Register {one}{one}") for one in "abcdefghij"], WORDS)
    assert len(search.find("register").hits) == 5
    assert search.prefix("regist") == tuple("abcdefgh")


def test_sure_choices_and_none_begin_where_the_weighing_says() -> None:
    def certainty(asked: str, **weighed: float) -> str:
        return EnglishSearch(PAPERS, WORDS, weighing=Weighing(**weighed)).find(asked).certainty

    asked = "register birth"
    found = EnglishSearch(PAPERS, WORDS).find(asked)
    first = found.hits[0].score
    assert certainty(asked, sure=first) == "sure"
    assert certainty(asked, sure=first + 1e-9) == "choices"
    assert certainty(asked, near=1.0001) == "choices"  # its name is not near enough
    least = EnglishSearch(PAPERS, WORDS).find("birth certificate of a landlord").known
    assert certainty("birth certificate of a landlord", known=least) == "choices"
    assert certainty("birth certificate of a landlord", known=least + 1e-9) == "none"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("deth", True),
        ("registre my father died", True),
        ("dth", False),  # too short to say
        ("eath", False),  # the first letter is seldom wrong
        ("daeht", False),
        ("xaaa xbbb xccc xddd xeee deth", True),
        ("xaaa xbbb xccc xddd xeee xfff deth", False),  # the seventh that nobody knows
    ],
)
def test_a_misspelt_word_is_the_one_that_it_looks_like(asked: str, found: bool) -> None:
    hits = EnglishSearch(PAPERS, WORDS, weighing=Weighing(known=0.0)).find(asked).hits
    assert (bool(hits) and hits[0].code == "death") is found


@pytest.mark.parametrize(("asked", "found"), [("certificatxy", True), ("certificatxyz", False)])
def test_a_word_looks_like_one_of_nearly_its_length(asked: str, found: bool) -> None:
    assert bool(EnglishSearch(PAPERS, WORDS).prefix(asked)) is found


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("tes", ("will",)),
        ("mar", ("marriage",)),
        ("birt", ("birth", "birth-abroad")),
        ("cert", ("birth", "will", "birth-abroad")),
        ("register mar", ("marriage", "birth", "death", "birth-abroad")),
        ("register x", ("birth", "marriage", "death", "birth-abroad")),
        ("zzz", ()),
    ],
)
def test_the_word_at_the_end_may_be_a_beginning(
    search: EnglishSearch, typed: str, codes: tuple[str, ...]
) -> None:
    assert search.prefix(typed) == codes
    assert search.prefix(typed, 1) == codes[:1]


def test_a_long_question_is_read_as_far_as_one_says() -> None:
    assert len(WORDS.stems("word" + " birth" * 100_000)) == 2


def test_the_shipped_words_are_groups_of_their_own() -> None:
    words = read_english_words(ASSETS / "guide" / "english.toml")
    assert words.stems("make his will") == ("testament",)
    assert words.stems("notarized copies") == words.stems("certify a photocopy")
    assert words.stems("my identity card expires") == words.stems("ID card renewal")
