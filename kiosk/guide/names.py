"""Finds procedures by their names and aliases: the half of the search that needs no training.

An inverted index over the grams of every official name, short name and alias, compared by cosine;
a procedure counts as its best name does. An import of yesterday is found by it at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kiosk.guide.grams import Keys, keys_of_names, name_keys, runs

TOO_COMMON = 0.2  # a gram in more than this share of all names tells nothing and costs time
FEW = 200  # names; below this nothing is too common
MOST_MEETINGS = 20_000  # of a question's grams with names: the rarest first, the rest is no news

_POLITE = re.compile(
    r"\b(?:thu tuc|cho (?:toi |em |chau |minh |con )?hoi|xin hoi|xin chao|vay|a|da thua|thua|voi"
    r"|(?:toi|em|chau|minh|con) (?:dang )?(?:can|muon)(?: lam| hoi| xin)?"
    r"|(?:can|gom|phai co|mang) (?:nhung )?(?:giay to )?(?:gi|nao)"
    r"|mat bao lau|bao nhieu(?: tien)?|(?:nhu |lam )?the nao|lam sao|o dau)\b"
)


class Named(Protocol):
    """What training needs of a procedure."""

    @property
    def code(self) -> str: ...
    @property
    def official(self) -> str: ...
    @property
    def short(self) -> str: ...
    @property
    def aliases(self) -> Sequence[str]: ...


def core(folded: str) -> str:
    """A folded name or question without the words that any question may have around it."""
    return " ".join(_POLITE.sub(" ", folded).split()) or folded


class NameIndex:
    """Folded names, those of one procedure together, searchable. Built once, then only read."""

    def __init__(self, folded_names: Sequence[Sequence[str]]) -> None:
        texts, owners = _texts(folded_names)
        self._procedures = len(folded_names)
        self._starts_of_owner = np.searchsorted(owners, np.arange(len(folded_names)))
        grams, self._names = keys_of_names(texts)
        every, starts, counts = np.unique(grams, return_index=True, return_counts=True)
        idf = np.log((1 + len(texts)) / (1 + counts)) + 1
        if len(texts) > FEW:
            idf[counts > TOO_COMMON * len(texts)] = 0
        self._names_total = len(texts)
        self._known, self._idf = every, idf.astype(np.float32)
        self._starts, self._counts = starts, counts
        self._values = self._unit_values(np.repeat(idf, counts))

    def _unit_values(self, raw: NDArray[np.float64]) -> NDArray[np.float32]:
        lengths = np.sqrt(np.bincount(self._names, weights=raw * raw, minlength=self._names_total))
        return (raw / np.maximum(lengths[self._names], 1e-9)).astype(np.float32)

    def scores(self, folded: str) -> NDArray[np.float32]:
        """How near each procedure's best name is: 0 nothing in common, 1 the very words."""
        places, length = self._met(name_keys(core(folded)))
        if not len(places):
            return np.zeros(self._procedures, dtype=np.float32)
        counts = self._counts[places]
        parts = np.repeat(self._idf[places], counts)
        slots = runs(self._starts[places], counts)
        parts *= self._values[slots]
        per_name = np.bincount(self._names[slots], weights=parts, minlength=self._names_total)
        best = np.maximum.reduceat(per_name, self._starts_of_owner) / length
        return np.asarray(best, dtype=np.float32)

    def _met(self, of: Keys) -> tuple[NDArray[np.int64], float]:
        """Places of the question's telling grams, the rare first, and the question's length.

        A gram that no name has makes the question longer, and so everything less near.
        """
        if not len(self._known) or not len(of):
            return np.empty(0, dtype=np.int64), 1.0
        places = np.minimum(np.searchsorted(self._known, of), len(self._known) - 1)
        met = self._known[places] == of
        places = places[met]
        values = self._idf[places]
        unknown = 0.25 * float(np.count_nonzero(~met)) * float(self._idf.max()) ** 2
        length = float(np.sqrt(float(values @ values) + unknown))
        places = places[values > 0]
        places = places[np.argsort(self._counts[places], kind="stable")]
        return places[np.cumsum(self._counts[places]) <= MOST_MEETINGS], length


def _texts(folded_names: Sequence[Sequence[str]]) -> tuple[list[str], NDArray[np.int64]]:
    """Every different name with the place of its procedure; each has at least one."""
    texts: list[str] = []
    owners: list[int] = []
    for place, names in enumerate(folded_names):
        different = dict.fromkeys(map(core, names))
        texts += different
        owners += [place] * len(different)
    return texts, np.array(owners, dtype=np.int64)
