"""Spoils folded questions by rules, as hands and recognisers do, so that training has seen it.

All chance comes from the `random.Random` that the caller hands in: the same seed, the same noise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

_STARTS = (
    ("d", "gi"), ("d", "r"), ("gi", "d"), ("gi", "r"), ("r", "d"), ("r", "gi"), ("v", "d"),
    ("d", "v"), ("s", "x"), ("x", "s"), ("tr", "ch"), ("ch", "tr"), ("l", "n"), ("n", "l"),
    ("th", "t"), ("t", "th"), ("kh", "h"), ("kh", "c"), ("c", "k"), ("k", "c"), ("b", "m"),
    ("ph", "b"), ("qu", "c"), ("h", "kh"), ("nh", "d"), ("ng", "ngh"), ("b", "v"), ("gi", "t"),
)  # fmt: skip
_ENDS = (
    ("n", "ng"), ("ng", "n"), ("nh", "n"), ("n", "nh"), ("t", "c"), ("c", "t"), ("ch", "t"),
    ("m", "n"), ("p", "t"), ("i", "y"), ("y", "i"), ("u", "o"), ("o", "u"), ("ng", "nh"),
    ("nh", "ng"), ("n", "m"), ("t", ""), ("n", ""), ("c", ""), ("ng", ""),
)  # fmt: skip
_VOWELS = (
    ("ie", "e"), ("uo", "o"), ("uo", "u"), ("ie", "i"), ("oa", "a"), ("a", "o"), ("o", "a"),
    ("e", "i"), ("uy", "i"), ("ua", "u"), ("au", "ao"), ("ai", "ay"), ("ay", "ai"), ("a", "e"),
    ("u", "i"), ("i", "e"), ("o", "u"),
)  # fmt: skip
_NEIGHBOURS = {
    "q": "w", "w": "qe", "e": "wr", "r": "et", "t": "ry", "y": "tu", "u": "yi", "i": "uo",
    "o": "ip", "p": "o", "a": "s", "s": "ad", "d": "sf", "f": "dg", "g": "fh", "h": "gj",
    "j": "hk", "k": "jl", "l": "k", "z": "x", "x": "zc", "c": "xv", "v": "cb", "b": "vn",
    "n": "bm", "m": "n",
}  # fmt: skip


def misheard(words: list[str], chance: Random, share: float) -> list[str]:
    """About `share` of the syllables sound a little different; a few are gone or doubled."""
    heard = []
    for word in words:
        if chance.random() >= share:
            heard.append(word)
            continue
        fate = chance.random()
        if fate < 0.12:
            continue
        heard.append(_changed(word, chance))
        if fate > 0.97:
            heard.append(word)
    return heard


def _changed(word: str, chance: Random) -> str:
    changed = word
    for _ in range(1 + (chance.random() < 0.3)):
        changed = chance.choice((_start, _end, _vowel))(changed, chance)
    return changed


def _start(word: str, chance: Random) -> str:
    fitting = [(old, new) for old, new in _STARTS if word.startswith(old) and len(word) > len(old)]
    if not fitting:
        return word
    old, new = chance.choice(fitting)
    return new + word[len(old) :]


def _end(word: str, chance: Random) -> str:
    fitting = [(old, new) for old, new in _ENDS if word.endswith(old) and len(word) > len(old)]
    if not fitting:
        return word
    old, new = chance.choice(fitting)
    return word[: -len(old)] + new


def _vowel(word: str, chance: Random) -> str:
    fitting = [(old, new) for old, new in _VOWELS if old in word]
    if not fitting:
        return word
    old, new = chance.choice(fitting)
    return word.replace(old, new, 1)


def mistyped(words: list[str], chance: Random) -> list[str]:
    """One or two slips of the fingers: a neighbour key, a letter lost, doubled or turned round,
    a blank forgotten."""
    typed = list(words)
    for _ in range(1 + (chance.random() < 0.4)):
        if not typed:
            break
        place = chance.randrange(len(typed))
        if chance.random() < 0.3 and place + 1 < len(typed):
            typed[place : place + 2] = [typed[place] + typed[place + 1]]
        else:
            typed[place] = _slip(typed[place], chance)
    return typed


def _slip(word: str, chance: Random) -> str:
    place = chance.randrange(len(word))
    letter = word[place]
    return chance.choice(
        (
            word[:place] + chance.choice(_NEIGHBOURS.get(letter, letter)) + word[place + 1 :],
            word[:place] + word[place + 1 :] or word,
            word[:place] + letter + word[place:],
            word[:place] + word[place + 1 : place + 2] + letter + word[place + 2 :],
        )
    )


def glued(words: list[str], chance: Random) -> list[str]:
    """Most of the blanks are missing."""
    text = ""
    for word in words:
        text += word if chance.random() < 0.75 else f" {word}"
    return text.split()


def shortened(words: list[str], chance: Random) -> list[str]:
    """Some words are left out, never more than a third."""
    return [word for word in words if chance.random() > 0.2] or words


def wrapped(words: list[str], chance: Random, openings: Sequence[str]) -> list[str]:
    """A politeness or a piece of somebody's life before or after the question (or both)."""
    before = chance.choice(openings).split() if chance.random() < 0.8 else []
    after = chance.choice(openings).split() if chance.random() < 0.4 else []
    return before + words + after


def spoilt(folded: str, chance: Random, openings: Sequence[str]) -> str:
    """One variation of a folded question, drawn from all of the above."""
    words = folded.split()
    if openings and chance.random() < 0.35:
        words = wrapped(words, chance, openings)
    kinds: tuple[tuple[float, Callable[[list[str]], list[str]]], ...] = (
        (0.40, lambda given: misheard(given, chance, chance.uniform(0.1, 0.45))),
        (0.20, lambda given: mistyped(given, chance)),
        (0.04, lambda given: glued(given, chance)),
        (0.15, lambda given: shortened(given, chance)),
    )
    drawn = chance.random()
    for share, spoil in kinds:
        if drawn < share:
            words = spoil(words)
            break
        drawn -= share
    return " ".join(words) or folded
