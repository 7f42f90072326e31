"""Trains the guide's model from assets/guide and the shipped catalogue, and writes its report.

python -m tools.train_guide          model.bin, report.json and report.md in assets/guide
python -m tools.train_guide --voice  voice.bin: the same lessons, as a recogniser mishears them
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kiosk.catalogue.shipped import read_shipped
from kiosk.guide.lessons import read_heard, read_lessons, read_unseen
from kiosk.guide.mishearing import Mishearing
from kiosk.guide.model import Model
from kiosk.guide.questions import Question
from kiosk.guide.search import Search
from kiosk.guide.training import Recipe, train

REPOSITORY = Path(__file__).parents[1]
GUIDE = REPOSITORY / "assets" / "guide"
VOICE = Recipe(rounds=6, spoilt_share=0.9)


def main() -> int:
    """Train, save, measure on the unseen half, write the report."""
    if "--voice" in sys.argv[1:]:
        return train_voice()
    lessons = read_lessons(GUIDE)
    procedures = read_shipped(REPOSITORY / "assets" / "catalogue").procedures
    recipe = Recipe()
    begin = time.perf_counter()
    model = train(
        lessons.questions, procedures, lessons.openings, recipe,
        lambda done, of: print(f"round {done} of {of}", flush=True), synonyms=lessons.synonyms,
    )  # fmt: skip
    seconds = time.perf_counter() - begin
    model.save(GUIDE / "model.bin")
    search = Search(procedures, Model.load(GUIDE / "model.bin"))
    report: dict[str, Any] = {
        "recipe": {name: getattr(recipe, name) for name in recipe.__slots__},
        "data": {
            "questions": len(lessons.questions),
            "procedures with names": len(procedures),
            "codes": len(model.codes),
            "openings": len(lessons.openings),
            "groups of synonyms": len(lessons.synonyms),
        },
        "model": {
            "grams": len(model.vocabulary.keys),
            "weights": len(model.weights),
            "bytes": (GUIDE / "model.bin").stat().st_size,
        },
        "seconds": round(seconds, 1),
        "unseen": {name: _figures(search, asked) for name, asked in read_unseen(GUIDE).items()},
    }
    (GUIDE / "report.json").write_text(
        json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    (GUIDE / "report.md").write_text(_words(report), encoding="utf-8")
    return 0


def train_voice() -> int:
    """Train and save the model for what is heard; `python -m bench voice` measures it."""
    lessons = read_lessons(GUIDE)
    model = train(
        lessons.questions, read_shipped(REPOSITORY / "assets" / "catalogue").procedures,
        lessons.openings, VOICE, lambda done, of: print(f"round {done} of {of}", flush=True),
        synonyms=lessons.synonyms,
        mishearings=[Mishearing.learnt(pairs) for pairs in read_heard(GUIDE) if pairs],
    )  # fmt: skip
    model.save(GUIDE / "voice.bin")
    return 0


def _figures(search: Search, asked: Sequence[Question]) -> dict[str, Any]:
    """Shares of right answers, over questions whose procedure ships."""
    known = {code for one in asked for code in one.codes if search.has(code)}
    asked = [one for one in asked if known & set(one.codes)]
    found = [search.find(one.text, 3) for one in asked]
    first = [bool(f.hits) and f.hits[0].code in one.codes
             for f, one in zip(found, asked, strict=True)]  # fmt: skip
    third = [any(hit.code in one.codes for hit in f.hits)
             for f, one in zip(found, asked, strict=True)]  # fmt: skip
    sure = [right for right, f in zip(first, found, strict=True) if f.certainty == "sure"]
    count = max(1, len(asked))
    return {
        "questions": len(asked),
        "first": round(sum(first) / count, 3),
        "among three": round(sum(third) / count, 3),
        "sure": round(len(sure) / count, 3),
        "sure and right": round(sum(sure) / max(1, len(sure)), 3),
        "not known": round(sum(f.certainty == "none" for f in found) / count, 3),
    }


def _words(report: dict[str, Any]) -> str:
    heads = ("questions", "first", "among three", "sure", "sure and right", "not known")
    lines = [
        "# Training report of model.bin",
        "",
        "Made by `python -m tools.train_guide`. Trained on all of `questions/*.jsonl`, on the seen",
        "half of `questions/halved/*.jsonl` and on the names and aliases of the shipped catalogue;",
        "measured on the other half (chosen by hash, never trained or tuned on) over the shipped",
        "catalogue alone. `python -m bench questions` measures over a whole import.",
        "",
        *(f"- {name}: {value:,}" for name, value in {**report["data"], **report["model"]}.items()),
        f"- seconds: {report['seconds']}",
        "",
        "| unseen questions | " + " | ".join(heads) + " |",
        "|---" * (len(heads) + 1) + "|",
        *(f"| {name} | " + " | ".join(str(row[head]) for head in heads) + " |"
          for name, row in report["unseen"].items()),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
