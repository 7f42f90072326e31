"""What answers come to, for a day or a month. Like is added to like alone.

Words are not here: figures go into files that are passed on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kiosk.feedback.answer import Answer
from kiosk.feedback.survey import FACES, GLAD, SAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many chose each face, from the saddest, and what that is on average (0 for nobody)."""

    faces: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)

    @property
    def count(self) -> int:
        """How many answered."""
        return sum(self.faces)

    @property
    def mean(self) -> float:
        """From 1.0 to 5.0."""
        points = sum(face * count for face, count in zip(FACES, self.faces, strict=True))
        return points / self.count if self.count else 0.0

    @property
    def glad(self) -> int:
        """How many chose one of the two glad faces."""
        return sum(self.faces[face - 1] for face in GLAD)

    @property
    def sad(self) -> int:
        """How many chose one of the two sad faces."""
        return sum(self.faces[face - 1] for face in SAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The answers about one reason, service, counter, or of one day, by its code."""

    key: str
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """All answers to one question of one version of the survey."""

    survey: str
    question: str
    whole: Tally
    by_reason: tuple[Line, ...]
    by_service: tuple[Line, ...]
    by_counter: tuple[Line, ...]
    by_day: tuple[Line, ...]
    words: int
    call_backs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A stretch of business days, both ends included; the newest version first."""

    first_day: str
    last_day: str
    parts: tuple[Part, ...]


def summarise(first_day: str, last_day: str, answers: Iterable[Answer]) -> Summary:
    """The summary of these answers, which are in the order in which they were given."""
    kinds: dict[tuple[str, str], list[Answer]] = {}
    for answer in answers:
        kinds.setdefault((answer.survey, answer.question), []).append(answer)
    return Summary(
        first_day=first_day,
        last_day=last_day,
        parts=tuple(_part(*kind, of_kind) for kind, of_kind in reversed(kinds.items())),
    )


def _part(survey: str, question: str, answers: Sequence[Answer]) -> Part:
    return Part(
        survey=survey,
        question=question,
        whole=_tally(answers),
        by_reason=_lines(answers, lambda one: one.reasons),
        by_service=_lines(answers, lambda one: (one.service,)),
        by_counter=_lines(answers, lambda one: (one.counter,)),
        by_day=_lines(answers, lambda one: (one.business_day,)),
        words=sum(1 for one in answers if one.words),
        call_backs=sum(1 for one in answers if one.consent),
    )


def _lines(
    answers: Sequence[Answer], keys: Callable[[Answer], tuple[str, ...]]
) -> tuple[Line, ...]:
    found: dict[str, list[Answer]] = {}
    for answer in answers:
        for key in keys(answer):
            if key:
                found.setdefault(key, []).append(answer)
    return tuple(Line(key=key, tally=_tally(found[key])) for key in sorted(found))


def _tally(answers: Iterable[Answer]) -> Tally:
    counts = Counter(answer.face for answer in answers)
    one, two, three, four, five = (counts[face] for face in FACES)
    return Tally(faces=(one, two, three, four, five))
