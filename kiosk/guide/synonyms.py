"""Puts words in place of others that people use for the same thing ("bố" for "thầy", "cưới" for
"kết hôn"), so that the model learns all of them from a question that has one.

Works on text with marks: without them too many words look alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random


class Synonyms:
    """Groups of words and phrases; a phrase stands in one group only."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self._group_of = {phrase: group for group in groups for phrase in group}
        longest_first = sorted(self._group_of, key=len, reverse=True)
        every = "|".join(map(re.escape, longest_first)) or r"(?!)"
        self._phrase = re.compile(rf"\b(?:{every})\b")

    def swapped(self, text: str, chance: Random, share: float) -> str:
        """About `share` of the known phrases of a text (lower case, marks) are exchanged."""

        def other(found: re.Match[str]) -> str:
            phrase = found[0]
            return chance.choice(self._group_of[phrase]) if chance.random() < share else phrase

        return self._phrase.sub(other, text)
