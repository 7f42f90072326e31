"""What every recogniser offers, and what it heard."""

from dataclasses import dataclass
from typing import Protocol

from voice.recognizers.hearable import RATE, Samples
from voice.wire import Language

MOST_HYPOTHESES = 5
LONGEST = 30.0  # seconds that are read in one go


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A reading of the sound; `score` is its mean log probability per token, 0 at best.

    A reading in bare letters, without marks and capitals, was read off the sounds alone
    (voice.recognizers.letters): for the search, not for people. It is the last one.
    """

    text: str
    score: float
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was heard: the readings, the best first; none where nothing was said."""

    hypotheses: tuple[Hypothesis, ...]
    seconds: float  # length of the sound
    no_speech: float = 0.0  # probability that nobody spoke; 0 where the engine cannot tell

    @property
    def text(self) -> str:
        """The best reading, "" for none."""
        return self.hypotheses[0].text if self.hypotheses else ""


class Recognizer(Protocol):
    """An engine with its model, used by one thread alone."""

    @property
    def engine(self) -> str:
        """Its name and its model's: "whisper:whisper-base"."""

    def hear(self, samples: Samples, language: Language = "vi") -> Transcript:
        """Read up to 30 s of sound (16 kHz); what is longer is cut.  Raises RecognizerFailed."""

    def score(self, texts: tuple[str, ...]) -> tuple[float, ...]:
        """How well each text fits the sound heard last; higher is better, comparable in one call.

        Raises NoScoring where the engine cannot do it, or nothing was heard yet.
        """

    def close(self) -> None:
        """Give the memory back."""


def seconds_of(samples: Samples) -> float:
    """The length of a sound."""
    return len(samples) / RATE
