"""Takes out of a text what is personal or secret. Pure.

What is found is replaced by a word in brackets, so that who reads the log sees that there was
something. It rather takes out a harmless number than leaves one of somebody in.

    [number]   9 or more digits, also with blanks, dots or dashes between: telephones, ID cards
    [secret]   hashes of PINs, keys, certificates' keys, tokens of tickets, passwords in addresses
    [address]  e-mail addresses
    [staff]    names and login codes of staff: full names in any case and without marks too
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_SECRETS = re.compile(
    r"""
      -----BEGIN[ ][A-Z ]*PRIVATE[ ]KEY-----.*?(?:-----END[ ][A-Z ]*PRIVATE[ ]KEY-----|\Z)
    | \$argon2[a-z]*\$[^\s"'<>]+
    | (?<=://)[^/\s:@]+:[^/\s@]+(?=@)
    | (?<![0-9A-Za-z])(?=[0-9A-Fa-f]*\d)[0-9A-Fa-f]{32,}(?![0-9A-Za-z])
    | (?<![\w-])(?=[a-z]*\d)[a-z0-9]{16}(?![\w-])
    """,
    re.VERBOSE | re.DOTALL,
)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"(?<![\w.])\+?\(?\d(?:[ .()\-]{0,2}\d){8,}(?!\w)")
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d(?:[ T]\d\d(?::?\d\d(?::?\d\d(?:[.,]\d+)?)?)?)?|\d{8}[-T]\d{6}(?:[.-]\d+)?Z?"
)
_LOGIN = re.compile(r"(?<=PIN for ')[^'\n]*|(?<=PIN for \")[^\"\n]*|(?<=session of )\S+")
_BETWEEN = r"[\W_]{0,3}"  # two words of a name
SHORTEST_CODE = 3  # a shorter one ("an") is a word of the language too


class Scrubber:
    """`staff` are the names and login codes of everybody who may log in."""

    def __init__(self, staff: Iterable[str] = ()) -> None:
        names = sorted({name.strip() for name in staff if name.strip()}, key=len, reverse=True)
        self._full = _any_of(_spelled(name) for name in names if len(name.split()) > 1)
        given = {word for name in names for word in (name, name.split()[-1])}
        self._alone = _any_of(
            rf"(?<!\w){re.escape(unicodedata.normalize('NFC', word))}(?!\w)"
            for word in sorted(given, key=len, reverse=True)
            if len(word) >= SHORTEST_CODE
        )

    def clean(self, text: str) -> tuple[str, Counter[str]]:
        """The text without them, and how many of each were taken out."""
        text = unicodedata.normalize("NFC", text)
        found: Counter[str] = Counter()
        for word, pattern in (
            ("[secret]", _SECRETS),
            ("[address]", _ADDRESS),
            ("[staff]", _LOGIN),
        ):
            text, count = pattern.subn(word, text)
            found[word] += count
        text = self._without_full_names(text, found)
        text, count = self._alone.subn("[staff]", text)
        found["[staff]"] += count
        text = self._without_numbers(text, found)
        return text, +found

    def _without_full_names(self, text: str, found: Counter[str]) -> str:
        folded = _folded(text)
        parts, end = [], 0
        for match in self._full.finditer(folded):
            parts += [text[end : match.start()], "[staff]"]
            end = match.end()
            found["[staff]"] += 1
        return "".join([*parts, text[end:]])

    def _without_numbers(self, text: str, found: Counter[str]) -> str:
        """Moments are left: a log without them is none. A moment is never cut into a number."""
        parts, end = [], 0
        for moment in [*_MOMENT.finditer(text), None]:
            start = moment.start() if moment else len(text)
            cleaned, count = _NUMBER.subn("[number]", text[end:start])
            found["[number]"] += count
            parts.append(cleaned)
            if moment:
                parts.append(moment[0])
                end = moment.end()
        return "".join(parts)


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    joined = "|".join(patterns)
    return re.compile(joined or r"(?!)")


def _spelled(name: str) -> str:
    """A full name however it is spaced, in the folded text."""
    words = (re.escape(_folded(unicodedata.normalize("NFC", word))) for word in name.split())
    return rf"(?<!\w){_BETWEEN.join(words)}(?!\w)"


def _folded(text: str) -> str:
    """Small letters without marks, one for each of the text, so that places stay."""
    return "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    if letter in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base[0]
