"""Trains the classifier that ships, with NumPy alone, in a few minutes and about 2 GB.

Softmax regression by stochastic gradient steps. Each round sees each question once as it stands or
spoilt afresh (kiosk.guide.noise); names and aliases of the catalogue are questions too. A step
touches only the codes that still take a share of the probability, which is what makes it fast.
Codes in `also` are neither pushed nor punished. What is kept is the mean of the last rounds.

A kiosk learns on top of what ships: kiosk.guide.further_training.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from kiosk.guide.folding import fold, marked
from kiosk.guide.grams import Keys, keys
from kiosk.guide.mishearing import Mishearing
from kiosk.guide.model import Model, Vocabulary
from kiosk.guide.names import Named
from kiosk.guide.noise import spoilt
from kiosk.guide.questions import Question
from kiosk.guide.synonyms import Synonyms


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The settings of a training. Tuned on paraphrases held out, never on the unseen half."""

    rounds: int = 8
    averaged: int = 3  # of the last rounds
    step: float = 3.0  # of the first round; falls to a tenth
    spoilt_share: float = 0.7  # of the questions of a round after the first
    swapped_share: float = 0.4  # of the words with synonyms, in questions that are spoilt
    misheard_share: float = 0.7  # of the spoilt ones, where there is a Mishearing
    grams: int = 120_000  # most in the vocabulary
    weights: int = 1_600_000  # most in the model
    least_share: float = 0.01  # of probability, for a code to be touched by a step
    seed: int = 2026


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A text and its code, as the number of a class; `also` are classes that are right too."""

    text: str  # lower case, with marks
    folded: str
    code: int
    also: tuple[int, ...]


def train(
    questions: Sequence[Question],
    procedures: Sequence[Named] = (),
    openings: Sequence[str] = (),
    recipe: Recipe | None = None,
    told: Callable[[int, int], None] = lambda done, of: None,
    *,
    synonyms: Sequence[Sequence[str]] = (),
    mishearings: Sequence[Mishearing] = (),
) -> Model:
    """A model of the questions and of the procedures' names.

    `openings` are words around a question that tell nothing, `synonyms` groups of words for the
    same thing, `mishearings` are what recognisers make of words. `told` hears of each finished
    round: how many are done, of how many.
    """
    recipe = recipe or Recipe()
    codes, examples = examples_of(questions, procedures)
    if not examples:
        return Model.empty()
    chance = Random(recipe.seed)  # noqa: S311 - noise, no secret
    noise = _Noise([fold(one) for one in openings], Synonyms(synonyms), mishearings, chance, recipe)
    vocabulary = _vocabulary(examples, noise, recipe.grams)
    weights = np.zeros((len(vocabulary.keys), len(codes)), dtype=np.float32)
    bias = np.zeros(len(codes), dtype=np.float32)
    total, total_bias = np.zeros_like(weights), np.zeros_like(bias)
    averaged = min(recipe.averaged, recipe.rounds)
    for number in range(recipe.rounds):
        step = recipe.step * (1 - 0.9 * number / max(1, recipe.rounds - 1))
        chance.shuffle(examples)
        for example in examples:
            text = example.folded
            if number and chance.random() < recipe.spoilt_share:
                text = noise.of(example)
            _step(weights, bias, example, vocabulary.vector(keys(text)), step, recipe)
        if number >= recipe.rounds - averaged:
            total += weights
            total_bias += bias
        told(number + 1, recipe.rounds)
    del weights
    total /= averaged
    total_bias /= averaged
    return Model.pruned(codes, vocabulary, total, total_bias, keep=recipe.weights)


def examples_of(
    questions: Sequence[Question], procedures: Sequence[Named], first: Sequence[str] = ()
) -> tuple[list[str], list[Example]]:
    """The codes, those of `first` before all others, and what is to be learnt about them."""
    named = [
        (name, (one.code,))
        for one in procedures
        for name in dict.fromkeys((one.official, one.short, *one.aliases))
    ]
    pairs = [(one.text, one.codes) for one in questions] + named
    codes = [*first, *sorted({right[0] for _, right in pairs} - set(first))]
    place = {code: number for number, code in enumerate(codes)}
    return codes, [
        Example(
            marked(text), folded, place[right[0]], tuple(place[c] for c in right[1:] if c in place)
        )
        for text, right in pairs
        if (folded := fold(text))
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Noise:
    openings: Sequence[str]
    synonyms: Synonyms
    mishearings: Sequence[Mishearing]
    chance: Random
    recipe: Recipe

    def of(self, example: Example) -> str:
        """A folded variation of the example."""
        said = self.synonyms.swapped(example.text, self.chance, self.recipe.swapped_share)
        if self.mishearings and self.chance.random() < self.recipe.misheard_share:
            return self.chance.choice(self.mishearings).of(fold(said), self.chance)
        return spoilt(fold(said), self.chance, self.openings)


def _vocabulary(examples: Sequence[Example], noise: _Noise, most_grams: int) -> Vocabulary:
    """Grams of the questions as they stand and spoilt twice; the frequent first, two at least."""
    clean = [keys(one.folded) for one in examples]
    noisy = [keys(noise.of(one)) for one in examples for _ in range(2)]
    seen, counts = np.unique(np.concatenate(clean), return_counts=True)
    every, all_counts = np.unique(np.concatenate(clean + noisy), return_counts=True)
    kept = all_counts >= 2
    every, all_counts = every[kept], all_counts[kept]
    if len(every) > most_grams:
        most = np.sort(np.argsort(-all_counts, kind="stable")[:most_grams])
        every = every[most]
    documents = _counts_of(every, seen, counts)
    idf = np.log((1 + len(examples)) / (1 + documents)) + 1
    return Vocabulary(every, idf.astype(np.float32))


def _counts_of(wanted: Keys, seen: Keys, counts: NDArray[np.int64]) -> NDArray[np.int64]:
    places = np.minimum(np.searchsorted(seen, wanted), len(seen) - 1)
    return np.where(seen[places] == wanted, counts[places], 0)


def _step(
    weights: NDArray[np.float32],
    bias: NDArray[np.float32],
    example: Example,
    vector: tuple[NDArray[np.int64], NDArray[np.float32]],
    step: float,
    recipe: Recipe,
) -> None:
    places, values = vector
    logits = bias + values @ weights.take(places, axis=0)
    for other in example.also:
        logits[other] = -np.inf
    odds = np.exp(logits - logits.max())
    odds /= odds.sum()
    odds[example.code] -= 1
    touched = np.flatnonzero(np.abs(odds) > recipe.least_share)
    change = step * odds[touched]
    flat = weights.reshape(-1)  # take and put on the flat view cost a quarter of fancy indices
    slots = places[:, None] * len(bias) + touched
    flat.put(slots, flat.take(slots) - np.outer(values, change))
    bias[touched] -= 0.1 * change
