"""What a key of the on-screen keyboard does to the text before it. Pure.

A key is a letter or digit that it writes, or a name: "space", "erase" (the last letter), "clear",
and the tones of `tones.TONES` and "none", which act on the last word. With Telex on, letters write
marks (aa ee oo aw ow uw w dd) and s f r x j z the tones; the same key twice takes it back.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from kiosk.screen.tones import TONES, rhyme, tone_of, toned, untoned

LONGEST = 120  # characters; a question for the kiosk is shorter
TELEX_TONES = {"s": "acute", "f": "grave", "r": "hook", "x": "tilde", "j": "dot"}
TELEX_LETTERS = {"aa": "â", "ee": "ê", "oo": "ô", "aw": "ă", "ow": "ơ", "uw": "ư", "dd": "đ"}
_BASE = {written: typed[0] for typed, written in TELEX_LETTERS.items()}


def press(text: str, key: str, *, telex: bool = False, longest: int = LONGEST) -> str:
    """The text after a key; NFC. A key that is not one of the keyboard's changes nothing, nor does
    one that would make the text longer than `longest` characters."""
    match key:
        case "clear":
            after = ""
        case "erase":
            after = _on_last_word(text[:-1], lambda word: toned(word, tone_of(word)))
        case "space":
            after = text if not text or text.endswith(" ") else text + " "
        case "none":
            after = _on_last_word(text, untoned)
        case _ if key in TONES:
            after = _on_last_word(text, lambda word: _toggled(word, key))
        case _ if len(key) == 1 and key.isalnum():
            after = _written(text, key, telex=telex)
        case _:
            after = text
    return text if len(after) > max(longest, len(text) - 1) else unicodedata.normalize("NFC", after)


def _written(text: str, letter: str, *, telex: bool) -> str:
    head, word, blanks = _split(text)
    if blanks:
        head, word = text, ""
    return head + (_by_telex(word, letter) if telex else _extended(word, letter))


def _extended(word: str, letter: str) -> str:
    """One letter more; the tone moves to where it stands in the longer word."""
    return toned(untoned(word) + letter, tone_of(word))


def _by_telex(word: str, key: str) -> str:
    if key == "z" and tone_of(word):
        return untoned(word)
    if key in TELEX_TONES:
        tone = TELEX_TONES[key]
        if tone_of(word) == tone:
            return untoned(word) + key
        marked = toned(word, tone)
        return marked if marked != word else word + key
    bare = untoned(word)
    by_mark = _marked(bare, key)
    return _extended(word, key) if by_mark is None else toned(by_mark, tone_of(word))


def _marked(bare: str, key: str) -> str | None:
    """A bare word with the mark that a second letter gives ("an" + a: "ân"), or taken back."""
    if key == "d":
        return _barred(bare)
    start, end = rhyme(bare)
    vowels = bare[start:end]
    if key == "w" and not vowels:
        return bare + "ư"
    if key == "w" and "uo" in vowels:
        return bare[:start] + vowels.replace("uo", "ươ") + bare[end:]
    for place in reversed(range(start, end)):
        before, letter, after = bare[:place], bare[place], bare[place + 1 :]
        if written := TELEX_LETTERS.get(letter + key):
            return before + written + after
        if TELEX_LETTERS.get(_BASE.get(letter, "") + key) == letter:
            return before + _BASE[letter] + after + key
    return None


def _barred(bare: str) -> str | None:
    if bare.startswith("đ"):
        return "d" + bare[1:] + "d"
    return "đ" + bare[1:] if bare.startswith("d") else None


def _toggled(word: str, tone: str) -> str:
    """A tone's second touch takes it back."""
    return untoned(word) if tone_of(word) == tone else toned(word, tone)


def _on_last_word(text: str, change: Callable[[str], str]) -> str:
    head, word, blanks = _split(text)
    return head + change(word) + blanks


def _split(text: str) -> tuple[str, str, str]:
    """What stands before the last word, the word, the blanks behind it."""
    body = text.rstrip(" ")
    head = body[: body.rfind(" ") + 1]
    return head, body[len(head) :], text[len(body) :]
