"""Questions as data: JSON lines of {"code", "also", "question"}, one way in which somebody asks.

`also` are other codes that a fair clerk would accept for the same words.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Question:
    """One question and the codes that answer it, the best first."""

    text: str
    codes: tuple[str, ...]


class QuestionsBad(ValueError):
    """A line of a question file cannot be read; the words name file and line."""

    code = "questions"


def read_questions(paths: Iterable[Path]) -> list[Question]:
    """All questions of the files. Raises QuestionsBad at the first bad line, OSError."""
    questions = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                questions.append(_question(line, f"{path.name}, line {number}"))
    return questions


def _question(line: str, place: str) -> Question:
    try:
        row = json.loads(line)
        text, codes = row["question"], (row["code"], *row.get("also", ()))
    except (ValueError, KeyError, TypeError) as error:
        raise QuestionsBad(f"{place}: not a question") from error
    if not isinstance(text, str) or not text.strip() or not all(isinstance(c, str) for c in codes):
        raise QuestionsBad(f"{place}: a question needs words and a code")
    return Question(text, codes)


def is_kept_unseen(text: str) -> bool:
    """Whether a question belongs to the half that is never trained or tuned on, by its hash."""
    return zlib.crc32(text.encode()) % 2 == 0
