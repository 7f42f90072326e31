"""The weights of the model, laid out so that a question is weighed quickly.

A gram that counts for few codes is a short list; one that counts for many ("giay") is a whole row,
because walking along a row of 900 bytes is faster than gathering 75 single ones.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from kiosk.guide.grams import runs

ROW_FROM: Final = 12  # a gram has a row where it counts for more than one code in so many

MOST_SINGLE: Final = 40_000  # weights looked at for one question: bounds the work of endless ones
MOST_ROWS: Final = 1_200  # likewise; the rarest grams come first, they tell most


class Weights:
    """Sums weights by code. Built once, then only read.

    The weights of gram number g are values[starts[g]:starts[g + 1]], of the codes in `classes`.
    """

    __slots__ = ("_classes", "_codes", "_row_of", "_rows", "_starts", "_values")

    def __init__(
        self,
        starts: NDArray[np.int32],
        classes: NDArray[np.uint16],
        values: NDArray[np.int8],
        codes: int,
    ) -> None:
        self._starts, self._classes, self._values, self._codes = starts, classes, values, codes
        counts = np.diff(starts)
        crowded = np.flatnonzero(counts * ROW_FROM > codes)
        self._row_of = np.full(len(counts), -1, dtype=np.int32)
        self._row_of[crowded] = np.arange(len(crowded))
        self._rows = np.zeros((len(crowded), codes), dtype=np.int8)
        counts = counts[crowded]
        slots = runs(starts[crowded].astype(np.int64), counts)
        self._rows[np.repeat(np.arange(len(crowded)), counts), classes[slots]] = values[slots]

    def sums(self, places: NDArray[np.int64], told: NDArray[np.float32]) -> NDArray[np.float32]:
        """For each code the sum of its weights for the grams at `places`, each times `told`."""
        rows = self._row_of[places]
        single = rows < 0
        sums = self._of_single(places[single], told[single])
        crowded = ~single
        rows, told = rows[crowded], told[crowded]
        if len(rows) > MOST_ROWS:
            rarest = np.argsort(self._counts(places[crowded]), kind="stable")[:MOST_ROWS]
            rows, told = rows[rarest], told[rarest]
        sums += told @ self._rows[rows].astype(np.float32)
        return sums

    def _of_single(
        self, places: NDArray[np.int64], told: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        counts = self._counts(places)
        if counts.sum() > MOST_SINGLE:
            order = np.argsort(counts, kind="stable")
            rarest = order[np.cumsum(counts[order]) <= MOST_SINGLE]
            places, counts, told = places[rarest], counts[rarest], told[rarest]
        slots = runs(self._starts[places].astype(np.int64), counts)
        parts = np.repeat(told, counts)
        parts *= self._values[slots]
        sums = np.bincount(self._classes[slots], weights=parts, minlength=self._codes)
        return sums.astype(np.float32)

    def _counts(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """For how many codes each of the grams at `places` counts."""
        return (self._starts[places + 1] - self._starts[places]).astype(np.int64)
