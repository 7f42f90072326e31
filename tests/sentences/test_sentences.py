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
for at, one in enumerate(SENTENCES_READ):
    BY_TEMPLATE.setdefault(one.intent, {}).setdefault(one.template, []).append(at)

NEUTRAL = 0.35  # what the search says where it says nothing


def understood(sentence):
    meant = INTENTS_KNOWN.of(sentence.text, fold(sentence.text), NEUTRAL)
    named = SLOT_OF.get(sentence.intent, "")
    return meant.intent == sentence.intent and meant.slots.get(named) == sentence.slots.get(named)


@pytest.fixture(scope="module")
def misunderstood():
    """Each sentence is tried once: the places of those that are taken for something else."""
    return {at for at, one in enumerate(SENTENCES_READ) if not understood(one)}


@pytest.mark.parametrize("intent", BY_TEMPLATE)
def test_what_a_template_stands_for_is_understood(intent, misunderstood):
    """Of a template with many sentences, one in five may be misunderstood."""
    faults = []
    for template, places in BY_TEMPLATE[intent].items():
        wrong = [SENTENCES_READ[at].text for at in places if at in misunderstood]
        if len(wrong) > max(1, len(places) // 5):
            faults.append((template, wrong))
    assert faults == []


def test_of_all_sentences_hardly_any_is_misunderstood(misunderstood):
    assert len(misunderstood) / len(SENTENCES_READ) <= 0.02


def test_every_intent_has_sentences_in_both_languages():
    for language in ("vi", "en"):
        intents = {one.intent for one in read_sentences(SENTENCES / language)}
        assert intents == set(INTENTS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_files_are_composed(path):
    text = path.read_text("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"[\t\u00a0]", text)
