"""A question that was heard, on its way to an answer: first its candidates, then the decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.guide.answer import Answer
from kiosk.guide.hearing import Guesses, Understood


class Answering(Protocol):
    """Who turns a decision into an answer; kiosk.guide.guide.Guide does."""

    def answer_understood(
        self, text: str, understood: Understood, language: str, topic: str
    ) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Heard:
    """See kiosk.ports.Hearing. `text` is the best reading."""

    guide: Answering
    guesses: Guesses
    text: str
    language: str
    topic: str

    @property
    def candidates(self) -> tuple[str, ...]:
        """Sentences to be scored against the sound."""
        return tuple(phrase.text for phrase in self.guesses.phrases)

    def answer(self, scores: Sequence[float]) -> Answer:
        """The answer; what is doubtful becomes choices."""
        scores = scores if len(scores) == len(self.guesses.phrases) else ()
        understood = self.guesses.understood(scores)
        return self.guide.answer_understood(self.text, understood, self.language, self.topic)
