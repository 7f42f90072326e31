"""A folded text as numbers: runs of 1-3 syllables, runs of 3-5 letters, and how syllables sound.

Every gram is a 64-bit key that says by itself which channel it belongs to:

    letters    exact, base 38 (a-z, 0-9, blank), runs of 3 to 5            below 2**32
    syllables  hashed runs of 1 to 3                                       bit 61 set
    sounds     hashed runs of 1 to 2 of sound keys (kiosk.guide.sounds)    bit 62 set

Misspelt words keep most of their letters, misheard words keep their sound, and a run of syllables
tells "khai sinh" from "khai tu".
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kiosk.guide.sounds import sound

Keys = NDArray[np.int64]

CHANNELS: Final = 3
LETTERS, SYLLABLES, SOUNDS = range(CHANNELS)

_BASE = 38
_BLANK = 37
_DIGIT = np.full(128, _BLANK, dtype=np.int64)
_DIGIT[ord("a") : ord("z") + 1] = np.arange(1, 27)
_DIGIT[ord("0") : ord("9") + 1] = np.arange(27, 37)

_LOW_61 = np.uint64((1 << 61) - 1)
_SYLLABLE_BIT = np.uint64(1 << 61)
_SOUND_BIT = np.uint64(1 << 62)
_STEPS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)


def keys(folded: str) -> Keys:
    """All different grams of a folded text, sorted."""
    words = folded.split()
    if not words:
        return np.empty(0, dtype=np.int64)
    hashes = np.array([_hashes(word) for word in words], dtype=np.int64).view(np.uint64)
    parts = [
        *_letters(f" {' '.join(words)} "),
        _runs(hashes[:, 0], 3, _SYLLABLE_BIT),
        _runs(hashes[:, 1], 2, _SOUND_BIT),
    ]
    return _different(np.concatenate(parts))


def name_keys(folded: str) -> Keys:
    """The grams that names are compared by: runs of syllables and of just 4 letters, which find as
    much as all and cost a third."""
    words = folded.split()
    if not words:
        return np.empty(0, dtype=np.int64)
    hashes = np.array([_hashes(word)[0] for word in words], dtype=np.int64).view(np.uint64)
    fours = _letters(f" {' '.join(words)} ")[1:2]
    return _different(np.concatenate([*fours, _runs(hashes, 3, _SYLLABLE_BIT)]))


def keys_of_names(folded: Sequence[str]) -> tuple[Keys, NDArray[np.int32]]:
    """The `name_keys` of many names in one sweep: each key with the place of its name, by key."""
    said = [one.split() for one in folded]
    text = "".join(f" {' '.join(words)} " for words in said if words)
    letters = [sum(map(len, words)) + len(words) + 1 if words else 0 for words in said]
    hashes = np.array([_hashes(word)[0] for words in said for word in words], dtype=np.uint64)
    if not len(hashes):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int32)
    places = np.arange(len(said), dtype=np.int32)
    of_letter, of_word = np.repeat(places, letters), np.repeat(places, list(map(len, said)))
    spans = [(of_letter, 4)] + [(of_word, length) for length in range(1, 4)]
    starts = np.concatenate([owner[: max(0, len(owner) - size + 1)] for owner, size in spans])
    ends = np.concatenate([owner[size - 1 :] for owner, size in spans])
    found = np.concatenate([*_letters(text)[1:2], _runs(hashes, 3, _SYLLABLE_BIT)])
    found, starts = found[starts == ends], starts[starts == ends]  # none from name to name
    order = np.lexsort((starts, found))
    found, starts = found[order], starts[order]
    new = np.ones(len(found), dtype=np.bool_)
    new[1:] = (found[1:] != found[:-1]) | (starts[1:] != starts[:-1])
    return found[new], starts[new]


def channels(of: Keys) -> NDArray[np.int64]:
    """The channel of each key: LETTERS, SYLLABLES or SOUNDS."""
    return (of >> 61) & 3


def runs(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """All the numbers of the runs that begin at `starts` and are `counts` long, in order."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    places: NDArray[np.int64] = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return places


def _letters(text: str) -> list[Keys]:
    """The runs of 3, of 4 and of 5 letters, as far as the text is so long."""
    digits = _DIGIT[np.frombuffer(text.encode("ascii"), dtype=np.uint8)]
    found = []
    code = digits
    for length in range(2, min(5, len(digits)) + 1):
        code = code[:-1] * _BASE + digits[length - 1 :]
        if length >= 3:
            found.append(code)
    return found


def _runs(hashes: NDArray[np.uint64], longest: int, bit: np.uint64) -> Keys:
    """The runs of 1, 2 … words by their hashes, as far as there are so many."""
    found = [hashes * _STEPS[0]]
    for length in range(2, min(longest, len(hashes)) + 1):
        found.append(found[-1][:-1] + hashes[length - 1 :] * _STEPS[length - 1])
    mixed = np.concatenate(found)
    mixed ^= mixed >> np.uint64(29)
    mixed &= _LOW_61
    mixed |= bit
    return mixed.view(np.int64)


@lru_cache(maxsize=16_384)
def _hashes(word: str) -> tuple[int, int]:
    """Of a syllable, and of how it sounds."""
    return zlib.crc32(word.encode("ascii")) + 1, zlib.crc32(sound(word).encode("ascii")) + 1


def _different(found: Keys) -> Keys:
    """Sorted, each once: np.unique without its overhead."""
    found.sort()
    first = np.empty(len(found), dtype=np.bool_)
    first[:1] = True
    np.not_equal(found[1:], found[:-1], out=first[1:])
    return found[first]
