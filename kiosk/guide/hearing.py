"""What a heard question means. Hearing errs: what is doubtful is asked back, never acted on.

    readings (up to five, of one sound) ─▶ search, each ─▶ chances of procedures  ┐
          └▶ phrases of the likeliest ─▶ scored against the sound: a second say   ├─▶ act
             (voice.closed_set)                                                   │   choose
    what is wanted at all (kiosk.guide.intents), each reading ────────────────────┘   not understood

The second say counts by procedure, not by wording, and only where a phrase fits the sound nearly as
well as the free reading does: then it was said itself. Other wordings tell nothing.
Pure: one Understanding is built for a catalogue and then only read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, prod
from typing import Final, Literal

from kiosk.guide.folding import fold
from kiosk.guide.intents import Intents, Meant
from kiosk.guide.names import Named
from kiosk.guide.questions import Question
from kiosk.guide.search import Certainty, Finding, Found, Hit
from kiosk.guide.sounds import sound

Decision = Literal["act", "choose", "not_understood"]
_CERTAINTY: Final[Mapping[Decision, Certainty]] = {
    "act": "sure",
    "choose": "choices",
    "not_understood": "none",
}

MOST_CHOICES: Final = 4
MOST_READINGS: Final = 5
LONGEST_PHRASE: Final = 90  # characters
DEEP: Final = 60  # procedures looked at for each reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """How much is what. Set on questions held out of the training, never on the unseen half."""

    doubt: float = 1e-3  # added to each ear's chances: no ear alone rules a procedure out
    procedures: int = 6  # whose phrases are scored against the sound
    phrases: int = 2  # of each
    near: float = 1.8  # a phrase whose score is that near to the free reading's was said itself,
    sound: float = 2.5  # and so much the nearer, in log chances
    act: float = 0.95  # least chance of a procedure that is answered without asking back
    offer: float = 0.02  # least chance of the best, for offering any at all
    intent: float = 0.90  # least chance of any other wish that is acted on
    known: float = 0.05  # least chance that the words are about a procedure at all


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence that may have been said, and the procedure that it asks for."""

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class Understood:
    """The decision; `found` holds at most four procedures, the likeliest first."""

    decision: Decision
    meant: Meant
    found: Found


@dataclass(frozen=True, slots=True)
class Guesses:
    """What the readings of one sound may mean, before the sound itself was asked."""

    chances: Mapping[str, float]  # of the likeliest procedures, 1 in all
    meant: Meant
    known: float
    phrases: tuple[Phrase, ...]
    free: float  # the recogniser's score of its own best reading
    weighing: Weighing

    def understood(self, scores: Sequence[float] = ()) -> Understood:
        """Decide. `scores` are those of the phrases, in their order, or none.

        Raises ValueError when there are scores, but not as many as phrases.
        """
        chances = self._after(scores) if scores else dict(self.chances)
        best = sorted(chances, key=lambda code: -chances[code])[:MOST_CHOICES]
        hits = tuple(Hit(code, chances[code]) for code in best)
        weighing, wish = self.weighing, self.meant.intent
        if wish not in ("procedure", "out_of_scope"):
            sure = self.meant.chance >= weighing.intent
            decision: Decision = "act" if sure else "choose" if hits else "not_understood"
        elif not hits or self.known < weighing.known or hits[0].score < weighing.offer:
            decision = "not_understood"
        else:  # what sounds like nothing of ours may be ours, misheard: nobody is sent away for it
            sure = wish == "procedure" and hits[0].score >= weighing.act
            decision = "act" if sure else "choose"
        return Understood(decision, self.meant, Found(hits, _CERTAINTY[decision], self.known))

    def _after(self, scores: Sequence[float]) -> dict[str, float]:
        """The chances once the sound was asked: what was said word for word stands out."""
        best: dict[str, float] = {}
        for phrase, score in zip(self.phrases, scores, strict=True):
            best[phrase.code] = max(score, best.get(phrase.code, score))
        nearness = {code: score - self.free + self.weighing.near for code, score in best.items()}
        said = {code: near for code, near in nearness.items() if near > 0}
        if not said:
            return dict(self.chances)
        lift = self.weighing.sound
        return _as_shares(
            {code: chance * exp(lift * said.get(code, 0)) for code, chance in self.chances.items()}
        )


