"""Words of what is spoken."""

from __future__ import annotations

import msgspec

from kiosk.words.counters import Call
from kiosk.words.root import Command, Event, Language


class Say(Command, frozen=True, kw_only=True, tag="say"):
    """Speak a phrase of assets/i18n [spoken], with values put in. Replaces what is being said."""

    phrase: str
    values: dict[str, str] = msgspec.field(default_factory=dict)
    language: Language = "vi"


class StopSpeech(Command, frozen=True, kw_only=True, tag="stop_speech"):
    """Be quiet at once."""


class SpeechStarted(Event, frozen=True, kw_only=True, tag="speech_started"):
    """A phrase begins: its caption, its length in seconds, whether nobody hears it, its sounds."""

    text: str
    seconds: float
    silent: bool
    wav: tuple[str, ...] = ()


class SpeechEnded(Event, frozen=True, kw_only=True, tag="speech_ended"):
    """The phrase has ended, or was cut off."""

    interrupted: bool


class AnnouncementStarted(Event, frozen=True, kw_only=True, tag="announcement_started"):
    """The hall hears a call from now on, for so many seconds; `silent`: nobody can hear it."""

    call: Call
    seconds: float
    silent: bool


class AnnouncementEnded(Event, frozen=True, kw_only=True, tag="announcement_ended"):
    """The call has been said, or was lost."""

    call: Call
