"""A model, and a second one that was learnt on top of it (kiosk.guide.further_training).

The file is the one behind the other. The second knows just what is new at this kiosk; its scores
are added to the first one's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kiosk.guide.grams import keys
from kiosk.guide.model import Model, ModelUnusable, Weighed, content_of, kind_of


class Knowledge(Protocol):
    """What the search asks, be it one model or two."""

    @property
    def codes(self) -> tuple[str, ...]: ...

    def weighed(self, folded: str) -> Weighed: ...


class ExtendedModel:
    """Built once, then only read. `codes` are those of the first, then the new ones."""

    def __init__(self, first: Model, second: Model) -> None:
        self._first, self._second = first, second
        known = set(first.codes)
        self.codes = (*first.codes, *(code for code in second.codes if code not in known))
        place = {code: number for number, code in enumerate(self.codes)}
        self._places = np.array([place[code] for code in second.codes], dtype=np.int64)

    def weighed(self, folded: str) -> Weighed:
        """See Model.weighed. What the first one does not know starts in the middle."""
        of, kind = keys(folded), kind_of(folded)
        logits, seen = self._first.weighed_keys(of, kind)
        more, seen_too = self._second.weighed_keys(of, kind)
        every = np.full(len(self.codes), middle(logits), dtype=np.float32)
        every[: len(logits)] = logits
        every[self._places] += more
        return every, max(seen, seen_too)

    def save(self, path: Path) -> None:
        """Write the file; it is the caller's business to put it in place atomically."""
        path.write_bytes(self._first.packed() + self._second.packed())


def middle(logits: NDArray[np.float32]) -> float:
    """The median: where a code stands that a model does not know. 0 of none."""
    half = len(logits) // 2
    return float(np.partition(logits, half)[half]) if len(logits) else 0.0


def read_model(path: Path) -> Model | ExtendedModel:
    """What a file holds. Raises ModelUnusable with what is wrong."""
    first, behind = Model.unpacked(content_of(path), path)
    if not behind:
        return first
    second, behind = Model.unpacked(behind, path)
    if behind:
        raise ModelUnusable(f"{path}: there is more in it than two models")
    return ExtendedModel(first, second)
