"""From English words to the right procedures: by their English names, and by what people ask.

The model of `kiosk.guide.search` learnt Vietnamese. Whoever asks in English is few and asks by
words that are in the names or in `aliases_en`, so that an index of words does: no training, and
each hit can be explained.

    text → stems → near each name (cosine, rare words count more)  ┐
                 → how much of it the procedure's words cover       ┴→ one score each → certainty

Where no English word is known, the words are asked of the Vietnamese search.
Pure: one EnglishSearch is built for a catalogue and then only read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from math import exp, log, sqrt
from typing import Final, NamedTuple, Protocol

from kiosk.guide.english_words import EnglishWords
from kiosk.guide.search import NOTHING, Certainty, Found, Hit, Search

LEAST_MISSPELT: Final = 4  # letters; shorter words are too much alike
ALIKE: Final = 0.85  # of difflib's ratio
MOST_MISSPELT: Final = 6  # words of a question looked up among all others
VERY: Final = 0.999  # nearness of a name that has just the words asked


class AskedInEnglish(Protocol):
    """What the search needs of a procedure."""

    @property
    def code(self) -> str: ...
    @property
    def short_en(self) -> str: ...
    @property
    def aliases_en(self) -> Sequence[str]: ...
    @property
    def variant(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """How the parts are weighed. Set on half of the English questions, judged on the other."""

    cover: float = 0.35  # of the share of the question that a procedure's words cover
    very: float = 0.1  # for a name of just these words
    unknown: float = 1.0  # of the rarest word's weight: a word that no procedure has
    rarer: float = 0.06  # taken off what is no plain procedure: it is asked for by its own words
    sharp: float = 12.0  # multiplies the scores, so that probabilities are what they say
    sure: float = 0.6  # least probability of the first
    near: float = 0.72  # least nearness of its name, to be sure of it; less is trusted less
    known: float = 0.34  # least score of the first, for anything but "none"


class _Score(NamedTuple):
    """Of a procedure: all in all, and how near its nearest name is, 0 to 1."""

    whole: float
    near: float


class EnglishSearch:
    """A catalogue that can be asked in English. `otherwise` is asked what this does not know."""

    def __init__(
        self,
        procedures: Sequence[AskedInEnglish],
        words: EnglishWords,
        otherwise: Search | None = None,
        weighing: Weighing | None = None,
    ) -> None:
        self._words = words
        self._otherwise = otherwise
        self._weighing = weighing or Weighing()
        known = [one for one in procedures if one.short_en]
        names = [(one.short_en, *one.aliases_en) for one in known]
        self._codes = [one.code for one in known]
        self._plain = [one.variant == "plain" for one in known]
        owners = [owner for owner, own in enumerate(names) for _ in own]
        stems = [frozenset(words.stems(name)) for own in names for name in own]
        self._owners = owners
        self._rarity = _rarity(stems)
        self._rarest = max(self._rarity.values(), default=1.0)
        self._lengths = [self._length(one) for one in stems]
        self._names_with: dict[str, list[int]] = {}
        self._begun_with: dict[str, list[str]] = defaultdict(list)
        for number, one in enumerate(stems):
            for stem in one:
                self._names_with.setdefault(stem, []).append(number)
        for stem in self._names_with:
            self._begun_with[stem[0]].append(stem)

    def find(self, text: str, limit: int = 5) -> Found:
        """At most `limit` procedures for a question, the best first. Never raises."""
        found = self._find(text, limit)
        if found.certainty != "none" or self._otherwise is None:
            return found
        return self._otherwise.find(text, limit)

    def _find(self, text: str, limit: int) -> Found:
        asked = self._known(self._words.stems(text))
        scores = self._scores(asked)
        if not scores:
            return NOTHING
        weighing = self._weighing
        best = sorted(scores, key=lambda owner: (-scores[owner].whole, owner))
        top = scores[best[0]]
        trust = min(1.0, top.near / weighing.near) ** 3
        odds = {one: exp(weighing.sharp * (scores[one].whole - top.whole)) for one in best}
        share = trust / sum(odds.values())
        hits = tuple(Hit(self._codes[one], odds[one] * share) for one in best[: max(1, limit)])
        if top.whole < weighing.known:
            certainty: Certainty = "none"
        else:
            certainty = "sure" if hits[0].score >= weighing.sure and trust == 1.0 else "choices"
        return Found(hits, certainty, min(1.0, top.whole))

    def prefix(self, text: str, limit: int = 8) -> tuple[str, ...]:
        """Codes for a question that is still being typed: its last word may be a beginning."""
        scores = self._scores(self._known(self._words.stems(text)))
        finished, _, last = text.rpartition(" ")
        begun = "".join(self._words.stems(last))
        likely = [stem for stem in self._names_with if begun and stem.startswith(begun)]
        known = self._known(self._words.stems(finished))
        for stem in likely:
            for owner, score in self._scores([*known, stem]).items():
                scores[owner] = max(score, scores.get(owner, score))
        best = sorted(scores, key=lambda owner: (-scores[owner].whole, owner))[:limit]
        codes = [self._codes[owner] for owner in best]
        if len(codes) < limit and self._otherwise is not None:
            codes += [one for one in self._otherwise.prefix(text, limit) if one not in codes]
        return tuple(codes[:limit])

    def _scores(self, asked: Sequence[str]) -> dict[int, _Score]:
        """Of each procedure that has one of the words: its nearest name, and what all cover."""
        near: dict[int, float] = {}
        covered: dict[int, float] = {}
        whole = self._length(asked)
        for stem in dict.fromkeys(asked):
            weight = self._weight(stem) ** 2
            owners = set()
            for name in self._names_with.get(stem, ()):
                near[name] = near.get(name, 0.0) + weight
                owners.add(self._owners[name])
            for owner in owners:
                covered[owner] = covered.get(owner, 0.0) + weight
        scores: dict[int, _Score] = {}
        for name, common in near.items():
            owner = self._owners[name]
            nearness = common / (whole * self._lengths[name])
            score = nearness + self._weighing.cover * covered[owner] / (whole * whole)
            score += self._weighing.very if nearness > VERY else 0.0
            score -= 0.0 if self._plain[owner] else self._weighing.rarer
            one = _Score(score, nearness)
            scores[owner] = max(one, scores.get(owner, one))
        return scores

    def _known(self, stems: Sequence[str]) -> list[str]:
        """The stems, a misspelt one as the known one that it looks like."""
        unknown = [one for one in stems if one not in self._names_with]
        spelt = {one: self._spelt(one) for one in unknown[:MOST_MISSPELT]}
        return [spelt.get(one, one) for one in stems]

    def _spelt(self, stem: str) -> str:
        if len(stem) < LEAST_MISSPELT:
            return stem
        near = [one for one in self._begun_with.get(stem[0], ()) if abs(len(one) - len(stem)) <= 2]
        return next(iter(get_close_matches(stem, near, 1, ALIKE)), stem)

    def _weight(self, stem: str) -> float:
        return self._rarity.get(stem, self._weighing.unknown * self._rarest)

    def _length(self, stems: Sequence[str] | frozenset[str]) -> float:
        return sqrt(sum(self._weight(one) ** 2 for one in stems)) or 1.0


def _rarity(names: Sequence[frozenset[str]]) -> Mapping[str, float]:
    """How much each stem tells: the fewer names have it, the more."""
    counts: dict[str, int] = {}
    for name in names:
        for stem in name:
            counts[stem] = counts.get(stem, 0) + 1
    return {stem: sqrt(log((1 + len(names)) / (1 + count)) + 1) for stem, count in counts.items()}
