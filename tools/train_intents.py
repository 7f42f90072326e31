"""Trains assets/guide/intents.bin and writes assets/guide/intents.json, its report.

    python -m tools.train_intents

It learns from assets/sentences, assets/guide/questions (their seen half) and the names of the
shipped catalogue. It is judged on tests/sentences/asked.toml, of which half was never tuned on.
"""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Iterator
from typing import Any

from kiosk.catalogue.opening import INTENT_MODEL, SEARCH_MODEL, SENTENCES
from kiosk.catalogue.shipped import read_shipped
from kiosk.guide.folding import fold
from kiosk.guide.intent_training import named_questions, train_intents
from kiosk.guide.intents import Intents
from kiosk.guide.lessons import read_lessons
from kiosk.guide.model import Model
from kiosk.guide.questions import is_kept_unseen
from kiosk.guide.search import Search
from kiosk.guide.sentences import read_heard, read_openings, read_sentences
from kiosk.paths import ASSETS, PROJECT

ASKED = PROJECT / "tests" / "sentences" / "asked.toml"


def asked() -> Iterator[tuple[str, str, str]]:
    """(set, intent, question): "tuned" and "unseen" halves by hash, and "last"."""
    table = tomllib.loads(ASKED.read_text(encoding="utf-8"))
    del table["procedure aspect"]
    for name in [one for one in table if isinstance(table[one], dict)]:
        for intent, questions in table.pop(name).items():
            yield from ((name, intent, one) for one in questions)
    for label, questions in table.items():
        for one in questions:
            yield "unseen" if is_kept_unseen(one) else "tuned", label.partition("/")[0], one


def figures(search: Search, intents: Intents) -> dict[str, dict[str, Any]]:
    """Of each set: how many intents are right, outsiders refused, procedures refused."""
    counts: dict[str, dict[str, Any]] = {}
    for name, intent, question in asked():
        hits = search.find(question).hits
        found = intents.of(question, fold(question), hits[0].score if hits else 0.0).intent
        row = counts.setdefault(
            name,
            dict.fromkeys(("questions", "right", "outside", "refused", "procedures", "lost"), 0),
        )
        row["questions"] += 1
        row["right"] += found == intent
        row["outside"] += intent == "out_of_scope"
        row["refused"] += found == intent == "out_of_scope"
        row["procedures"] += intent == "procedure"
        row["lost"] += intent == "procedure" and found == "out_of_scope"
    return counts


def main() -> None:
    """Train, save, measure, report."""
    started = time.monotonic()
    catalogue = read_shipped(ASSETS / "catalogue")
    sentences = read_sentences(SENTENCES)
    vietnamese, english = (read_openings(SENTENCES / one) for one in ("vi", "en"))
    questions = [one.text for one in read_lessons(ASSETS / "guide").questions]
    questions += named_questions(catalogue.procedures, vietnamese, english)
    questions += read_heard(SENTENCES / "vi")
    model = train_intents(sentences, questions, vietnamese.before)
    model.save(INTENT_MODEL)
    report = {
        "sentences": len(sentences),
        "questions": len(questions),
        "seconds": round(time.monotonic() - started),
        "bytes": INTENT_MODEL.stat().st_size,
        "judged": figures(
            Search(catalogue.procedures, Model.load(SEARCH_MODEL)),
            Intents(Model.load(INTENT_MODEL)),
        ),
    }
    INTENT_MODEL.with_suffix(".json").write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
