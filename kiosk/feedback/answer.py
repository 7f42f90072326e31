"""What a citizen has said, and what of it may be kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kiosk.feedback.survey import Face

LONGEST = 600
"""Characters of a citizen's own words; the on-screen keyboard writes no more."""

_BLANKS = re.compile(r"\s+")
_FIGURES = re.compile(r"\+?\d(?:[ .\-()]{0,2}\d){6,}")
_MAIL = re.compile(r"\S+@\S+")
HIDDEN = "•••"
"""Stands for a telephone number, an ID number or an address that was written among the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer. No name, no telephone number; times are ISO 8601.

    `place` is where it was given: "screen", or "counter" and its number. `consent` is the version
    of the text that was agreed to where a call back was asked for, else "".
    """

    request_id: str
    business_day: str
    given_at: str
    survey: str
    question: str
    face: Face
    reasons: tuple[str, ...] = ()
    words: str = ""
    language: str = "vi"
    place: str = ""
    ticket_id: int | None = None
    service: str = ""
    counter: str = ""
    consent: str = ""


def kept_words(text: str) -> str:
    """A citizen's words as they are kept: composed, on one line, without control characters, at
    most LONGEST characters; long numbers and mail addresses are hidden, for they tell who it is.
    """
    composed = unicodedata.normalize("NFC", text[: 4 * LONGEST])
    legible = "".join(letter if _is_legible(letter) else " " for letter in composed)
    hidden = _MAIL.sub(HIDDEN, _FIGURES.sub(HIDDEN, legible))
    return _BLANKS.sub(" ", hidden).strip()[:LONGEST].rstrip()


def _is_legible(letter: str) -> bool:
    """Neither control, format, private nor unassigned: such as turn lines round or hide words."""
    return not unicodedata.category(letter).startswith("C")
