"""What the owner and the listening process say to each other; the lines are those of voice.wire.

owner -> ears    {"type":"open"}                          the microphone, for the 2 s before
                 {"type":"listen","press":4,"language":"vi"} somebody pressed: one utterance
                 finish, close, score, ping
ears -> owner    hello, status, pong
                 listening, level ..., thinking, heard | unheard       of the last listen
                 scored
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from voice import wire

MOST_CANDIDATES = 200
MOST_READINGS = 8

Unheard = Literal["nobody_spoke", "microphone", "recognizer"]
Candidate = Annotated[str, Meta(min_length=1, max_length=200)]


class Open(wire.Command, frozen=True):
    """Open the microphone and remember the last 2 s, so that no first word is lost."""


class Listen(wire.Command, frozen=True):
    """Somebody pressed: hear one utterance, opening the microphone first where need be.

    `press` is the owner's number for it, 1 or more; all that comes of it carries it.
    """

    press: int
    language: wire.Language = "vi"


class Finish(wire.Command, frozen=True):
    """The utterance is over: read what was heard so far."""


class Close(wire.Command, frozen=True):
    """Close the microphone, forget what was heard, answer nothing more."""


class Score(wire.Command, frozen=True):
    """How well does each text fit the sound of this press?  Answered by Scored."""

    press: int
    texts: Annotated[tuple[Candidate, ...], Meta(min_length=1, max_length=MOST_CANDIDATES)]


class Listening(wire.Event, frozen=True):
    """The microphone is on for this press."""

    press: int


class Level(wire.Event, frozen=True):
    """How loud it is now, 0 to 1, about ten times a second; whether somebody speaks."""

    press: int
    level: wire.Level
    speech: bool


class Thinking(wire.Event, frozen=True):
    """The utterance is over; it is being read."""

    press: int


class Reading(Struct, frozen=True):
    """A way to read what was said; `score` is the engine's own, higher is better."""

    text: str
    score: float


class Heard(wire.Event, frozen=True):
    """What was said, the best reading first."""

    press: int
    readings: Annotated[tuple[Reading, ...], Meta(min_length=1, max_length=MOST_READINGS)]
    seconds: float  # of speech
    engine: str


class NotHeard(wire.Event, frozen=True):
    """Nothing came of this press."""

    press: int
    reason: Unheard


class Scored(wire.Event, frozen=True):
    """The scores, in the order of the texts; none where the engine cannot tell."""

    press: int
    scores: tuple[float, ...]


Commands = Open | Listen | Finish | Close | Score | wire.Ping
Events = (
    wire.Hello | wire.Status | wire.Pong | Listening | Level | Thinking | Heard | NotHeard | Scored
)

_commands: msgspec.json.Decoder[Commands] = msgspec.json.Decoder(Commands)
_events: msgspec.json.Decoder[Events] = msgspec.json.Decoder(Events)


def decode_command(line: bytes) -> Commands:
    """Read a line from the owner.  Raises Garbled."""
    return wire.decode(_commands, line)


def decode_event(line: bytes) -> Events:
    """Read a line from the listening process.  Raises Garbled."""
    return wire.decode(_events, line)
