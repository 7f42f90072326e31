"""Trains the intents: the same classifier as the search, over labels such as "facility/toilet".

It learns from the sentences of assets/sentences, and from the questions about procedures, which
are all the one label "procedure".
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Final

from kiosk.guide.model import Model
from kiosk.guide.procedure import Procedure
from kiosk.guide.questions import Question
from kiosk.guide.sentences import Openings, Sentence, framed
from kiosk.guide.training import Recipe, train

MOST_OF_A_TEMPLATE: Final = 24  # sentences: one template must not shout the others down
MOST_OUTSIDE: Final = 25  # of out_of_scope, which is wide: its templates hold many words
LABELLED_SLOTS: Final = ("place", "item", "language", "topic")
RECIPE: Final = Recipe(rounds=6, averaged=2, grams=60_000, weights=400_000)


def label_of(sentence: Sentence) -> str:
    """What the classifier tells apart: the intent and its named slot, "facility/toilet"."""
    named = [sentence.slots[name] for name in LABELLED_SLOTS if name in sentence.slots]
    return "/".join([sentence.intent, *named])


def train_intents(
    sentences: Sequence[Sentence],
    procedure_questions: Iterable[str],
    openings: Sequence[str] = (),
    recipe: Recipe = RECIPE,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> Model:
    """A model of the intents; `openings` are the polite words that may come before a question."""
    examples = [Question(one.text, (label_of(one),)) for one in _even(sentences)]
    examples += [Question(text, ("procedure",)) for text in procedure_questions]
    return train(examples, (), openings, recipe, told)


def _even(sentences: Sequence[Sentence]) -> list[Sentence]:
    """At most so many of each template, chosen by hash: always the same."""
    kept: list[Sentence] = []
    for (intent, _), group in groupby(sentences, key=lambda one: (one.intent, one.template)):
        most = MOST_OUTSIDE if intent == "out_of_scope" else MOST_OF_A_TEMPLATE
        kept += sorted(group, key=lambda one: zlib.crc32(one.text.encode()))[:most]
    return kept


def named_questions(
    procedures: Iterable[Procedure], vietnamese: Openings, english: Openings
) -> list[str]:
    """Every name and alias as a question: a new procedure too is taken for a procedure."""
    questions: dict[str, None] = {}
    for one in procedures:
        for name in dict.fromkeys((one.official, one.short, *one.aliases)):
            questions.update(dict.fromkeys(framed(name, vietnamese.around, 2)))
        if one.short_en:
            questions.update(dict.fromkeys(framed(one.short_en, english.around, 1)))
    return list(questions)
