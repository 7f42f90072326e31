"""Templates of sentences, topics in frames, and the phrases of the aspects."""

import pytest

from kiosk.guide.aspects import Aspects, Phrase, read_aspects
from kiosk.guide.folding import fold
from kiosk.guide.sentences import SentencesBad, expanded, framed, read_sentences
from kiosk.paths import ASSETS


@pytest.mark.parametrize(
    ("template", "sentences"),
    [
        ("lấy số", ["lấy số"]),
        ("(lấy|bốc) số", ["lấy số", "bốc số"]),
        ("lấy số [ạ|nhé]", ["lấy số ạ", "lấy số nhé", "lấy số"]),
        ("[cho] (a|b)", ["cho a", "cho b", "a", "b"]),
        ("[a] [a]", ["a a", "a", ""]),
    ],
)
def test_a_template_stands_for_sentences(template, sentences):
    assert list(expanded(template)) == sentences


@pytest.mark.parametrize("template", ["(a", "a]", "((a|b)", "[(a|b)]x]"])
def test_brackets_must_match(template):
    with pytest.raises(SentencesBad):
        print(expanded(template))


def test_a_topic_in_frames_is_always_the_same():
    frames = ["{}", "{} ở đâu", "mua {}", "có {} không"]
    made = framed("hoa lan", frames, 2)
    assert made == framed("hoa lan", frames, 2)
    assert made[0] == "hoa lan"
    assert len(made) <= 3
    assert all("hoa lan" in one for one in made)


@pytest.mark.parametrize(
    "content",
    ["[ask", "ask = 3", "ask = [{ say = [] }, 3]", 'intent = "help"\nask = [{ say = ["(a"] }]'],
)
def test_a_bad_file_is_named(content, tmp_path):
    (tmp_path / "openings.toml").write_text('before = []\naround = ["{}"]')
    (tmp_path / "help.toml").write_text(content)
    with pytest.raises(SentencesBad, match=r"help\.toml"):
        print(read_sentences(tmp_path))


ASPECTS = Aspects(
    {
        "bao nhieu": Phrase("fee", 3),
        "phi": Phrase("fee", 2),
        "phi bao nhieu": Phrase("fee", 3),
        "o dau": Phrase("where", 3),
        "the nao": Phrase("steps", 1),
    },
    {"thi", "the", "a"},
)


@pytest.mark.parametrize(
    ("folded", "names", "aspect"),
    [
        ("phi bao nhieu", (), "fee"),
        ("mai tang phi", ("ho tro mai tang phi",), "overview"),
        ("mai tang phi o dau", ("ho tro mai tang phi",), "where"),
        ("phi o dau", (), "where"),
        ("lam the nao", (), "steps"),
        ("", (), "overview"),
    ],
)
def test_the_aspect_is_the_strongest_phrase(folded, names, aspect):
    assert ASPECTS.of(folded, names) == aspect


@pytest.mark.parametrize(
    ("folded", "follows"),
    [
        ("the phi bao nhieu a", True),
        ("thi o dau", True),
        ("khai sinh o dau", False),
        ("thi", False),
    ],
)
def test_a_follow_up_names_no_topic(folded, follows):
    assert ASPECTS.is_follow_up(folded) is follows


def test_an_unknown_aspect_is_told(tmp_path):
    (tmp_path / "aspects.toml").write_text('[colour]\n3 = ["xanh"]')
    with pytest.raises(ValueError, match="colour"):
        read_aspects(tmp_path)


def test_every_follow_up_of_the_data_is_one():
    aspects = read_aspects(ASSETS / "sentences")
    said = [
        one
        for one in read_sentences(ASSETS / "sentences")
        if one.intent == "procedure" and "aspect" in one.slots
    ]
    assert len(said) > 100
    wrong = [
        one.text
        for one in said
        if not aspects.is_follow_up(fold(one.text))
        or aspects.of(fold(one.text)) != one.slots["aspect"]
    ]
    assert wrong == []
