"""What is learnt of a recogniser from pairs of said and heard."""

from random import Random

import pytest

from kiosk.guide.mishearing import Mishearing, aligned, parts, unlike


@pytest.mark.parametrize(
    ("syllable", "start", "rime"),
    [("nghiep", "ngh", "iep"), ("gia", "gi", "a"), ("gi", "g", "i"), ("quy", "qu", "y"),
     ("an", "", "an"), ("khai", "kh", "ai"), ("2026", "", "2026")],
)  # fmt: skip
def test_a_syllable_has_a_start_and_a_rime(syllable: str, start: str, rime: str) -> None:
    assert parts(syllable) == (start, rime)


def test_alike_syllables_meet_and_the_others_are_lost_or_strays() -> None:
    said, heard = "dang ky khai sinh cho con", "dan ky hai xinh to con"
    assert aligned(said.split(), heard.split()) == list(
        zip(said.split(), heard.split(), strict=True)
    )
    assert aligned(["khai", "sinh"], ["khai"]) == [("khai", "khai"), ("sinh", "")]
    assert ("khai", "khai roi") in aligned(["khai", "sinh"], ["khai", "roi", "sinh"])
    assert aligned([], ["khai"]) == []
    assert aligned(["khai"], []) == [("khai", "")]


def test_unlike_is_a_share() -> None:
    assert unlike("khai", "khai") == 0
    assert 0 < unlike("khai", "hai") < unlike("khai", "sinh") <= 1


def test_what_was_often_heard_is_heard_again() -> None:
    mishearing = Mishearing.learnt([("khai sinh", "hai xinh")] * 5_000)
    heard = {mishearing.of("khai sinh", Random(seed)) for seed in range(20)}
    assert heard == {"hai xinh"}


def test_a_new_syllable_is_misheard_by_its_parts() -> None:
    mishearing = Mishearing.learnt([("khai", "hai"), ("sinh", "xinh")])
    assert mishearing.of("khinh", Random(1)) == "hinh"


def test_nothing_learnt_changes_nothing_and_nothing_becomes_nothing() -> None:
    assert Mishearing.learnt([]).of("khai sinh", Random(1)) == "khai sinh"
    assert Mishearing.learnt([("khai", "")] * 90).of("khai", Random(1)) == "khai"


def test_the_same_seed_hears_the_same() -> None:
    mishearing = Mishearing.learnt([("khai sinh", "hai sin"), ("khai sinh", "khai xin")])
    assert mishearing.of("khai sinh", Random(7)) == mishearing.of("khai sinh", Random(7))
