"""Siblings: the plain form unless something rarer was asked for."""

import numpy as np
import pytest

from kiosk.guide.siblings import PLAIN, Siblings, asked_for, family_of, variants_of

NAMES = (
    "thu tuc dang ky ket hon",
    "thu tuc dang ky ket hon co yeu to nuoc ngoai",
    "thu tuc dang ky ket hon co yeu to nuoc ngoai tai khu vuc bien gioi",
    "thu tuc dang ky ket hon luu dong",
    "thu tuc dang ky lai ket hon",
    "dang ky tam tru",
)


def test_names_tell_the_variants() -> None:
    assert [variants_of(name) for name in NAMES] == [
        PLAIN, {"foreign"}, {"foreign", "border"}, {"mobile"}, {"again"}, PLAIN,
    ]  # fmt: skip
    assert variants_of("dang ky tam tru", "online") == {"online"}
    assert variants_of("dang ky tam tru", "other") == PLAIN


def test_a_family_has_one_name() -> None:
    assert len({family_of(name) for name in NAMES}) == 2


@pytest.mark.parametrize(
    ("asked", "variants"),
    [
        ("lay chong nguoi han quoc", {"foreign"}),
        ("nguoi lao o xa giap bien", {"foreign", "border"}),
        ("xin giay phep cho nguoi lao dong", PLAIN),
        ("anh trai toi la nguoi anh ca", PLAIN),
        ("can bo xuong tan nha", {"mobile"}),
        ("dang ky lai vi mat so goc", {"again"}),
        ("hai dua cuoi nhau", PLAIN),
    ],
)
def test_what_a_question_asks_for(asked: str, variants: frozenset[str]) -> None:
    assert asked_for(asked) == variants


@pytest.mark.parametrize(
    ("asked", "best"),
    [("cuoi nhau", 0), ("cuoi nguoi nuoc ngoai", 1), ("cuoi nguoi ben kia bien gioi", 2),
     ("dang ky lai ket hon", 4)],
)  # fmt: skip
def test_ranks_follow_what_was_asked(asked: str, best: int) -> None:
    level = np.array([4, 3, 3, 3.5, 3.5, 0], dtype=np.float32)
    siblings = Siblings(NAMES, ["plain"] * len(NAMES))
    ranked = siblings.ranked(level, asked, 2.0)
    assert int(np.argmax(ranked)) == best
    assert level[0] == 4, "the given scores stay as they are"


def test_a_far_sibling_is_not_lifted_over_everything() -> None:
    level = np.array([40, -40, -40, -40, -40, 0], dtype=np.float32)
    ranked = Siblings(NAMES, ["plain"] * len(NAMES)).ranked(level, "nguoi nuoc ngoai", 2.0)
    assert int(np.argmax(ranked)) == 0


LEVEL = np.array([4, 3, 3, 3.5, 3.5, 0], dtype=np.float32)


@pytest.mark.parametrize(
    ("asked", "ranked"),
    [
        # a step of 2 for each thing that nobody asked for
        ("cuoi nhau", [4, 1, -1, 1.5, 1.5, 0]),
        # half a point above the best of the family, the border still a step below
        ("nguoi nuoc ngoai", [4, 4.5, 1, 1.5, 1.5, 0]),
        # what fits in more than one is meant, and no other
        ("nguoi lao o xa bien gioi", [4, 3, 4.5, 1.5, 1.5, 0]),
        ("dang ky lai cho nguoi nuoc ngoai", [4, 4.5, 1, 1.5, 4.5, 0]),
    ],
)
def test_what_is_asked_for_stands_above_and_the_rest_falls(asked: str, ranked: list[float]) -> None:
    siblings = Siblings(NAMES, ["plain"] * len(NAMES))
    assert siblings.ranked(LEVEL, asked, 2.0).tolist() == ranked


def test_whoever_leads_already_is_not_pushed_down() -> None:
    level = np.array([0, 9, 0, 0, 0, 0], dtype=np.float32)
    ranked = Siblings(NAMES, ["plain"] * len(NAMES)).ranked(level, "nguoi nuoc ngoai", 2.0)
    assert ranked.tolist() == [0, 9.5, -2, -2, -2, 0]


def test_a_lift_is_four_steps_at_most() -> None:
    level = np.array([40, 1, -40, -40, -40, 0], dtype=np.float32)
    ranked = Siblings(NAMES, ["plain"] * len(NAMES)).ranked(level, "nguoi nuoc ngoai", 2.0)
    assert ranked.tolist() == [40, 9, -42, -42, -42, 0]


def test_what_the_catalogue_says_counts_where_the_name_is_silent() -> None:
    names = ["dang ky tam tru", "dang ky tam tru", "dang ky tam tru toan trinh"]
    siblings = Siblings(names, ["plain", "online", "plain"])
    assert siblings.variants == [PLAIN, {"online"}, {"online"}]
    ranked = siblings.ranked(np.array([3, 2, 1], dtype=np.float32), "lam online", 1.0)
    assert ranked.tolist() == [3, 3.25, 3.25]


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("thu tuc dang ky lai khai sinh", "dang ky khai sinh"),
        ("dang ky khai sinh luu dong", "dang ky khai sinh"),
        ("thu tuc dang ky ket hon co yeu to nuoc ngoai tai khu vuc bien gioi", "dang ky ket hon"),
        ("cap the dich vu cong toan trinh", "cap the"),
        ("lai xe thu tuc", "lai xe thu tuc"),
    ],
)
def test_the_name_of_a_family(name: str, family: str) -> None:
    assert family_of(name) == family
