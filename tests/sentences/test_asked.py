"""Questions that the kiosk did not learn from: intents, refusals and aspects, with room for chance.

`python -m tools.train_intents` has the figures; these limits say when something broke.
"""

import tomllib
from pathlib import Path

import pytest

from kiosk.catalogue.opening import open_guide
from kiosk.catalogue.shipped import read_shipped
from kiosk.guide.questions import is_kept_unseen
from kiosk.paths import ASSETS

ASKED = tomllib.loads((Path(__file__).parent / "asked.toml").read_text("utf-8"))
ASPECTS = ASKED.pop("procedure aspect")
LATER = [ASKED.pop(name) for name in ("last", "final", "fresh") if name in ASKED]


@pytest.fixture(scope="module")
def guide():
    return open_guide(read_shipped(ASSETS / "catalogue"))


def unseen():
    for label, questions in ASKED.items():
        for one in questions:
            if is_kept_unseen(one):
                yield label.partition("/")[0], one
    for table in LATER:
        for intent, questions in table.items():
            yield from ((intent, one) for one in questions)


def test_intents_of_unseen_questions(guide):
    pairs = list(unseen())
    right = [guide.ask(question).intent == intent for intent, question in pairs]
    assert len(pairs) > 300
    assert sum(right) / len(right) >= 0.94


def test_who_asks_for_what_is_not_the_wards_is_told_where_to_go(guide):
    outside = [question for intent, question in unseen() if intent == "out_of_scope"]
    answers = [guide.ask(question) for question in outside]
    assert sum(one.kind == "no_match" for one in answers) / len(answers) >= 0.9


def test_hardly_anybody_with_a_good_question_is_sent_away(guide):
    good = [question for question in ASKED["procedure"] if is_kept_unseen(question)]
    sent_away = [one for one in good if guide.ask(one).intent == "out_of_scope"]
    assert len(sent_away) <= 1


@pytest.mark.parametrize("aspect", ASPECTS)
def test_the_asked_aspect_is_found(guide, aspect):
    found = [guide.ask(question) for question in ASPECTS[aspect]]
    wrong = [one.question for one in found if (one.intent, one.aspect) != ("procedure", aspect)]
    assert len(wrong) <= max(1, len(found) // 8), wrong
