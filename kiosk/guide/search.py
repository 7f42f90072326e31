"""From a citizen's own words to the right procedures, and how sure that is.

    text → fold → model (how people ask)  ┐
                → names and aliases       ├→ one score each → siblings → twins → certainty
                → words such as "cấp lại", "nước ngoài"

Pure: no clock, no thread, no file. One Search is built for a catalogue and then only read, so many
threads may ask at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from kiosk.guide.extended_model import Knowledge, middle
from kiosk.guide.folding import fold, fold_unfinished
from kiosk.guide.names import NameIndex
from kiosk.guide.operations import Operations
from kiosk.guide.prefixes import PrefixIndex
from kiosk.guide.siblings import Siblings

Certainty = Literal["sure", "choices", "none"]


class Findable(Protocol):
    """What the search needs of a procedure (kiosk.guide.procedure.Procedure has it)."""

    @property
    def code(self) -> str: ...
    @property
    def official(self) -> str: ...
    @property
    def short(self) -> str: ...
    @property
    def aliases(self) -> Sequence[str]: ...
    @property
    def variant(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Hit:
    """A procedure that may be meant; `score` is the probability that it is."""

    code: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The best first. sure: show the first. choices: let the citizen choose. none: ask otherwise.

    `known` is the probability that the words are about any procedure at all.
    """

    hits: tuple[Hit, ...]
    certainty: Certainty
    known: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Blend:
    """How the parts are weighed. Tuned on development questions, never on the unseen half."""

    model: float = 1.0  # of a logit
    names: float = 5.0  # of a cosine
    very_name: float = 40.0  # of its sixth power: next to nothing but for the very words
    operation: float = 1.0  # of what is to be done with a paper
    siblings: float = 2.0  # of a step of rank
    doubt: float = 1.6  # divides the scores, so that probabilities are what they say
    sure: float = 0.75  # least probability of the first
    known: float = 0.14  # least of `known`, for anything but "none": refuses 2 % of good questions


NOTHING = Found((), "none")


class Finding(Protocol):
    """What finds procedures; Search does in Vietnamese, kiosk.guide.english_search in English."""

    def find(self, text: str, limit: int = 5) -> Found: ...
    def prefix(self, text: str, limit: int = 8) -> tuple[str, ...]: ...


class Search:
    """A catalogue that can be asked."""

    def __init__(
        self, procedures: Sequence[Findable], model: Knowledge, blend: Blend | None = None
    ) -> None:
        self._codes = [one.code for one in procedures]
        self._blend = blend or Blend()
        names = [_folded_names(one) for one in procedures]
        officials = [official for official, *_ in names]
        self._operations = Operations(officials)
        self._siblings = Siblings(officials, [one.variant for one in procedures])
        self._twin_of = _twins(officials)
        self._names = NameIndex(names)
        self._take(model)
        self._prefixes = _prefixes(names, self._siblings)

    def with_model(self, model: Knowledge) -> Search:
        """The same catalogue asked through another model; all else is shared."""
        other = copy(self)
        other._take(model)  # noqa: SLF001 - ours as well
        return other

    def _take(self, model: Knowledge) -> None:
        place = {code: number for number, code in enumerate(model.codes)}
        self._model = model
        self._class_of = np.array([place.get(code, -1) for code in self._codes], dtype=np.int64)

    def has(self, code: str) -> bool:
        """Whether the catalogue holds this procedure."""
        return code in self._codes

    def find(self, text: str, limit: int = 5) -> Found:
        """At most `limit` procedures for a question in whatever words. Never raises."""
        folded = fold(text)
        if not folded or not self._codes:
            return NOTHING
        blend = self._blend
        names = self._names.scores(folded)
        asked, seen = self._asked(folded)
        square = names * names
        very_name = square * square * square  # ten times as fast as names**6
        total = asked * blend.model + names * blend.names + very_name * blend.very_name
        operation = self._operations.fitting(folded)
        if operation is not None:
            total += operation * blend.operation
        total = self._siblings.ranked(total, folded, blend.siblings)
        best = self._distinct(total, max(1, limit))
        odds = np.exp((total - total[best[0]]) / blend.doubt)
        chances = (odds[best] / odds.sum()).tolist()
        known = _known(float(total[best[0]]), float(names.max()), seen)
        hits = tuple(
            Hit(self._codes[one], chance) for one, chance in zip(best, chances, strict=True)
        )
        return Found(hits, self._certainty(chances[0], known), known)

    def prefix(self, text: str, limit: int = 8) -> tuple[str, ...]:
        """Codes for a question that is still being typed; falls back on `find`."""
        folded = fold_unfinished(text)
        places = self._prefixes.find(folded, limit)
        codes = [self._codes[place] for place in places]
        if len(codes) < limit and len(folded) >= 4:
            codes += [hit.code for hit in self.find(text, limit).hits if hit.code not in codes]
        return tuple(codes[:limit])

    def _certainty(self, first: float, known: float) -> Certainty:
        if known < self._blend.known:
            return "none"
        return "sure" if first >= self._blend.sure else "choices"

    def _asked(self, folded: str) -> tuple[NDArray[np.float32], float]:
        """The model's score of each procedure, and the share of the words that it knows.

        A procedure that the model does not know has the middle of all scores: its name must do.
        """
        logits, seen = self._model.weighed(folded)
        unknown = np.float32(middle(logits))
        return np.append(logits, unknown)[self._class_of] - unknown, seen

    def _distinct(self, total: NDArray[np.float32], limit: int) -> list[int]:
        """The best, each name once: the national list has many codes with the very same name."""
        near = np.argpartition(-total, min(8 * limit, len(total)) - 1)[: 8 * limit]
        near = near[np.argsort(-total[near], kind="stable")]
        first: dict[int, int] = {}
        for one in near.tolist():
            first.setdefault(self._twin_of[one], one)
        return list(first.values())[:limit]


def _known(best: float, nearest_name: float, seen: float) -> float:
    """A logistic regression of 1,100 questions about procedures against 120 about anything else."""
    return float(1 / (1 + np.exp(7.57 - 0.36 * best - 1.66 * nearest_name - 6.1 * seen)))


def _twins(officials: Sequence[str]) -> list[int]:
    """For each procedure the place of the first of the same official name."""
    first: dict[str, int] = {}
    return [first.setdefault(name, place) for place, name in enumerate(officials)]


def _folded_names(procedure: Findable) -> tuple[str, ...]:
    """The official name, the short one, the aliases: each folded once, for all who search."""
    return tuple(fold(name) for name in (procedure.official, procedure.short, *procedure.aliases))


def _prefixes(names: Sequence[Sequence[str]], siblings: Siblings) -> PrefixIndex:
    """A short name is better than the official one, and both than an alias."""
    texts, owners, handicaps = [], [], []
    for place, (own, variants) in enumerate(zip(names, siblings.variants, strict=True)):
        official, short, *aliases = own
        for kind, name in enumerate(dict.fromkeys((short, official, *aliases))):
            texts.append(name)
            owners.append(place)
            handicaps.append(2.0 * len(variants) + min(kind, 2) * 0.5)
    return PrefixIndex(texts, owners, handicaps)
