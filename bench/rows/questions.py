"""Rows 10 and 11: a typed question to its procedures: how fast, and how often right.

Row 10 asks the unseen questions of assets/guide, with marks and without, one at a time. Row 11
counts how often the right procedure is first, or among the first three. The questions are the half
(by hash) of our own that no training and no tuning has seen. With the national list of procedures
beside the checkout (shared/data) the 871 ward procedures (row 10 also all 5,768) are the catalogue,
as after an import, and the development questions count as formal ones; without it the shipped
catalogue is asked alone, and the notes say so.

The intents are judged over the shipped catalogue by those questions of tests/sentences/asked.toml
that no training and no tuning has seen; good questions are those of the unseen half that it can
answer.
"""

from __future__ import annotations

import gzip
import json
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bench.figures import Figure, p50, p99
from bench.floors import BareSearch
from kiosk.catalogue.opening import open_guide
from kiosk.catalogue.shipped import read_shipped
from kiosk.guide.lessons import read_unseen
from kiosk.guide.model import Model
from kiosk.guide.procedure import Procedure
from kiosk.guide.questions import Question
from kiosk.guide.search import Search
from tools.train_intents import asked as asked_intents

REPOSITORY = Path(__file__).parents[2]
GUIDE = REPOSITORY / "assets" / "guide"
SHIPPED = REPOSITORY / "assets" / "catalogue"
SHARED = REPOSITORY.parent / "shared" / "data"
AIMS = {"colloquial": (0.92, 0.98), "stories": (0.85, 0.95), "misheard": (0.90, 0.97),
        "formal": (0.96, 0.99)}  # fmt: skip
KINDS = {"stories": "stories", "misheard": "misheard"}  # files; all others are colloquial


def measure() -> list[Figure]:
    """Loading, speed, and how often right."""
    begin = time.perf_counter()
    model = Model.load(GUIDE / "model.bin")
    shipped = read_shipped(SHIPPED).procedures
    ready = Search(shipped, model)
    figures = [
        Figure(row=10, what="shipped model and catalogue ready",
               value=time.perf_counter() - begin, unit="s", at_most=0.5),
    ]  # fmt: skip
    national = list(_national())
    note = "" if national else "shipped catalogue alone: no national list here"
    ward = [one for one in national if one.ward] or list(shipped)
    search = Search(_merged(ward, shipped), model) if national else ready
    questions = _questions()
    figures += _speeds(search, questions, ward, at_most=2.0)
    if national:
        every = Search(_merged(national, shipped), model)
        figures += _speeds(every, questions, national, at_most=3.0)
    for kind, asked in questions.items():
        figures += _hits(search, kind, asked, note)
    return figures + _intents(questions)


def _questions() -> dict[str, list[Question]]:
    """The unseen questions by kind, and the formal development ones where they are."""
    kinds: dict[str, list[Question]] = {"colloquial": [], "stories": [], "misheard": []}
    for name, asked in read_unseen(GUIDE).items():
        kinds[KINDS.get(name, "colloquial")] += asked
    formal = SHARED / "questions-dev.jsonl"
    if formal.exists():
        rows = map(json.loads, formal.read_text(encoding="utf-8").splitlines())
        ward = {one.code for one in _national() if one.ward}
        kinds["formal"] = [
            Question(row["question"], tuple(row["accepted_codes"]))
            for row in rows
            if row["kind"] == "intake" and ward & set(row["accepted_codes"])
        ]
    return kinds


def _national() -> Iterable[Procedure]:
    path = SHARED / "procedures-national.jsonl.gz"
    if not path.exists():
        return
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            name = row["name"]
            yield Procedure(code=row["code"], official=name, short=name, field="", ward=row["ward"])


def _merged(all_of: Sequence[Procedure], shipped: Sequence[Procedure]) -> list[Procedure]:
    """As an import does: what ships keeps its aliases."""
    ours = {one.code: one for one in shipped}
    return [ours.get(one.code, one) for one in all_of]


def _speeds(
    search: Search,
    questions: dict[str, list[Question]],
    among: Sequence[Procedure],
    *,
    at_most: float,
) -> list[Figure]:
    texts = [one.text for asked in questions.values() for one in asked]
    plain = [_without_marks(text) for text in texts]
    bare = BareSearch(one.official for one in among)
    with_marks, without = _times(search.find, texts), _times(search.find, plain)
    floor = p99(_times(bare.find, texts))
    beginnings = [text[: 2 + number % 12] for number, text in enumerate(texts)]
    typing = _times(search.prefix, beginnings)
    size = f"{len(among):,} procedures"
    what = f"a question, {size}"
    return [
        Figure(row=10, what=f"{what}, p50", value=p50(with_marks), unit="ms"),
        Figure(row=10, what=f"{what}, p99", value=p99(with_marks), unit="ms", at_most=at_most,
               floor=floor, note="floor: FTS5 over the names"),
        Figure(row=10, what=f"{what}, no marks, p99", value=p99(without), unit="ms",
               at_most=at_most, floor=floor),
        Figure(row=10, what=f"while typing, {size}, p99", value=p99(typing),
               unit="ms", at_most=5.0),
    ]  # fmt: skip


def _times(ask: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    for text in texts[:50]:
        ask(text)
    times = []
    for text in texts:
        begin = time.perf_counter()
        ask(text)
        times.append((time.perf_counter() - begin) * 1000)
    return times


def _hits(search: Search, kind: str, asked: Sequence[Question], note: str) -> list[Figure]:
    """Shares of misses, so that smaller is better as in all other rows."""
    found = [[hit.code for hit in search.find(one.text, 3).hits] for one in asked]
    bare = [[hit.code for hit in search.find(_without_marks(one.text), 3).hits] for one in asked]
    figures = []
    for first, aim in zip((1, 3), AIMS[kind], strict=True):
        share, plain = (
            sum(bool(set(codes[:first]) & set(one.codes))
                for codes, one in zip(answers, asked, strict=True)) / max(1, len(asked))
            for answers in (found, bare)
        )  # fmt: skip
        figures.append(
            Figure(row=11, what=f"{kind}: not among the first {first}", value=1 - share,
                   unit=f"of {len(asked)}", at_most=round(1 - aim, 2),
                   note=note or f"without marks {1 - plain:.3f}")
        )  # fmt: skip
    return figures


def _intents(questions: dict[str, list[Question]]) -> list[Figure]:
    """Shares of wrong intents, of outsiders who are answered and of good questions refused."""
    guide = open_guide(read_shipped(SHIPPED))
    judged = [
        (intent, guide.ask(text))
        for kind, intent, text in asked_intents()
        if kind in {"unseen", "fresh"}
    ]
    outside = [answer for intent, answer in judged if intent == "out_of_scope"]
    good = [
        guide.ask(one.text)
        for kind, asked in questions.items()
        for one in asked
        if kind != "formal" and set(one.codes) & guide.catalogue.by_code.keys()
    ]
    shares = (
        ("intent not right", [intent != answer.intent for intent, answer in judged], 0.04),
        ("out of scope, yet not refused", [one.kind != "no_match" for one in outside], 0.08),
        ("a good question refused", [one.kind == "no_match" for one in good], 0.02),
    )
    return [
        Figure(row=11, what=what, value=sum(wrong) / max(1, len(wrong)),
               unit=f"of {len(wrong)}", at_most=aim)
        for what, wrong, aim in shares
    ]  # fmt: skip


def _without_marks(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))
