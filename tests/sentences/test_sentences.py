"""Every sentence that the kiosk learnt from is understood."""

import re
import unicodedata

import pytest

from kiosk.catalogue.opening import INTENT_MODEL, SENTENCES
from kiosk.guide.folding import fold
from kiosk.guide.intent import INTENTS, SLOT_OF
from kiosk.guide.intents import Intents
from kiosk.guide.model import Model
from kiosk.guide.sentences import read_sentences

FILES = sorted(SENTENCES.glob("*/*.toml"))
SENTENCES_READ = read_sentences(SENTENCES)
INTENTS_KNOWN = Intents(Model.load(INTENT_MODEL))
BY_TEMPLATE = {}
for one in SENTENCES_READ:
    BY_TEMPLATE.setdefault((one.intent, one.template), []).append(one)

NEUTRAL = 0.35  # what the search says where it says nothing


def understood(sentence):
    meant = INTENTS_KNOWN.of(sentence.text, fold(sentence.text), NEUTRAL)
    named = SLOT_OF.get(sentence.intent, "")
    return meant.intent == sentence.intent and meant.slots.get(named) == sentence.slots.get(named)


@pytest.mark.parametrize(("intent", "template"), BY_TEMPLATE, ids=range(len(BY_TEMPLATE)))
def test_what_a_template_stands_for_is_understood(intent, template):
    """Each sentence is tried; of a template with many, one in five may be misunderstood."""
    sentences = BY_TEMPLATE[intent, template]
    wrong = [one.text for one in sentences if not understood(one)]
    assert len(wrong) <= max(1, len(sentences) // 5), wrong


def test_of_all_sentences_hardly_any_is_misunderstood():
    right = sum(understood(one) for one in SENTENCES_READ)
    assert right / len(SENTENCES_READ) >= 0.98


def test_every_intent_has_sentences_in_both_languages():
    for language in ("vi", "en"):
        intents = {one.intent for one in read_sentences(SENTENCES / language)}
        assert intents == set(INTENTS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_files_are_composed(path):
    text = path.read_text("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"[\t\u00a0]", text)
