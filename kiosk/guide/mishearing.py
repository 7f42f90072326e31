"""What a recogniser makes of syllables, learnt from pairs of said and heard text.

`noise.misheard` changes syllables by rules that hold for any ear. A Mishearing is one recogniser's
own: "khai sinh" came out as "khai xin", "hai sinh", "khai" … as often as the pairs show it, so that
a question nobody has spoken yet can be trained on as it would be heard.

    said    dang  ky  khai  sinh          a syllable that was heard often: as it was heard
    heard   dan   ky  hai   xin           a rare one: start and rime apart ("s" → "x")
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final, Self

TRUSTED: Final = 6.0  # times a syllable must have been heard to count as much as its parts do
SPLIT_COST: Final = 0.55  # of a syllable that is lost or comes from nowhere; 1 is nothing in common

_PARTS = re.compile(r"(ngh|ng|nh|gh|gi(?=[aeou])|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?(.*)")

Pair = tuple[str, str]
"""Said and heard, both folded."""


@dataclass(frozen=True, slots=True)
class _Draw:
    """What came out, and how often, as running totals for a fair draw."""

    outcomes: tuple[str, ...]
    counts: tuple[int, ...]

    def one(self, chance: Random) -> str:
        return chance.choices(self.outcomes, self.counts)[0]


@dataclass(frozen=True, slots=True)
class Mishearing:
    """Draws what would be heard. All chance comes from the `random.Random` handed in."""

    syllables: Mapping[str, _Draw]
    starts: Mapping[str, _Draw]
    rimes: Mapping[str, _Draw]

    @classmethod
    def learnt(cls, pairs: Iterable[Pair]) -> Self:
        """From as many pairs as there are; a few thousand make a fair picture."""
        syllables: defaultdict[str, Counter[str]] = defaultdict(Counter)
        starts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        rimes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for said, heard in pairs:
            for one, became in aligned(said.split(), heard.split()):
                syllables[one][became] += 1
                if became and " " not in became:
                    (start, rime), (new_start, new_rime) = parts(one), parts(became)
                    starts[start][new_start] += 1
                    rimes[rime][new_rime] += 1
        return cls(_draws(syllables), _draws(starts), _draws(rimes))

    def of(self, folded: str, chance: Random) -> str:
        """The text as it might be heard; never nothing."""
        return " ".join(filter(None, (self._one(w, chance) for w in folded.split()))) or folded

    def _one(self, word: str, chance: Random) -> str:
        known = self.syllables.get(word)
        times = sum(known.counts) if known else 0
        if known and chance.random() < times / (times + TRUSTED):
            return known.one(chance)
        start, rime = parts(word)
        new_start = self.starts[start].one(chance) if start in self.starts else start
        return new_start + (self.rimes[rime].one(chance) if rime in self.rimes else rime)


def parts(syllable: str) -> tuple[str, str]:
    """Start and rime: "nghiep" → "ngh", "iep"."""
    found = _PARTS.fullmatch(syllable)
    return (found[1] or "", found[2]) if found else ("", syllable)


def aligned(said: Sequence[str], heard: Sequence[str]) -> list[Pair]:
    """Each said syllable with what it became: one syllable, "" or several.

    The cheapest way to walk through both; what came from nowhere goes to the syllable before it.
    """
    costs = [[0.0] * (len(heard) + 1) for _ in range(len(said) + 1)]
    for i in range(len(said) + 1):
        for j in range(len(heard) + 1):
            if i or j:
                costs[i][j] = min(
                    costs[i - 1][j] + SPLIT_COST if i else 9e9,
                    costs[i][j - 1] + SPLIT_COST if j else 9e9,
                    costs[i - 1][j - 1] + unlike(said[i - 1], heard[j - 1]) if i and j else 9e9,
                )
    pairs: list[Pair] = []
    i, j, stray = len(said), len(heard), ""
    while i or j:
        here = costs[i][j]
        if i and j and here == costs[i - 1][j - 1] + unlike(said[i - 1], heard[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((said[i], f"{heard[j]} {stray}".strip()))
            stray = ""
        elif j and here == costs[i][j - 1] + SPLIT_COST:
            j -= 1
            stray = f"{heard[j]} {stray}".strip()
        else:
            i -= 1
            pairs.append((said[i], stray))
            stray = ""
    return pairs[::-1]


@lru_cache(maxsize=65_536)
def unlike(one: str, other: str) -> float:
    """How little two syllables have in common: 0 the same, 1 nothing."""
    if one == other:
        return 0.0
    (start, rime), (other_start, other_rime) = parts(one), parts(other)
    letters = sum((Counter(rime) & Counter(other_rime)).values())
    alike = letters / max(len(rime), len(other_rime), 1)
    return 1.0 - 0.35 * (start == other_start) - 0.6 * alike


def _draws(counted: Mapping[str, Counter[str]]) -> dict[str, _Draw]:
    return {one: _Draw(tuple(found), tuple(found.values())) for one, found in counted.items()}
