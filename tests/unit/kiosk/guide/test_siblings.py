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
