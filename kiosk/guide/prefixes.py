"""Search while typing: names in which every word typed so far begins a word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from sys import intern

import numpy as np

MOST_WORDS = 12  # of a name and of what is typed; nobody types more of a name


class PrefixIndex:
    """Folded names, each with its owner's place and a handicap; built once, then only read."""

    def __init__(
        self, names: Sequence[str], owners: Sequence[int], handicaps: Sequence[float]
    ) -> None:
        words = [[*map(intern, name.split()[:MOST_WORDS])] for name in names]  # few are different
        flat = sorted(
            (word, number, place)
            for number, name in enumerate(words)
            for place, word in enumerate(name)
        )
        self._words = [word for word, _, _ in flat]
        self._names = np.array([number for _, number, _ in flat], dtype=np.int64)
        self._places = np.array([place for _, _, place in flat], dtype=np.float32)
        self._owners = np.array(owners, dtype=np.int64)
        self._lengths = np.array([len(one) for one in words], dtype=np.float32)
        self._handicaps = np.array(handicaps, dtype=np.float32)

    def find(self, folded: str, limit: int) -> list[int]:
        """Owners whose name holds every typed word's beginning: short and early matches first."""
        typed = folded.split()[-MOST_WORDS:]
        if not typed or not self._words:
            return []
        hits = np.zeros(len(self._lengths), dtype=np.int64)
        early = np.zeros(len(self._lengths), dtype=np.float32)
        for number, word in enumerate(typed):
            where = self._range(word)
            first = np.full(len(self._lengths), np.inf, dtype=np.float32)
            np.minimum.at(first, self._names[where], self._places[where])
            found = np.isfinite(first)
            hits += found
            early[found] += np.abs(first[found] - number)
        every = np.flatnonzero(hits == len(typed))
        cost = early[every] / len(typed) + 0.3 * self._lengths[every] + self._handicaps[every]
        ranked = self._owners[every[np.argsort(cost, kind="stable")]]
        return list(dict.fromkeys(ranked.tolist()))[:limit]

    def _range(self, beginning: str) -> slice:
        return slice(
            bisect_left(self._words, beginning), bisect_left(self._words, beginning + "\x7f")
        )
