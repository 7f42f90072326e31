"""What the owner and the voice process say to each other: JSON lines over the child's pipes.

    owner -> voice   {"type":"say","id":7,"language":"vi","parts":[{"text":"Xin chào!"}]}
                     stop, volume, ping
    voice -> owner   {"type":"hello","version":1}      the first line, once
                     status, spoken, pong

A line is UTF-8 and at most MAX_LINE bytes with its newline.  What cannot be read is refused with
Garbled and changes nothing; a reader goes on with the next line.
"""

from typing import IO, Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from voice.errors import Garbled

VERSION = 1
MAX_LINE = 65_536
MAX_PARTS = 32

Language = Literal["vi", "en"]
State = Literal["ready", "starting", "unavailable"]
Level = Annotated[float, Meta(ge=0.0, le=1.0)]
Key = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_.-]{0,79}$")]


class Part(Struct, frozen=True, omit_defaults=True):
    """A piece of a phrase: its text as written for citizens ("Số của ông bà là", "A007").

    `key` names a fixed piece, so that a recording `recorded/<language>/<key>.wav` may replace it.
    `language` is the part's own, "" the phrase's.  A part with a `pause` is nothing but so many
    seconds of silence.
    """

    text: Annotated[str, Meta(max_length=1_000)]
    key: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_.-]{0,79}$|^$")] = ""
    language: Literal["vi", "en", ""] = ""
    pause: Annotated[float, Meta(ge=0.0, le=3.0)] = 0.0


class Command(Struct, frozen=True, tag_field="type", tag=str.lower):
    """What the owner wants of the voice process."""


class Say(Command, frozen=True, omit_defaults=True):
    """Speak these parts one after the other; what is being said is cut off.

    A `whole` phrase, an announcement, cuts nothing off and is not cut off: it waits for the end of
    what is being said, and neither a newer phrase nor Stop ends it.  `level` is its own loudness.
    """

    id: int
    language: Language
    parts: Annotated[tuple[Part, ...], Meta(min_length=1, max_length=MAX_PARTS)]
    whole: bool = False
    level: Level | None = None
    slowly: bool = False  # somebody asked for it: by the synthesiser, at three quarters of its rate


class Stop(Command, frozen=True):
    """Be silent at once."""


class Volume(Command, frozen=True):
    """Loudness from now on, 0 (silent) to 1 (as made)."""

    level: Level


class Ping(Command, frozen=True):
    """Are you well?  Answered by Pong, unless the speaking thread hangs."""

    id: int


class Event(Struct, frozen=True, tag_field="type", tag=str.lower):
    """What happened in the voice process."""


class Hello(Event, frozen=True):
    """The process is up and speaks this version of the wire."""

    version: int


class Status(Event, frozen=True):
    """Whether speech can be heard; `reason` is a stable word, `detail` is for the log.

    ready: "" (or "no_output" where the configuration wants silence); unavailable:
    "no_sound_card", "no_synthesiser", "synthesiser_failed".
    """

    state: State
    reason: str = ""
    detail: str = ""


class Speaking(Event, frozen=True):
    """A Say begins now: its sounds are made."""

    id: int
    text: str  # the caption: figures in words
    wav_paths: tuple[str, ...]  # one a part, in order; parts that could not be made are missing
    seconds: float  # length of the whole phrase
    silent: bool  # made, but not heard: no sound card, or none wanted


class Spoken(Event, frozen=True):
    """A Say has ended: said to its end, cut off, or only made where nothing can be heard."""

    id: int
    silent: bool
    interrupted: bool = False


class Pong(Event, frozen=True):
    """The answer to the Ping with this id."""

    id: int


Commands = Say | Stop | Volume | Ping
Events = Hello | Status | Speaking | Spoken | Pong

_T = TypeVar("_T")
_encoder = msgspec.json.Encoder()
_commands: msgspec.json.Decoder[Commands] = msgspec.json.Decoder(Commands)
_events: msgspec.json.Decoder[Events] = msgspec.json.Decoder(Events)


def encode(message: Command | Event) -> bytes:
    """The line for a message, newline included.  Raises Garbled when it is longer than MAX_LINE."""
    line = _encoder.encode(message) + b"\n"
    if len(line) > MAX_LINE:
        raise Garbled(f"a message of {len(line)} bytes is over {MAX_LINE}")
    return line


def decode_command(line: bytes) -> Commands:
    """Read a line from the owner.  Raises Garbled."""
    return decode(_commands, line)


def decode_event(line: bytes) -> Events:
    """Read a line from the voice process.  Raises Garbled."""
    return decode(_events, line)


def decode(decoder: msgspec.json.Decoder[_T], line: bytes) -> _T:
    """Read a line with a decoder of ours.  Raises Garbled."""
    if len(line) > MAX_LINE:
        raise Garbled(f"a line of over {MAX_LINE} bytes")
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Garbled(str(error)) from error


def read_line(stream: IO[bytes]) -> bytes:
    """The next line of a blocking stream, b"" at its end.

    Of a line that is too long only MAX_LINE + 1 bytes are returned, which no decoder accepts; the
    rest of it is read and thrown away, so that memory stays bounded.
    """
    line = stream.readline(MAX_LINE + 1)
    if len(line) > MAX_LINE and not line.endswith(b"\n"):
        while (more := stream.readline(MAX_LINE)) and not more.endswith(b"\n"):
            pass
    return line
