"""Vietnamese text as the search sees it: no marks, no capitals, no punctuation, nothing for short.

    "Làm GKS cho con ko cần CMND đc k?"  →  "lam giay khai sinh cho con khong can chung minh …"

Many citizens type without marks and a recogniser guesses them, so the search reads all text in this
form. `marked` keeps the marks for the few who need them (search.py).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kiosk.guide.abbreviations import FOLDED, MARKED

LONGEST_TEXT = 2_000  # characters read; nobody says more in front of a kiosk
LONGEST_FOLDED = 1_000  # characters kept

_WORD = re.compile(r"[^\W_]+")
_LAST_WORD = re.compile(r"[^\W_]+\Z")
_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def fold(text: str) -> str:
    """Words of a-z and 0-9 with one space between; at most LONGEST_FOLDED characters.

    Both tone styles ("hoà", "hòa"), composed and decomposed letters give the same. Letters of other
    scripts vanish. Idempotent; never raises.
    """
    words = map(_plain, _WORD.findall(marked(text)))
    return _cut(" ".join(word for word in words if word))


def fold_unfinished(text: str) -> str:
    """Like fold, but the last word is still being typed: "kh" is not "không" yet."""
    tidy = marked(text)
    last = _LAST_WORD.search(tidy)
    if last is None:
        return fold(tidy)
    rest = "".join(_PLAIN_WORD.findall(without_marks(last[0])))
    return _cut(f"{fold(tidy[: last.start()])} {rest}".strip())


def marked(text: str) -> str:
    """Lower case, composed (NFC), odd blanks and invisible characters gone; marks are kept."""
    tidy = unicodedata.normalize("NFKC", text[:LONGEST_TEXT].translate(_ZERO_WIDTH))
    return unicodedata.normalize("NFC", tidy.casefold())[:LONGEST_TEXT]


@lru_cache(maxsize=32_768)
def _plain(word: str) -> str:
    """One word without marks, written out; "" when no letter of ours is in it."""
    return MARKED.get(word) or " ".join(
        FOLDED.get(one, one) for one in _PLAIN_WORD.findall(without_marks(word))
    )


def without_marks(word: str) -> str:
    """A lower-case word without tones, and d for đ."""
    bare = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _cut(folded: str) -> str:
    """Cut between words, so that no word's rest is read as an abbreviation."""
    if len(folded) <= LONGEST_FOLDED:
        return folded
    head = folded[: LONGEST_FOLDED + 1]
    return head[: head.rfind(" ")] if " " in head else head[:LONGEST_FOLDED]
