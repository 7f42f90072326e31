"""Opens the guide that answers over a catalogue, with the trained models. NumPy comes with it.

<data>/catalogue/search.bin, else assets/guide/model.bin ─▶ Search  ─┐
assets/guide/intents.bin ─────────────────────────────────▶ Intents ─┼─▶ Guide
assets/guide/{voice.bin,questions/} ──────────────▶ Understanding ───┤
assets/guide/english.toml, names in English ───▶ EnglishSearch ──────┤
assets/sentences/*/aspects.toml, assets/i18n/guide.*.toml ───────────┘
"""

from __future__ import annotations

import functools
import logging
from pathlib import Path
from typing import Final

from kiosk.catalogue.reading import TRAINED_HERE
from kiosk.guide.answer import Site
from kiosk.guide.aspects import read_aspects
from kiosk.guide.catalogue import Catalogue
from kiosk.guide.english_search import EnglishSearch
from kiosk.guide.english_words import read_english_words
from kiosk.guide.extended_model import ExtendedModel, read_model
from kiosk.guide.guide import Guide
from kiosk.guide.hearing import Understanding, phrases_of
from kiosk.guide.intents import Intents
from kiosk.guide.lessons import read_lessons
from kiosk.guide.model import Model, ModelUnusable
from kiosk.guide.search import Search
from kiosk.paths import ASSETS, DataFolder
from kiosk.texts import LANGUAGES, Texts

log = logging.getLogger(__name__)

SENTENCES: Final = ASSETS / "sentences"
SEARCH_MODEL: Final = ASSETS / "guide" / "model.bin"
INTENT_MODEL: Final = ASSETS / "guide" / "intents.bin"
VOICE_MODEL: Final = ASSETS / "guide" / "voice.bin"
ENGLISH_WORDS: Final = ASSETS / "guide" / "english.toml"


def open_guide(
    catalogue: Catalogue, data: DataFolder | None = None, site: Site | None = None
) -> Guide:
    """A guide over a catalogue. A model that is missing or damaged is said in the log; names and
    aliases then have to carry the search alone."""
    texts = Texts(ASSETS / "i18n", "guide")
    search = Search(catalogue.procedures, search_model(data))
    english = EnglishSearch(catalogue.procedures, read_english_words(ENGLISH_WORDS), search)
    intents = Intents(_model(INTENT_MODEL))
    return Guide(
        catalogue=catalogue,
        search=search,
        intents=intents,
        english=english,
        understanding={
            "vi": functools.partial(_understanding, catalogue, search, intents),
            "en": functools.partial(_understanding_english, catalogue, english, intents),
        },
        aspects=read_aspects(SENTENCES),
        wordings={one: functools.partial(texts.get, language=one) for one in LANGUAGES},
        site=site,
    )


def _understanding(catalogue: Catalogue, search: Search, intents: Intents) -> Understanding:
    """For what is heard: the voice's own model, and the phrases that may be heard."""
    model = _model(VOICE_MODEL)
    heard = search.with_model(model) if model.codes else search
    questions = read_lessons(ASSETS / "guide").questions
    return Understanding(heard, intents, phrases_of(questions, catalogue.procedures))


def _understanding_english(
    catalogue: Catalogue, english: EnglishSearch, intents: Intents
) -> Understanding:
    """For what is heard in English: its names, and what people ask, are the phrases."""
    phrases = {one.code: (one.short_en, *one.aliases_en) for one in catalogue.procedures}
    return Understanding(english, intents, phrases, letters=False)


def search_model(data: DataFolder | None) -> Model | ExtendedModel:
    """The model trained on this kiosk if there is a good one, else the shipped one."""
    trained = data.catalogue / TRAINED_HERE if data else None
    if trained is not None and trained.exists():
        try:
            return read_model(trained)
        except ModelUnusable as error:
            log.warning("%s: %s", error.code, error)
    return _model(SEARCH_MODEL)


def _model(path: Path) -> Model:
    try:
        return Model.load(path)
    except ModelUnusable as error:
        log.warning("%s: %s", error.code, error)
        return Model.empty()
