"""The last step before a synthesiser: letters become the syllables people say.

A caption keeps "A không không bảy"; espeak-ng would read some capitals as words or in English.
"""

import re

from voice.phrases.vietnamese import DIGITS

# The names a Hanoi speaker gives the letters, in syllables that a Vietnamese voice can read.
_VIETNAMESE = {
    "A": "a", "Ă": "á", "Â": "ớ", "B": "bê", "C": "xê", "D": "dê", "Đ": "đê", "E": "e",
    "Ê": "ê", "F": "ép", "G": "giê", "H": "hát", "I": "i", "J": "gi", "K": "ca", "L": "e lờ",
    "M": "em mờ", "N": "en nờ", "O": "o", "Ô": "ô", "Ơ": "ơ", "P": "pê", "Q": "quy",
    "R": "e rờ", "S": "ét sì", "T": "tê", "U": "u", "Ư": "ư", "V": "vê", "W": "vê kép",
    "X": "ích xì", "Y": "i dài", "Z": "dét",
}  # fmt: skip
_ACRONYMS = {
    "ATM": "a tê em mờ",
    "ID": "i đi",
    "QR": "quy rờ",
    "SMS": "ét em ét",
    "USB": "u ét bê",
    "VNEID": "vi en i đi",
}
_WORD = re.compile(r"(?P<word>\w+)(?=(?:\W+(?P<follower>\w+))?)")
_CONSONANTS = frozenset(_VIETNAMESE) - frozenset("AĂÂEÊIOÔƠUƯY")


def pronounceable(text: str, language: str) -> str:
    """Spell the single letters and acronyms of a speakable text for the synthesiser.

    English voices know their alphabet, except that "A" before a number is heard as the article.
    """
    if language == "en":
        return re.sub(
            r"\bA(?= (?:zero|one|two|three|four|five|six|seven|eight|nine)\b)", "ay", text
        )
    return _WORD.sub(lambda match: _spell(match["word"], match["follower"] or ""), text)


def _spell(word: str, follower: str) -> str:
    if word.upper() in _ACRONYMS and word != word.lower():
        return _ACRONYMS[word.upper()]
    if len(word) == 1 and word in _VIETNAMESE:
        # "Y tế", "Ô tô" begin a sentence; "Y không một" is a ticket.
        return _VIETNAMESE[word] if word in _CONSONANTS or follower.lower() in DIGITS else word
    if _CONSONANTS.issuperset(word):  # no vowel, no word: an acronym
        return " ".join(_VIETNAMESE[letter] for letter in word)
    return word
