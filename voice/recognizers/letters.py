"""A second reading of the sound, letter by letter: what it sounds like, not what makes sense.

Whisper's decoder writes sentences that it finds likely; of a voice that it does not know it makes
other words. This looks at the encoder's output alone: two small layers give, every 20 ms, the
chances of the 26 letters without marks, of a blank between words and of "still the same" (CTC), and
the likeliest are written down: "dang ky khai xinh cho chau". Trained on machine voices
(tools.train_letters), it reads those better than the decoder does, and people worse; the guide
weighs both.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final, Self
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from voice.errors import ModelUnusable

SHIPPED: Final = Path(__file__).parents[2] / "assets" / "voice"
LETTERS: Final = " abcdefghijklmnopqrstuvwxyz"
SAME: Final = 0  # the class "still the same"; the letters come after it
CLASSES: Final = 1 + len(LETTERS)

Floats = npt.NDArray[np.float32]


class Letters:
    """Trained for the encoder of one model; used by one thread alone."""

    def __init__(self, arrays: dict[str, Floats]) -> None:
        """`mean` and `spread` of the features, then `in`, `in_bias`, `out`, `out_bias`."""
        self._mean, self._spread = arrays["mean"], arrays["spread"]
        self._in, self._in_bias = arrays["in"], arrays["in_bias"]
        self._out, self._out_bias = arrays["out"], arrays["out_bias"]

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a file of tools.train_letters.  Raises ModelUnusable."""
        try:
            with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
                read = cls({name: file[name].astype(np.float32) for name in file.files})
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise ModelUnusable(f"{path}: {error}") from error
        if read._out.shape[1:] != (CLASSES,) or read._in.shape[1:] != read._out.shape[:1]:
            raise ModelUnusable(f"{path}: its layers do not fit each other")
        return read

    def read(self, features: Floats) -> tuple[str, float]:
        """The letters of a sound (columns x width), and their mean log chance, 0 at best."""
        hidden = np.maximum((features - self._mean) / self._spread @ self._in + self._in_bias, 0)
        scores = hidden @ self._out + self._out_bias
        best = scores.argmax(axis=1)
        top = scores.max(axis=1, keepdims=True)
        sure = -np.log(np.exp(scores - top).sum(axis=1)).mean()
        return text_of(best), float(sure)


def letters_for(model: str) -> Letters | None:
    """The letters that ship for a model; None where there are none."""
    path = SHIPPED / f"letters-{model}.npz"
    return Letters.load(path) if path.exists() else None


def text_of(classes: npt.NDArray[np.int64]) -> str:
    """What a row of classes spells: a letter counts once until another class comes between."""
    fresh = np.flatnonzero(np.diff(classes, prepend=SAME))
    spelt = "".join(LETTERS[one - 1] for one in classes[fresh] if one != SAME)
    return " ".join(spelt.split())
