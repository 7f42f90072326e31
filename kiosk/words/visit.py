"""Words of a visit: all that the kiosk knows of whoever stands before it, and that it forgets.

    Visit()  ──TellVisit──▶  what the face knows by now  ──ForgetVisit, or time──▶  Visit()

A visit is a value in memory, at its face and in the core; it is never written down or logged.
"""

from __future__ import annotations

from typing import Literal

from kiosk.words.root import Command, Language, Word

Mode = Literal["largeText", "highContrast", "lowReach", "slowSpeech", "byKeys"]
"""How a citizen wants to be served; modes combine. byKeys: by sound and keys, without a touch."""

UNHURRIED: frozenset[Mode] = frozenset({"slowSpeech", "byKeys"})
"""In these the kiosk speaks slowly or much: whoever needs them is given more time."""
MORE_TIME = 2
"""So many times the usual time-outs then."""


class Visit(Word, frozen=True, kw_only=True):
    """What a visit knows; `Visit()` is a citizen who has just come.

    `topic` is the code of the procedure looked at last, `ticket` the id of the number given, and
    `cart` what was had in this visit, in order: "ticket", "checklist", "list", an item.
    """

    language: Language = "vi"
    modes: frozenset[Mode] = frozenset()
    topic: str = ""
    ticket: int = 0
    cart: tuple[str, ...] = ()

    @property
    def slowly(self) -> bool:
        """Whether everything is to be spoken slowly."""
        return "slowSpeech" in self.modes

    @property
    def patience(self) -> int:
        """How many times the usual time is waited before asking."""
        return MORE_TIME if self.modes & UNHURRIED else 1


class TellVisit(Command, frozen=True, kw_only=True, tag="tell_visit"):
    """This is what the visit at this face knows now."""

    visit: Visit


class ForgetVisit(Command, frozen=True, kw_only=True, tag="forget_visit"):
    """The visit at this face is over: all of it is forgotten."""
