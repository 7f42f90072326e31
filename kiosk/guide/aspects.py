"""Which side of a procedure is asked about: its documents, fee, time, place, steps, or online.

Decided by phrases of assets/sentences/<language>/aspects.toml, each with a strength; the longest
phrase at a place counts. A weak phrase counts only where it is no part of the procedure's own name
("mai táng phí" asks for no fee).
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

Aspect = Literal["overview", "documents", "fee", "time", "where", "steps", "online"]
ASPECTS: Final[tuple[Aspect, ...]] = get_args(Aspect)

WEAK: Final = 2  # of a strength: it may be part of a name


@dataclass(frozen=True, slots=True)
class Phrase:
    """A folded phrase that asks for an aspect, the stronger the surer."""

    aspect: Aspect
    strength: int


class Aspects:
    """The phrases, and the small words that carry no topic. Pure; made by read_aspects."""

    def __init__(self, phrases: Mapping[str, Phrase], filler: Collection[str]) -> None:
        self._phrases = phrases
        self._filler = frozenset(filler)
        self._longest = max((phrase.count(" ") + 1 for phrase in phrases), default=0)

    def of(self, folded: str, names: Collection[str] = ()) -> Aspect:
        """What is asked of the procedure that has these folded names; "overview" if nothing is."""
        strengths: dict[Aspect, int] = {}
        for words, phrase in self._found(folded.split())[0]:
            if phrase.strength <= WEAK and any(words in name for name in names):
                continue
            strengths[phrase.aspect] = strengths.get(phrase.aspect, 0) + phrase.strength
        return max(strengths, key=lambda aspect: strengths[aspect], default="overview")

    def is_follow_up(self, folded: str) -> bool:
        """Whether a question asks for an aspect and names no topic of its own."""
        found, rest = self._found(folded.split())
        return bool(found) and all(word in self._filler for word in rest)

    def _found(self, words: list[str]) -> tuple[list[tuple[str, Phrase]], list[str]]:
        """The phrases from left to right, the longest at each place; and the words between."""
        found, rest, place = [], [], 0
        while place < len(words):
            for length in range(min(self._longest, len(words) - place), 0, -1):
                run = " ".join(words[place : place + length])
                if run in self._phrases:
                    found.append((run, self._phrases[run]))
                    place += length
                    break
            else:
                rest.append(words[place])
                place += 1
        return found, rest


def read_aspects(folder: Path) -> Aspects:
    """The tables of all languages. Raises OSError, TOMLDecodeError, ValueError (which aspect)."""
    phrases: dict[str, Phrase] = {}
    filler: set[str] = set()
    for path in sorted(folder.glob("**/aspects.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        filler.update(table.pop("filler", "").split())
        for aspect, by_strength in table.items():
            if aspect not in ASPECTS:
                raise ValueError(f"{path.name}: no aspect {aspect!r}")
            for strength, said in by_strength.items():
                phrases.update({words: Phrase(aspect, int(strength)) for words in said})
    return Aspects(phrases, filler)
