"""What the core asks of the guide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kiosk.guide.answer import Answer
from kiosk.guide.catalogue import Catalogue
from kiosk.words import Language


class Hearing(Protocol):
    """What a heard question may mean, before it is decided."""

    @property
    def candidates(self) -> Sequence[str]:
        """Sentences to be scored against the sound, at most 200; none: nothing would be won."""
        ...

    def answer(self, scores: Sequence[float]) -> Answer:
        """The answer. `scores` are in the order of the candidates, or none of them is known.

        What is doubtful becomes choices, never an act.
        """
        ...


class Guide(Protocol):
    """A catalogue that can be asked: read whole on a thread, then only looked at, on the loop.

    None of its methods raises, whatever the text; each ends within a few milliseconds.
    """

    @property
    def catalogue(self) -> Catalogue: ...

    def suggest(self, text: str, limit: int, language: Language) -> Sequence[str]:
        """Codes for a question that is still being typed, the best first."""
        ...

    def ask(self, text: str, language: Language, topic: str) -> Answer:
        """The answer; `topic` is the code that the question may go on about, or ""."""
        ...

    def learn_to_hear(self) -> object:
        """Read what `hear` needs: on the reading thread, once typed questions are answered."""
        ...

    def hear(
        self, readings: Sequence[tuple[str, float]], language: Language, topic: str
    ) -> Hearing:
        """A question that was heard: its readings, each with its score, the best first."""
        ...


class GuideSource(Protocol):
    """Where the guide comes from. Blocking, used by one thread alone."""

    def stamp(self) -> object:
        """Differs when there is something new to read; costs next to nothing."""
        ...

    def read(self) -> Guide:
        """The newest good guide; raises where there is none."""
        ...
