"""Where the tone mark of a Vietnamese word stands. Pure.

Words are written in the traditional style, as law texts and this project's catalogue do: "hòa",
"khỏe", "thủy", not "hoà", "khoẻ", "thuỷ". The search reads both styles alike. Lower case only: the
kiosk's keyboard has no capitals.
"""

from __future__ import annotations

import re
import unicodedata

TONES = {"acute": "\u0301", "grave": "\u0300", "hook": "\u0309", "tilde": "\u0303", "dot": "\u0323"}
"""Sắc, huyền, hỏi, ngã, nặng, as combining characters."""

VOWELS = "aăâeêioôơuưy"
_CHANGED = "ăâêôơư"  # a vowel with a mark of its own draws the tone to it
_CLUSTERS = re.compile(f"[{VOWELS}]+")
_GLIDE = re.compile(rf"(?:qu|gi)(?=[{VOWELS}])")  # its u or i belongs to the consonant


def toned(word: str, tone: str) -> str:
    """The word with that tone ("" is none) and no other; one without a vowel stays as it is."""
    bare = untoned(word)
    place = _place(bare)
    if not tone or place is None:
        return bare
    letter = unicodedata.normalize("NFC", bare[place] + TONES[tone])
    return bare[:place] + letter + bare[place + 1 :]


def untoned(word: str) -> str:
    """The word without its tone; ă â đ ê ô ơ ư stay."""
    letters = unicodedata.normalize("NFD", word)
    kept = (letter for letter in letters if letter not in TONES.values())
    return unicodedata.normalize("NFC", "".join(kept))


def tone_of(word: str) -> str:
    """The name of the word's tone, or ""."""
    letters = unicodedata.normalize("NFD", word)
    return next((name for name, mark in TONES.items() if mark in letters), "")


def rhyme(bare: str) -> tuple[int, int]:
    """Where the vowels of a bare word's last syllable begin and end; the same: it has none."""
    clusters = list(_CLUSTERS.finditer(bare))
    if not clusters:
        return len(bare), len(bare)
    start, end = clusters[-1].span()
    glide = _GLIDE.match(bare, max(0, start - 1))
    return (start + 1 if glide else start), end


def _place(bare: str) -> int | None:
    """The index of the letter that bears the tone."""
    start, end = rhyme(bare)
    if start == end:
        return None
    changed = [n for n in range(start, end) if bare[n] in _CHANGED]
    if changed:
        return changed[-1]
    count, closed = end - start, end < len(bare)
    return start + 1 if count > 2 or (count == 2 and closed) else start
