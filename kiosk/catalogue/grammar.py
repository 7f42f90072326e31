"""What citizens may say here, one sentence a line: the grammar of a recogniser that wants one.

A Vosk model listens for these sentences alone and drops those with words that it does not know;
Whisper has no use for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.catalogue.opening import SENTENCES
from kiosk.guide.catalogue import Catalogue
from kiosk.guide.folding import fold
from kiosk.guide.sentences import read_openings, read_sentences
from kiosk.paths import DataFolder

LONGEST_WORDS = 12  # a longer name is not said as it is written
FORMS = 4  # at most, of one template


def keep_grammar(data: DataFolder, catalogue: Catalogue) -> None:
    """Write the sentences of the intents, and the names of the catalogue, to `data.grammar`.

    Raises OSError, SentencesBad.
    """
    lines = dict.fromkeys(one for one in _said(catalogue) if 0 < len(one.split()) <= LONGEST_WORDS)
    data.grammar.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = data.grammar.with_suffix(".new")
    fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fresh.replace(data.grammar)


def _said(catalogue: Catalogue) -> Iterator[str]:
    """The ward's own intents in Vietnamese; then the names of procedures, and names asked for."""
    forms: dict[str, int] = {}
    for one in read_sentences(SENTENCES / "vi"):
        forms[one.template] = forms.get(one.template, 0) + 1
        if one.intent != "out_of_scope" and forms[one.template] <= FORMS and _has_marks(one.text):
            yield one.text.lower()
    around = read_openings(SENTENCES / "vi").around
    for procedure in catalogue.procedures:
        for name in (procedure.short, *procedure.aliases):
            if _has_marks(name):
                yield name.lower()
                yield around[0].format(name).lower()


def _has_marks(text: str) -> bool:
    """Whether it is written as a model of Vietnamese writes it; what is typed in haste is not."""
    return text.lower() != fold(text)
