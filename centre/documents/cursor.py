"""Where a device stands in the feeds: one opaque word for all of them.

    "1a-3f-09c1d2e7"    documents, bookings, and whom it was told to

The last part differs when the device's site or its group does, or the centre's timeline: then the
rest means nothing any more, and everything is told again.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from centre.errors import Unprocessable
from centre.identity.caller import Caller

_WORD = re.compile(r"([0-9a-f]{1,13})-([0-9a-f]{1,13})-([0-9a-f]{8})")


@dataclass(frozen=True, slots=True)
class Cursor:
    """Everything up to here was told; `place` says to whom."""

    documents: int
    bookings: int
    place: str

    @classmethod
    def read(cls, word: str) -> Cursor:
        """Raises Unprocessable for what is no cursor of ours."""
        found = _WORD.fullmatch(word)
        if found is None:
            raise Unprocessable("no cursor of ours: begin with an empty one", code="cursor")
        return cls(int(found[1], 16), int(found[2], 16), found[3])

    def __str__(self) -> str:
        return f"{self.documents:x}-{self.bookings:x}-{self.place}"


def place_of(caller: Caller, timeline: int) -> str:
    """Whom a cursor is for."""
    words = f"{timeline}\n{caller.site}\n{caller.group}"
    return hashlib.sha256(words.encode()).hexdigest()[:8]
