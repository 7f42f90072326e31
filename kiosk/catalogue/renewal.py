"""Teaches the search what is this kiosk's own, with NumPy alone, in under a minute.

The shipped model learns the names of the import's procedures, and questions that somebody put
beside it: <data>/catalogue/questions.jsonl, one {"code", "question"} a line as in assets/guide.
What is learnt lies there too, with the model that it was learnt on, and is used from the next look
at the disk on; the shipped model stays as it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.catalogue.opening import SEARCH_MODEL
from kiosk.catalogue.reading import SHIPPED, TRAINED_HERE, read_catalogue
from kiosk.catalogue.shipped import read_shipped
from kiosk.errors import CatalogueError
from kiosk.guide.further_training import train_further
from kiosk.guide.lessons import read_lessons
from kiosk.guide.model import Model, ModelUnusable
from kiosk.guide.questions import read_questions
from kiosk.paths import ASSETS, DataFolder

OWN_QUESTIONS: Final = "questions.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """What a training took in, and where the model lies."""

    questions: int
    procedures: int
    path: Path


def renew(data: DataFolder, told: Callable[[int, int], None]) -> Renewed:
    """Train, and put the model in place. Raises CatalogueError; the old model then stays.

    `told` hears of each part: how many are done, of how many.
    """
    catalogue = read_catalogue(data)
    known = catalogue.by_code.keys()
    own = data.catalogue / OWN_QUESTIONS
    try:
        lessons = read_lessons(ASSETS / "guide")
        asked = read_questions([own]) if own.exists() else []
        asked = [one for one in asked if one.codes[0] in known]
        shipped = {one.code for one in read_shipped(SHIPPED).procedures}
        model = train_further(
            Model.load(SEARCH_MODEL),
            asked,
            [one for one in catalogue.procedures if one.code not in shipped],
            [one for one in lessons.questions if one.codes[0] in known],
            lessons.openings,
            told=told,
        )
        data.catalogue.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = data.catalogue / f"fresh-{os.getpid()}.bin"
        model.save(fresh)
        fresh.replace(data.catalogue / TRAINED_HERE)
    except (OSError, ValueError, ModelUnusable) as error:
        raise CatalogueError(f"the training failed: {error}") from error
    return Renewed(
        questions=len(lessons.questions) + len(asked),
        procedures=len(catalogue.procedures),
        path=data.catalogue / TRAINED_HERE,
    )
