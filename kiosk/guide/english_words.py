"""English as its search sees it: stems of the words that carry a meaning, alike for alike.

    "How do I register my newborn's birth?"  →  register, baby, birth

Pure. Vietnamese is folded elsewhere (`kiosk.guide.folding`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

from kiosk.guide.folding import without_marks

LONGEST_READ: Final = 1_000  # characters; nobody says more in one breath
MOST_WORDS: Final = 60
LEAST_STEM: Final = 3  # letters left of a word whose ending is taken off

_WORD = re.compile(r"[a-z0-9]+")
_OWNER = re.compile(r"['’]s?\b")
_ENDINGS: Final = (("ies", "y"), ("ing", ""), ("ed", ""), ("s", ""))
_NO_PLURAL: Final = ("ss", "us", "is")


class EnglishWords:
    """Reads words. `small` carry no meaning; the first of each group of `same` stands for all."""

    def __init__(
        self,
        small: Collection[str] = (),
        same: Sequence[Sequence[str]] = (),
        said: Mapping[str, str] | None = None,
    ) -> None:
        """`said` are several words that mean one: "passed away"."""
        self._small = frozenset(small)
        self._said = said or {}
        self._phrases = re.compile(rf"\b(?:{'|'.join(map(re.escape, self._said)) or '(?!)'})\b")
        exact = {word: group[0] for group in same for word in group}
        stems = {_without_ending(word): group[0] for group in same for word in group}
        self._same: Mapping[str, str] = stems | exact

    def stems(self, text: str) -> tuple[str, ...]:
        """What the words mean, in their order, each once. Never raises."""
        plain = without_marks(text[:LONGEST_READ].casefold())
        plain = " ".join(_WORD.findall(_OWNER.sub(" ", plain)))
        words = self._phrases.sub(lambda one: self._said[one[0]], plain).split()
        kept = [word for word in words if word not in self._small][:MOST_WORDS]
        if all(map(str.isdigit, kept)):
            return ()  # a number alone is no subject
        return tuple(dict.fromkeys(map(self._stem, kept)))

    def _stem(self, word: str) -> str:
        bare = _without_ending(word)
        return self._same.get(word) or self._same.get(bare, bare)


def read_english_words(path: Path) -> EnglishWords:
    """Those of assets/guide/english.toml. Raises OSError, TOMLDecodeError, KeyError."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    same = [group.split() for group in table["same"]]
    return EnglishWords(table["small"].split(), same, table["said"])


def _without_ending(word: str) -> str:
    """ "dividing", "divided" and "divides" as "divid", like "divide"; "putting" as "put"."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM:
            if word.endswith(_NO_PLURAL):
                return word
            word = word[: -len(ending)] + instead
            if ending != "s" and word[-1] == word[-2] and word[-1] not in "sl":
                return word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > LEAST_STEM else word
