"""What a citizen wants: one closed list, the same for touch and for voice.

    text → fold → slots by rule (A012, H26.…)            ┐
                → model (kiosk.guide.intent_training)    ├→ the likeliest intent
         search → how well the best procedure fits       ┘

The words alone cannot tell "mất điện" from "mất căn cước": the procedure search has a say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp
from typing import Final

import numpy as np

from kiosk.guide.dossier_code import dossier_code_in
from kiosk.guide.intent import INTENTS, SLOT_OF, Intent
from kiosk.guide.model import Model

_NUMBER = re.compile(r"\b([A-Za-z])\s?(\d{3})\b")
_LONGEST: Final = 4_000  # characters looked at for numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """How far the search sways the intents. Set on development questions."""

    pull: float = 3.0  # of the best procedure's score, in units of log odds
    neutral: float = 0.35  # the score that says nothing either way


@dataclass(frozen=True, slots=True)
class Meant:
    """The intent, its slots (place, item, language, topic, number, dossier), and how likely."""

    intent: Intent
    slots: Mapping[str, str] = field(default_factory=dict)
    chance: float = 0.0


class Intents:
    """Decides; built once and only read. Pure."""

    def __init__(self, model: Model, leaning: Leaning | None = None) -> None:
        self._labels = model.codes
        self._model = model
        self._leaning = leaning or Leaning()
        heads = [label.partition("/")[0] for label in model.codes]
        self._intent_of = np.array([_place(head) for head in heads], dtype=np.int64)

    def of(self, text: str, folded: str, best_procedure: float = 0.0) -> Meant:
        """What `text` wants; `best_procedure` is the score of the search's first hit, 0 to 1.

        Without a model everything is taken for a question about a procedure.
        """
        if not self._labels:
            return Meant("procedure", {}, 1.0)
        _, chances = self._model.scores(folded)
        sums = np.bincount(self._intent_of, weights=chances, minlength=len(INTENTS))
        sway = exp(self._leaning.pull * (best_procedure - self._leaning.neutral))
        sums[INTENTS.index("procedure")] *= sway
        best = int(sums.argmax())
        own = np.where(self._intent_of == best, chances, -1.0)
        slots = _slots(INTENTS[best], self._labels[int(own.argmax())], text)
        return Meant(INTENTS[best], slots, float(sums[best] / sums.sum()))


def _place(intent: str) -> int:
    if intent not in INTENTS:
        raise ValueError(f"the model knows an intent {intent!r} that the kiosk does not")
    return INTENTS.index(intent)


def _slots(intent: Intent, label: str, text: str) -> dict[str, str]:
    slots: dict[str, str] = {}
    named = label.partition("/")[2]
    if named:
        slots[SLOT_OF[intent]] = named
    if intent == "queue_status" and (number := _NUMBER.search(text[:_LONGEST])):
        slots["number"] = f"{number[1].upper()}{number[2]}"
    if intent == "dossier_status" and (dossier := dossier_code_in(text[:_LONGEST])):
        slots["dossier"] = dossier
    return slots
