"""Teaches a trained model more, on the device: new procedures by their names, new questions.

What the model knows stays as it is. The new is learnt on top of it, as weights for just those pairs
of gram and code that the new texts have: so some seconds and a few ten megabytes will do, even for
the whole national list. Old questions are rehearsed, that nothing new takes them over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kiosk.guide.extended_model import ExtendedModel, middle
from kiosk.guide.folding import fold
from kiosk.guide.grams import Keys, keys, runs
from kiosk.guide.model import Model, Vocabulary
from kiosk.guide.names import Named
from kiosk.guide.noise import spoilt
from kiosk.guide.questions import Question
from kiosk.guide.training import Example, examples_of

PARTS: Final = 20  # in which the progress is told


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherRecipe:
    """The settings. Tuned on the national list's names and on development questions."""

    rounds: int = 4
    steps: int = 20_000  # about, in all, so that the time stays bounded
    rehearsed: int = 2_000  # most of the old questions in a round
    step: float = 2.0
    spoilt_share: float = 0.5
    least_share: float = 0.01  # of probability, for a code to be touched by a step
    shared: int = 60  # names; a gram that more of the news have tells little and costs much
    weights: int = 500_000  # most that are kept
    seed: int = 2026


def train_further(
    model: Model,
    questions: Sequence[Question],
    procedures: Sequence[Named] = (),
    old: Sequence[Question] = (),
    openings: Sequence[str] = (),
    recipe: FurtherRecipe | None = None,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> Model | ExtendedModel:
    """The model with what is new in `questions` and in the names of `procedures`.

    `old` are questions that it knows, for rehearsal. `told` hears of each twentieth that is done.
    """
    recipe = recipe or FurtherRecipe()
    codes, news = examples_of(questions, procedures, first=model.codes)
    if not news:
        return model
    _, rehearsal = examples_of([one for one in old if one.codes[0] in model.codes], (), codes)
    chance = Random(recipe.seed)  # noqa: S311 - noise, no secret
    more = _More(model, codes, news, recipe.shared)
    polite = [fold(one) for one in openings]
    rounds = max(1, min(recipe.rounds, recipe.steps // len(news)))
    rehearsed = min(recipe.rehearsed, len(rehearsal))
    steps, done = rounds * (len(news) + rehearsed), 0
    for number in range(rounds):
        step = recipe.step * (1 - 0.8 * number / max(1, rounds - 1))
        lessons = news + chance.sample(rehearsal, rehearsed)
        chance.shuffle(lessons)
        for one in lessons:
            spoils = number and chance.random() < recipe.spoilt_share
            text = spoilt(one.folded, chance, polite) if spoils else one.folded
            more.learn(text, one, step, recipe.least_share)
            done += 1
            if done * PARTS // steps > (done - 1) * PARTS // steps:
                told(done * PARTS // steps, PARTS)
    return ExtendedModel(model, more.model(recipe.weights))


class _More:
    """The second model while it learns. Its classes are the codes of the news alone; `_own` has the
    place of each code among them, -1 of the others."""

    def __init__(
        self, first: Model, codes: Sequence[str], news: Sequence[Example], shared: int
    ) -> None:
        self._first, self._codes = first, codes
        self._taught = np.unique([one.code for one in news])
        own = np.full(len(codes), -1, dtype=np.int64)
        own[self._taught] = np.arange(len(self._taught))
        grams = [keys(one.folded) for one in news]
        self._vocabulary = _vocabulary(grams, shared)
        width = len(self._taught)
        pairs = np.unique(
            np.concatenate(
                [
                    self._vocabulary.vector(of)[0] * width + own[one.code]
                    for of, one in zip(grams, news, strict=True)
                ]
            )
        )
        self._grams, self._classes = np.divmod(pairs, width)
        counts = np.bincount(self._grams, minlength=len(self._vocabulary.keys))
        self._starts = np.concatenate([[0], np.cumsum(counts)])
        self._weights = np.zeros(len(pairs), dtype=np.float32)
        self._bias = np.zeros(width, dtype=np.float32)

    def learn(self, folded: str, example: Example, step: float, least_share: float) -> None:
        """One step of softmax regression, on what is new alone."""
        places, values = self._vocabulary.vector(keys(folded))
        counts = self._starts[places + 1] - self._starts[places]
        slots = runs(self._starts[places], counts)
        values = np.repeat(values, counts)
        classes = self._classes[slots]
        logits = self._of_first(folded)
        logits[self._taught] += self._bias + np.bincount(
            classes, weights=values * self._weights[slots], minlength=len(self._taught)
        )
        logits[list(example.also)] = -np.inf
        odds = np.exp(logits - logits.max())
        odds /= odds.sum()
        odds[example.code] -= 1
        odds[np.abs(odds) < least_share] = 0
        change = step * odds[self._taught]
        moved = np.flatnonzero(change[classes])
        self._weights[slots[moved]] -= change[classes[moved]] * values[moved]
        self._bias -= 0.05 * change

    def _of_first(self, folded: str) -> NDArray[np.float32]:
        logits, _ = self._first.weighed(folded)
        every = np.full(len(self._codes), middle(logits), dtype=np.float32)
        every[: len(logits)] = logits
        return every

    def model(self, most: int) -> Model:
        """What was learnt, the `most` largest weights of it."""
        told = np.abs(self._weights) * self._vocabulary.idf[self._grams]
        kept = np.sort(np.argsort(-told, kind="stable")[:most])
        codes = [self._codes[one] for one in self._taught]
        pairs = self._grams[kept], self._classes[kept], self._weights[kept]
        return Model.of_pairs(codes, self._vocabulary, *pairs, self._bias)


def _vocabulary(texts: Sequence[Keys], shared: int) -> Vocabulary:
    every, counts = np.unique(np.concatenate(texts), return_counts=True)
    telling = counts <= shared
    every, counts = every[telling], counts[telling]
    idf = np.log((1 + len(texts)) / (1 + counts)) + 1
    return Vocabulary(every, idf.astype(np.float32))
