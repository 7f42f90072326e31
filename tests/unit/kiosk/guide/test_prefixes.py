"""Search while typing: which names are found, and in which order."""

import pytest

from kiosk.guide.prefixes import MOST_WORDS, PrefixIndex


def found(names: list[str], typed: str, *, handicaps: list[float] | None = None) -> list[int]:
    """Places of the names that are found."""
    owners = list(range(len(names)))
    return PrefixIndex(names, owners, handicaps or [0.0] * len(names)).find(typed, 8)


@pytest.mark.parametrize(
    ("names", "typed", "order"),
    [
        (["khai sinh", "khai tu"], "khai s", [0]),
        (["khai sinh", "khai tu"], "kha", [0, 1]),
        (["khai sinh", "khai tu"], "s k", [0]),  # in any order
        (["khai sinh", "khai tu"], "sinh tu", []),  # every word must be there
        (["khai sinh", "khai tu"], "hai", []),  # and be begun, not contained
        (["khai sinh lai", "khai sinh"], "khai", [1, 0]),  # the short name first
        (["giay khai sinh", "sinh khai giay"], "sinh", [1, 0]),  # the early word first
        (["b a", "a b"], "a b", [1, 0]),  # as it was typed, first
        (["sinh khai sinh", "khai khai sinh"], "sinh", [0, 1]),  # the earliest of them counts
        (["zz", "z"], "z", [0, 1]),
        (["khai sinh"], "", []),
        ([], "khai", []),
    ],
)
def test_which_names_are_found(names: list[str], typed: str, order: list[int]) -> None:
    assert found(names, typed) == order


def test_a_handicap_of_half_a_point_outweighs_one_word_more_but_not_two() -> None:
    assert found(["khai", "khai sinh"], "khai", handicaps=[0.5, 0]) == [1, 0]
    assert found(["khai", "khai sinh lai"], "khai", handicaps=[0.5, 0]) == [0, 1]


def test_a_place_further_on_weighs_a_point_for_each_word_typed() -> None:
    names = ["giay khai sinh", "khai sinh giay"]
    assert found(names, "khai", handicaps=[0, 0.9]) == [1, 0]
    assert found(names, "khai", handicaps=[0, 1.1]) == [0, 1]
    assert found(names, "khai sinh", handicaps=[0, 1.1]) == [0, 1]  # a point on the mean
    assert found(names, "khai sinh giay", handicaps=[0, 1.3]) == [1, 0]  # (1 + 1 + 2) / 3


def test_an_owner_is_found_once_by_the_best_of_its_names() -> None:
    index = PrefixIndex(["khai sinh cho con", "khai tu", "khai sinh"], [7, 8, 7], [0, 0.1, 0])
    assert index.find("khai", 8) == [7, 8]
    assert index.find("khai", 1) == [7]


def test_no_more_than_twelve_words_are_looked_at() -> None:
    words = [f"w{letter}" for letter in "abcdefghijklm"]
    assert len(words) == MOST_WORDS + 1
    index = PrefixIndex([" ".join(words)], [0], [0])
    assert index.find("wl", 8) == [0]
    assert index.find("wm", 8) == []
    assert index.find(" ".join(["x", *words[:MOST_WORDS]]), 8) == [0]  # the last twelve