class Understanding:
    """Search, intents and phrases of one catalogue."""

    def __init__(
        self,
        search: Finding,
        intents: Intents,
        phrases: Mapping[str, Sequence[str]],
        weighing: Weighing | None = None,
        *,
        letters: bool = True,
    ) -> None:
        """`phrases` are ways in which people ask, by the code that answers them. `letters` tells
        whether readings in bare letters count: they are made of Vietnamese sounds."""
        self._search = search
        self._intents = intents
        self._phrases = phrases
        self._weighing = weighing or Weighing()
        self._letters = letters

    def guesses(self, readings: Sequence[tuple[str, float]]) -> Guesses:
        """What the readings, each with its score, may mean; the best first, at least one.

        A reading in bare letters (voice.recognizers.letters) is an ear of its own.
        """
        texts = [text for text, _ in readings[:MOST_READINGS]]
        words = [text for text in texts if text != fold(text)] or texts
        bare = [text for text in texts if text not in words and self._letters]
        ears = [self._heard(ear) for ear in (words, bare) if ear]
        chances = _agreed([chances for chances, _ in ears], self._weighing.doubt)
        known = max(known for _, known in ears)
        meant = self._wish(words, max(chances.values(), default=0.0))
        phrases = self._nearest(texts, chances)
        return Guesses(chances, meant, known, phrases, readings[0][1], self._weighing)

    def _heard(self, texts: Sequence[str]) -> tuple[dict[str, float], float]:
        """One ear: the mean over its readings of each procedure's chance, and of being known."""
        chances: dict[str, float] = {}
        known = 0.0
        for text in texts:
            found = self._search.find(text, DEEP)
            known += found.known / len(texts)
            for hit in found.hits:
                chances[hit.code] = chances.get(hit.code, 0.0) + hit.score / len(texts)
        return chances, known

    def _wish(self, heard: Sequence[str], best: float) -> Meant:
        """The wish on which most of the readings agree, with its mean chance."""
        each = [self._intents.of(text, fold(text), best) for text in heard]
        sums: dict[str, float] = {}
        for one in each:
            sums[one.intent] = sums.get(one.intent, 0.0) + one.chance / len(heard)
        winner = max(sums, key=lambda intent: sums[intent])
        first = next(one for one in each if one.intent == winner)
        return Meant(first.intent, first.slots, sums[winner])

    def _nearest(self, heard: Sequence[str], chances: Mapping[str, float]) -> tuple[Phrase, ...]:
        """For each of the likeliest procedures the phrases that look most like a reading."""
        likeliest = sorted(chances, key=lambda code: -chances[code])[: self._weighing.procedures]
        sounds = [_sounds(text) for text in (heard[0], heard[-1])]
        return tuple(
            Phrase(text, code)
            for code in likeliest
            for text in sorted(self._phrases.get(code, ()), key=lambda one: -_like(one, sounds))[
                : self._weighing.phrases
            ]
        )


def phrases_of(
    questions: Sequence[Question], procedures: Sequence[Named]
) -> dict[str, tuple[str, ...]]:
    """Short ways to ask for each procedure: questions, its short name and its aliases."""
    phrases: dict[str, dict[str, None]] = {one.code: {} for one in procedures}
    for question in questions:
        code = question.codes[0]
        if code in phrases and len(question.text) <= LONGEST_PHRASE:
            phrases[code][question.text] = None
    for one in procedures:
        names = (name for name in (one.short, *one.aliases) if len(name) <= LONGEST_PHRASE)
        phrases[one.code].update(dict.fromkeys(names))
    return {code: tuple(texts) for code, texts in phrases.items()}


def _agreed(ears: Sequence[Mapping[str, float]], doubt: float) -> dict[str, float]:
    """What all ears say together: the product of their chances, none of which is nothing."""
    codes = dict.fromkeys(code for ear in ears for code in ear)
    return _as_shares({code: prod(ear.get(code, 0.0) + doubt for ear in ears) for code in codes})


def _as_shares(chances: Mapping[str, float]) -> dict[str, float]:
    total = max(sum(chances.values()), 1e-12)
    return {code: chance / total for code, chance in chances.items()}


def _like(phrase: str, heard: Sequence[frozenset[str]]) -> float:
    """How many sounding syllables a phrase shares with the nearest of the readings, 0 to 1."""
    own = _sounds(phrase)
    return max(2 * len(own & one) / max(1, len(own) + len(one)) for one in heard)


@lru_cache(maxsize=8_192)
def _sounds(text: str) -> frozenset[str]:
    return frozenset(map(sound, fold(text).split()))
