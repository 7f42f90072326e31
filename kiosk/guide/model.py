"""The trained half of the search: a linear classifier from a question's grams to procedure codes.

The file is one line of JSON (format, version, sha256 and size of what follows), then a NumPy
archive of plain arrays: no code can hide in it, and a damaged one is refused.

    keys       the grams known, sorted                    weights     8 bits, times scale
    idf        how much each gram tells                   classes     of each weight
    starts     where a gram's weights begin               bias, codes one of each class
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from kiosk.guide.grams import CHANNELS, LETTERS, SYLLABLES, Keys, channels, keys
from kiosk.guide.weights import Weights

FORMAT: Final = "le-tan-guide-model"
VERSION: Final = 1
LARGEST: Final = 16 << 20  # bytes; ours has about 3 MB

LONGEST_SYLLABLE: Final = 7  # "nghieng"
CHANNEL_WEIGHTS: Final = np.array([1.0, 1.0, 0.5], dtype=np.float32)  # letters, syllables, sounds


Weighed = tuple[NDArray[np.float32], float]


class ModelUnusable(Exception):
    """The model file is missing, damaged or of another version. `code` is stable."""

    code = "model"


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The grams that count, and how much each tells (inverse document frequency)."""

    keys: Keys
    idf: NDArray[np.float32]

    def vector(self, of: Keys) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Places of the known grams and their values; each channel has its weight as length."""
        if not len(self.keys):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        places = np.minimum(np.searchsorted(self.keys, of), len(self.keys) - 1)
        known = self.keys[places] == of
        places = places[known]
        values = self.idf[places]
        kinds = channels(of[known])
        lengths = np.sqrt(np.bincount(kinds, weights=values * values, minlength=CHANNELS))
        factors = CHANNEL_WEIGHTS / np.maximum(lengths, 1e-9)
        return places, (values * factors[kinds]).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A classifier over `codes`; made by kiosk.guide.training or read from a file."""

    codes: tuple[str, ...]
    vocabulary: Vocabulary
    starts: NDArray[np.int32]
    classes: NDArray[np.uint16]
    weights: NDArray[np.int8]
    scale: float
    bias: NDArray[np.float32]
    _table: Weights = field(init=False, repr=False)

    def __post_init__(self) -> None:
        table = Weights(self.starts, self.classes, self.weights, len(self.codes))
        object.__setattr__(self, "_table", table)

    def weighed(self, folded: str) -> Weighed:
        """A score for each code (only differences mean something), and the share of the question
        that the model has ever seen, 0 to 1."""
        return self.weighed_keys(keys(folded), kind_of(folded))

    def weighed_keys(self, of: Keys, kind: int) -> Weighed:
        """Likewise, of a question's grams; the share is that of the `kind` of them."""
        places, values = self.vocabulary.vector(of)
        sums = self._table.sums(places, values)
        said = int(np.count_nonzero(channels(of) == kind))
        seen = int(np.count_nonzero(channels(self.vocabulary.keys[places]) == kind))
        return self.bias + np.float32(self.scale) * sums, seen / max(said, 1)

    def scores(self, folded: str) -> tuple[tuple[str, ...], NDArray[np.float32]]:
        """All codes, and the probability of each (they sum to 1)."""
        logits, _ = self.weighed(folded)
        odds = np.exp(logits - logits.max(initial=-np.inf))
        return self.codes, odds / max(float(odds.sum()), 1e-9)

    @classmethod
    def empty(cls) -> Self:
        """Knows nothing: the search then goes by names alone."""
        nothing = Vocabulary(np.empty(0, np.int64), np.empty(0, np.float32))
        weights, bias = np.empty((0, 0), np.float32), np.empty(0, np.float32)
        return cls.pruned((), nothing, weights, bias, keep=0)

    @classmethod
    def pruned(
        cls,
        codes: Sequence[str],
        vocabulary: Vocabulary,
        dense: NDArray[np.float32],
        bias: NDArray[np.float32],
        *,
        keep: int,
    ) -> Self:
        """The `keep` largest of the dense weights (grams x codes), at 8 bits."""
        told = np.abs(dense)
        told *= vocabulary.idf[:, None]
        least = 0.0
        if keep < told.size:
            flat = told.flatten()
            flat.partition(flat.size - keep)
            least = flat[flat.size - keep]
            del flat
        rows, columns = np.nonzero(told > least)
        return cls.of_pairs(codes, vocabulary, rows, columns, dense[rows, columns], bias)

    @classmethod
    def of_pairs(
        cls,
        codes: Sequence[str],
        vocabulary: Vocabulary,
        grams: NDArray[np.int64],
        classes: NDArray[np.int64],
        values: NDArray[np.float32],
        bias: NDArray[np.float32],
    ) -> Self:
        """Of the weight of each pair of gram and class, by gram."""
        scale = float(np.abs(values).max(initial=1e-9)) / 127
        counts = np.bincount(grams, minlength=len(vocabulary.keys))
        return cls(
            codes=tuple(codes),
            vocabulary=vocabulary,
            starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
            classes=classes.astype(np.uint16),
            weights=np.rint(values / scale).astype(np.int8),
            scale=scale,
            bias=bias.astype(np.float32),
        )

    def save(self, path: Path) -> None:
        """Write the file; it is the caller's business to put it in place atomically."""
        path.write_bytes(self.packed())

    def packed(self) -> bytes:
        """The content of a file."""
        body = io.BytesIO()
        np.savez_compressed(
            body,
            codes=np.frombuffer("\n".join(self.codes).encode(), dtype=np.uint8),
            keys=np.diff(self.vocabulary.keys, prepend=0),
            idf=self.vocabulary.idf.astype(np.float16),
            counts=np.diff(self.starts),
            classes=self.classes,
            weights=self.weights,
            scale=np.array([self.scale]),
            bias=self.bias,
        )
        content = body.getvalue()
        head = {"format": FORMAT, "version": VERSION, "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest()}  # fmt: skip
        return json.dumps(head).encode() + b"\n" + content

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read and check a file. Raises ModelUnusable with what is wrong."""
        model, behind = cls.unpacked(content_of(path), path)
        if behind:
            raise ModelUnusable(f"{path}: there is more in it than a model")
        return model

    @classmethod
    def unpacked(cls, raw: bytes, path: Path) -> tuple[Self, bytes]:
        """A model, and what comes behind it. Raises ModelUnusable, which names `path`."""
        content, behind = _checked(path, raw)
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
                return cls._from({name: arrays[name] for name in arrays.files}), behind
        except (ValueError, KeyError, OSError, EOFError) as error:
            raise ModelUnusable(f"{path}: its arrays cannot be read: {error}") from error

    @classmethod
    def _from(cls, arrays: dict[str, NDArray[Any]]) -> Self:
        names = arrays["codes"].tobytes().decode()
        return cls(
            codes=tuple(names.split("\n")) if names else (),
            vocabulary=Vocabulary(np.cumsum(arrays["keys"]), arrays["idf"].astype(np.float32)),
            starts=np.concatenate([[0], np.cumsum(arrays["counts"])]).astype(np.int32),
            classes=arrays["classes"],
            weights=arrays["weights"],
            scale=float(arrays["scale"][0]),
            bias=arrays["bias"],
        )


def kind_of(folded: str) -> int:
    """By which grams one tells what of a question is known: by its syllables, or by its letters
    when it was typed without blanks."""
    glued = any(len(word) > LONGEST_SYLLABLE for word in folded.split())
    return LETTERS if glued else SYLLABLES


def content_of(path: Path) -> bytes:
    """A file as it stands. Raises ModelUnusable."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise ModelUnusable(f"{path}: {error}") from error


def _checked(path: Path, raw: bytes) -> tuple[bytes, bytes]:
    line, _, rest = raw.partition(b"\n")
    try:
        head = json.loads(line)
        said = (head["format"], head["version"])
        content, behind = rest[: head["size"]], rest[head["size"] :]
        intact = head["sha256"] == hashlib.sha256(content).hexdigest()
    except (ValueError, KeyError, TypeError) as error:
        raise ModelUnusable(f"{path}: this is no model file") from error
    if said != (FORMAT, VERSION):
        raise ModelUnusable(f"{path}: made for another version ({said[0]} {said[1]})")
    if not intact:
        raise ModelUnusable(f"{path}: damaged, its checksum differs")
    return content, behind
