"""Names: how near they are to a question, held against a plain cosine counted gram by gram."""

from collections import Counter
from math import log, sqrt

import pytest

from kiosk.guide import names as module
from kiosk.guide.grams import name_keys
from kiosk.guide.names import NameIndex, core

OWN = (
    ("dang ky khai sinh", "khai sinh", "lam giay khai sinh"),
    ("dang ky khai tu", "khai tu"),
    ("xoa dang ky thuong tru",),
)


def plain_scores(owners, asked):
    """The nearest name of each by the cosine of rarity; what no name has counts a quarter."""
    texts = [list(dict.fromkeys(core(name) for name in own)) for own in owners]
    every = [text for own in texts for text in own]
    having = Counter(gram for text in every for gram in name_keys(text).tolist())
    rarity = {gram: log((1 + len(every)) / (1 + count)) + 1 for gram, count in having.items()}
    rarest = max(rarity.values())
    grams = name_keys(core(asked)).tolist()
    known = [gram for gram in grams if gram in rarity]
    length = sqrt(
        sum(rarity[gram] ** 2 for gram in known) + (len(grams) - len(known)) * rarest**2 / 4
    )

    def near(text):
        own = name_keys(text).tolist()
        common = sum(rarity[gram] ** 2 for gram in own if gram in known)
        return common / length / sqrt(sum(rarity[gram] ** 2 for gram in own))

    return [max(map(near, own)) for own in texts]


@pytest.mark.parametrize(
    "asked", ["khai sinh", "dang ky khai", "giay khai tu", "thuong tru o dau", "xoa so dang ky xe"]
)
def test_the_nearest_name_counts_by_its_cosine(asked):
    assert NameIndex(OWN).scores(asked).tolist() == pytest.approx(
        plain_scores(OWN, asked), abs=1e-5
    )


def test_the_very_words_are_one_and_nothing_in_common_is_nought():
    index = NameIndex(OWN)
    assert index.scores("khai sinh")[0] == pytest.approx(1)
    assert index.scores("lam giay khai sinh")[0] == pytest.approx(1)
    assert index.scores("xyz").tolist() == [0, 0, 0]
    assert index.scores("").tolist() == [0, 0, 0]
    assert NameIndex([]).scores("khai sinh").tolist() == []
    for owner, own in enumerate(OWN):
        for name in own:
            assert index.scores(name)[owner] == pytest.approx(1, abs=1e-5)
    alone = NameIndex([("so",)])  # whose keys lie below many others, and above many
    assert not any(alone.scores(f"w{number}").any() for number in range(400))


def test_a_gram_that_all_names_have_still_tells_a_little():
    assert NameIndex([("khai",), ("khai sinh",)]).scores("khai")[0] == pytest.approx(1)


def test_a_word_that_no_name_has_makes_all_less_near():
    index = NameIndex(OWN)
    assert index.scores("khai sinh zzzz")[0] < index.scores("khai sinh")[0]


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("cho toi hoi khai sinh can giay to gi", "khai sinh"),
        ("toi muon lam khai tu", "khai tu"),
        ("thu tuc khai sinh o dau", "khai sinh"),
        ("phai co nhung giay to nao", "phai co nhung giay to nao"),  # nothing else would be left
        ("vay", "vay"),
        ("khai  sinh", "khai sinh"),
    ],
)
def test_words_that_any_question_may_have_do_not_count(asked, left):
    assert core(asked) == left


def test_where_there_are_many_names_a_gram_that_most_have_tells_nothing():
    names = [(f"{word} {number}",) for word in ("khai", "sinh") for number in range(100, 220)]
    assert NameIndex(names[:200]).scores("khai")[:120].min() > 0
    index = NameIndex(names)
    assert index.scores("khai").max() == 0
    assert index.scores("khai 100")[0] == pytest.approx(1, abs=1e-5)


def test_of_endlessly_many_meetings_the_rarest_count(monkeypatch):
    asked = "khai sinh"
    whole = NameIndex(OWN).scores(asked)
    having = Counter(
        gram for own in OWN for text in dict.fromkeys(own) for gram in name_keys(text).tolist()
    )
    met = sum(having[gram] for gram in name_keys(asked).tolist())
    monkeypatch.setattr(module, "MOST_MEETINGS", met)
    assert NameIndex(OWN).scores(asked).tolist() == whole.tolist()
    monkeypatch.setattr(module, "MOST_MEETINGS", met - 1)
    fewer = NameIndex(OWN).scores(asked)
    assert 0 < fewer[0] < whole[0]
    monkeypatch.setattr(module, "MOST_MEETINGS", 1)
    assert NameIndex(OWN).scores(asked).tolist() == [0, 0, 0]
