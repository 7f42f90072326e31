"""Tells a plain procedure from its rarer siblings by what the citizen says.

"Đăng ký khai sinh" has siblings with a foreign element, in a border area, at the door and "again".
Who does not speak of another country, of the border, of coming home or of lost registers means the
plain one. The words are folded; a phrase counts where whole words match.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

LIFT: Final = 0.25  # steps by which an asked-for sibling stands above its family

FARTHEST: Final = 4.0  # steps by which it may be lifted

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "foreign": (
        "nuoc ngoai", "ngoai quoc", "viet kieu", "kieu bao", "nguoi tay", "hai quoc tich",
        "quoc tich (?!viet nam)", "nguoi (?:nga|campuchia|cam pu chia|philippin|an do)",
        "(?:nguoi|ben|sang|vo|chong|khach) (?:my|han|phap|uc|nhat|tay)",
        "ben (?:lao|duc|anh)",
        "nguoi (?:lao|anh quoc|trung quoc|duc)(?! dong)", "han quoc", "dai loan", "nhat ban",
        "trung quoc", "canada", "singapore", "thai lan", "malaysia", "chau au", "chau phi",
        "dai su quan", "lanh su", "ong tay", "ba dam", "lay tay", "con lai",
    ),
    "border": (
        "bien gioi", "giap bien", "vung bien", "xa bien", "sat bien", "ben kia bien", "duong bien",
        "lang gieng", "giap (?:lao|trung quoc|campuchia)",
    ),
    "mobile": (
        "luu dong", "tan nha", "tan noi", "(?:xuong|den|ve) tan", "xuong nha", "khong di lai duoc",
        "nam liet", "liet giuong", "trai giam", "tai giam",
    ),
    "again": (
        "dang ky lai", "(?:khai sinh|khai tu|ket hon) lai", "lam lai tu dau", "so goc",
        "mat (?:ca |het )?so", "khong con (?:luu|so)", "so sach",
    ),
    "online": (
        "truc tuyen", "online", "qua mang", "tren mang", "toan trinh", "cong dich vu",
        "dich vu cong",
    ),
}  # fmt: skip

_MARKS: Final = {
    "border": re.compile(r"\b(?:tai |o )?(?:khu vuc|vung) bien gioi\b"),
    "foreign": re.compile(r"\b(?:co yeu to|voi nguoi|cho nguoi) nuoc ngoai\b"),
    "mobile": re.compile(r"\bluu dong\b"),
    "again": re.compile(r"(?<=dang ky )lai\b"),
    "online": re.compile(r"\b(?:dich vu cong )?(?:truc tuyen )?toan trinh\b"),
}

_ASKED: Final = {
    variant: re.compile(r"\b(?:" + "|".join(words) + r")\b") for variant, words in WORDS.items()
}

Variants = frozenset[str]
PLAIN: Final[Variants] = frozenset()


def variants_of(folded_name: str, said: str = "plain") -> Variants:
    """What makes a procedure rare: what the catalogue says and what its official name tells."""
    told = {variant for variant, mark in _MARKS.items() if mark.search(folded_name)}
    return frozenset(told | ({said} & WORDS.keys()))


def family_of(folded_name: str) -> str:
    """The official name without what tells siblings apart."""
    for mark in _MARKS.values():
        folded_name = mark.sub(" ", folded_name)
    return " ".join(folded_name.removeprefix("thu tuc ").split())


def asked_for(folded: str) -> Variants:
    """The variants that a question speaks of; at the border one's neighbours are foreigners."""
    asked = {variant for variant, words in _ASKED.items() if words.search(folded)}
    return frozenset(asked | ({"foreign"} if "border" in asked else set()))


class Siblings:
    """The families of a catalogue, and what a question does to the ranks within them."""

    def __init__(self, names: Sequence[str], said: Sequence[str]) -> None:
        self.variants = [variants_of(*pair) for pair in zip(names, said, strict=True)]
        members: dict[str, list[int]] = {}
        for place, name in enumerate(names):
            members.setdefault(family_of(name), []).append(place)
        self._families = [
            np.array(places)
            for places in members.values()
            if len({self.variants[place] for place in places}) > 1
        ]
        self._kinds = list(dict.fromkeys(self.variants))
        self._kind_of = np.array([self._kinds.index(one) for one in self.variants], dtype=np.int64)

    def ranked(self, total: Scores, folded: str, step: float) -> Scores:
        """The scores after what nobody asked for has lost a step, and what was asked for has won.

        A sibling that fits is lifted above its family: whoever names the other country means it,
        however well the plain one fits otherwise.
        """
        asked, farthest = asked_for(folded), FARTHEST * step
        fall = np.array([len(kind - asked) * step for kind in self._kinds], dtype=np.float32)
        total = total - fall[self._kind_of]
        for family in self._families if asked else ():
            fitting = [one for one in family if self.variants[one] and self.variants[one] <= asked]
            if fitting:
                most = max(len(self.variants[one]) for one in fitting)
                chosen = [one for one in fitting if len(self.variants[one]) == most]
                above = np.minimum(total[family].max() + LIFT * step, total[chosen] + farthest)
                total[chosen] = np.maximum(total[chosen], above)
        return total
