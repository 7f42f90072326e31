"""Lessons: the shipped questions can be read, and the unseen half stays unseen."""

import json
import unicodedata
from pathlib import Path
from random import Random

from kiosk.guide.lessons import read_lessons, read_unseen
from kiosk.guide.synonyms import Synonyms

SHIPPED = Path(__file__).parents[4] / "assets" / "guide"


def test_the_unseen_half_is_never_a_lesson() -> None:
    lessons = read_lessons(SHIPPED)
    seen = {one.text for one in lessons.questions}
    unseen = [one.text for many in read_unseen(SHIPPED).values() for one in many]
    assert len(seen) > 4_500
    assert len(unseen) > 300
    assert not seen & set(unseen)
    assert len(lessons.openings) > 30
    assert all(len(group) > 1 for group in lessons.synonyms)


def test_questions_are_composed_text_with_codes() -> None:
    for path in SHIPPED.glob("questions/**/*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            assert unicodedata.is_normalized("NFC", row["question"]), row
            assert all(code.count(".") == 1 for code in (row["code"], *row["also"])), row


def test_a_synonym_stands_in_one_group() -> None:
    phrases = [phrase for group in read_lessons(SHIPPED).synonyms for phrase in group]
    assert len(phrases) == len(set(phrases))


def test_synonyms_take_each_others_place() -> None:
    synonyms = Synonyms([["bố", "thầy"], ["vừa mất", "mới mất"]])
    chance = Random(3)
    heard = {synonyms.swapped("bố tôi vừa mất bốn con gà", chance, 1.0) for _ in range(50)}
    assert heard == {f"{who} tôi {when} bốn con gà" for who in ("bố", "thầy")
                     for when in ("vừa mất", "mới mất")}  # fmt: skip
    assert synonyms.swapped("bố tôi", chance, 0.0) == "bố tôi"
    assert Synonyms([]).swapped("bố tôi", chance, 1.0) == "bố tôi"
