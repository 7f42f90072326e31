"""What the model learns from, as files in one folder (assets/guide):

questions/*.jsonl         ways in which people ask; all are trained on
questions/halved/*.jsonl  half of these, chosen by hash, is never trained or tuned on
heard/*.jsonl             questions spoken by machine, and what a recogniser wrote (voice.bin)
openings.txt              words around a question that tell nothing, one a line
synonyms.txt              words for the same thing, one group a line, "|" between them
model.bin                 the trained model;  report.json, report.md tell how it did
voice.bin                 the same for what is heard
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from kiosk.guide.folding import fold
from kiosk.guide.questions import Question, QuestionsBad, is_kept_unseen, read_questions


@dataclass(frozen=True, slots=True)
class Lessons:
    """All that a training reads but the catalogue."""

    questions: tuple[Question, ...]
    openings: tuple[str, ...]
    synonyms: tuple[tuple[str, ...], ...]


def read_lessons(folder: Path) -> Lessons:
    """The lessons of a folder, without the unseen half. Raises OSError, QuestionsBad."""
    whole = read_questions(sorted(folder.glob("questions/*.jsonl")))
    halved = read_questions(sorted(folder.glob("questions/halved/*.jsonl")))
    seen = [one for one in halved if not is_kept_unseen(one.text)]
    return Lessons(
        questions=(*whole, *seen),
        openings=tuple(_lines(folder / "openings.txt")),
        synonyms=tuple(
            tuple(phrase.strip() for phrase in line.split("|"))
            for line in _lines(folder / "synonyms.txt")
        ),
    )


def read_unseen(folder: Path) -> dict[str, list[Question]]:
    """The unseen half by file name, for measuring alone. Raises OSError, QuestionsBad.

    A question that a lesson has in the very same words counts as seen.
    """
    lessons = {fold(one.text) for one in read_lessons(folder).questions}
    return {
        path.stem: [
            one
            for one in read_questions([path])
            if is_kept_unseen(one.text) and fold(one.text) not in lessons
        ]
        for path in sorted(folder.glob("questions/halved/*.jsonl"))
    }


def read_heard(folder: Path) -> tuple[list[tuple[str, str]], ...]:
    """Pairs of said and heard, folded: of each clip the best reading in words, and the bare
    letters. Raises OSError, QuestionsBad."""
    words, letters = [], []
    for path in sorted(folder.glob("heard/*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                said = fold(row["question"])
                words += [(said, fold(text)) for text in row["heard"][:1]]
                letters += [(said, fold(row["letters"]))] if row.get("letters") else []
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise QuestionsBad(f"{path.name}, line {number}: no pair") from error
    return words, letters


def _lines(path: Path) -> list[str]:
    stripped = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in stripped if line and not line.startswith("#")]
