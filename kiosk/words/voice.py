"""Words of asking aloud: the microphone, what was heard, what came of it."""

from __future__ import annotations

from typing import Literal

from kiosk.guide.answer import Answer
from kiosk.words.root import Command, Event, Language

ListeningState = Literal["off", "waiting", "listening", "thinking"]
"""waiting: pressed, and the microphone opens as soon as the kiosk has fallen silent."""

Unheard = Literal["", "nobody_spoke", "microphone", "recognizer"]

Deed = Literal["", "take_ticket", "stop", "dictated"]
"""What a citizen said that is no question: yes to a number, that it is enough, or words to be
written down as they are."""


class OpenMicrophone(Command, frozen=True, kw_only=True, tag="open_microphone"):
    """The page for asking is shown: remember the 2 s before a press. Never kept, never sent."""


class Listen(Command, frozen=True, kw_only=True, tag="listen"):
    """The microphone was pressed: hear one question. The kiosk falls silent first.

    With `dictation` nothing is asked: what was said comes back as it was read, to be shown and
    corrected.
    """

    language: Language = "vi"
    dictation: bool = False


class FinishListening(Command, frozen=True, kw_only=True, tag="finish_listening"):
    """Pressed again: the question is over."""


class CloseMicrophone(Command, frozen=True, kw_only=True, tag="close_microphone"):
    """The page is left: the microphone closes and what was heard is forgotten."""


class ListeningChanged(Event, frozen=True, kw_only=True, tag="listening_changed"):
    """How the hearing of `face` goes; where it is off, `reason` tells whether it failed."""

    face: str
    state: ListeningState
    reason: Unheard = ""


class LevelHeard(Event, frozen=True, kw_only=True, tag="level_heard"):
    """How loud it is now, 0 to 1, about ten times a second; whether somebody speaks."""

    face: str
    level: float
    speech: bool


class QuestionHeard(Event, frozen=True, kw_only=True, tag="question_heard"):
    """What a citizen said, as it was read, and its answer; for a deed there is no answer."""

    face: str
    text: str
    answer: Answer | None = None
    deed: Deed = ""


VoiceCommand = OpenMicrophone | Listen | FinishListening | CloseMicrophone
VoiceEvent = ListeningChanged | LevelHeard | QuestionHeard
