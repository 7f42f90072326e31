"""The roots of every word, and what all rooms say."""

from __future__ import annotations

from typing import Literal

import msgspec

Language = Literal["vi", "en"]


class Word(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The root of every value that travels."""


class Command(Word, frozen=True, kw_only=True, tag_field="command"):
    """The root of all commands."""


class Event(Word, frozen=True, kw_only=True, tag_field="event"):
    """The root of all events."""


class Done(Word, frozen=True, kw_only=True, tag="done"):
    """It was done; there is nothing more to tell."""
