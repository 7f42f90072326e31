"""Messages on the local socket, as bytes. Pure: no port is needed to read or write them.

    ┌──────────────┬──────────────────────────┐
    │ length, 4 B  │ one JSON object, UTF-8   │   length: unsigned, big-endian, of the object alone
    └──────────────┴──────────────────────────┘

    face                                core
    Hello(version, face)      ───▶
                              ◀───      Welcome(version, state)   or  Goodbye(code, detail)
    Request(id, command)      ───▶
                              ◀───      Reply(id, result)         or  Failure(id, code, detail)
                              ◀───      Happened(event)           at any time
    Ping(id)                  ───▶
                              ◀───      Pong(id)

A face may send at most 64 KiB a message, the core 4 MiB (a day's list of tickets).
"""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

from kiosk.errors import FrameError
from kiosk.words import AnyCommand, AnyEvent, KioskState, Result, Word

VERSION = 1
MAX_FROM_FACE = 64 * 1024
MAX_FROM_CORE = 4 * 1024 * 1024
_HEADER = 4


class Hello(Word, frozen=True, kw_only=True, tag="hello", tag_field="message"):
    """A face introduces itself: "screen", "board" or "cli"."""

    version: int
    face: str


class Request(Word, frozen=True, kw_only=True, tag="request", tag_field="message"):
    """A command with a number of the face's own, which the answer repeats."""

    id: int
    command: AnyCommand


class Ping(Word, frozen=True, kw_only=True, tag="ping", tag_field="message"):
    """Are you there?"""

    id: int


class Welcome(Word, frozen=True, kw_only=True, tag="welcome", tag_field="message"):
    """The core accepts the face, with all it needs to draw itself."""

    version: int
    state: KioskState


class Goodbye(Word, frozen=True, kw_only=True, tag="goodbye", tag_field="message"):
    """The core will not talk on: why."""

    code: str
    detail: str


class Reply(Word, frozen=True, kw_only=True, tag="reply", tag_field="message"):
    """What a request came to."""

    id: int
    result: Result


class Failure(Word, frozen=True, kw_only=True, tag="failure", tag_field="message"):
    """Why a request was refused; `opens_at` (ISO 8601) when it may be asked again."""

    id: int
    code: str
    detail: str
    opens_at: str = ""


class Happened(Word, frozen=True, kw_only=True, tag="happened", tag_field="message"):
    """An event of the core."""

    event: AnyEvent


class Pong(Word, frozen=True, kw_only=True, tag="pong", tag_field="message"):
    """I am here."""

    id: int


FromFace = Hello | Request | Ping
FromCore = Welcome | Goodbye | Reply | Failure | Happened | Pong

# What the decoder raises on bytes that are no message of ours: besides its own errors, text that
# is no UTF-8 and brackets nested without end.
_GARBAGE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)

_encoder = msgspec.json.Encoder()
_T = TypeVar("_T")


def encode(message: FromFace | FromCore, *, limit: int) -> bytes:
    """One message as bytes.

    Raises FrameError where it would be larger than `limit` bytes or holds half of a surrogate
    pair (a file name that is no UTF-8), which JSON cannot carry.
    """
    try:
        body = _encoder.encode(message)
    except UnicodeEncodeError as error:
        raise FrameError(f"a message that cannot be written: {error}") from error
    if len(body) > limit:
        raise FrameError(f"a message of {len(body)} bytes is over the limit of {limit}")
    return len(body).to_bytes(_HEADER, "big") + body


class FrameReader(Generic[_T]):
    """Cuts a stream of bytes, in any chunks, into messages of one direction."""

    def __init__(self, decoder: msgspec.json.Decoder[_T], *, limit: int) -> None:
        self._decoder = decoder
        self._limit = limit
        self._buffer = bytearray()

    def feed(self, data: bytes | bytearray | memoryview) -> list[_T]:
        """The messages that `data` completes.

        Raises FrameError on garbage or on a length over the limit; the stream is then lost and
        must be closed: nothing after the fault can be trusted.
        """
        self._buffer += data
        messages: list[_T] = []
        while (body := self._next_body()) is not None:
            try:
                messages.append(self._decoder.decode(body))
            except _GARBAGE as error:
                raise FrameError(f"no message of ours: {error}") from error
        return messages

    def _next_body(self) -> bytes | None:
        if len(self._buffer) < _HEADER:
            return None
        length = int.from_bytes(self._buffer[:_HEADER], "big")
        if length > self._limit:
            raise FrameError(f"a message of {length} bytes is over the limit of {self._limit}")
        if len(self._buffer) < _HEADER + length:
            return None
        body = bytes(self._buffer[_HEADER : _HEADER + length])
        del self._buffer[: _HEADER + length]
        return body


def reader_at_core() -> FrameReader[FromFace]:
    """A reader of what faces send."""
    return FrameReader(msgspec.json.Decoder(FromFace), limit=MAX_FROM_FACE)


def reader_at_face() -> FrameReader[FromCore]:
    """A reader of what the core sends."""
    return FrameReader(msgspec.json.Decoder(FromCore), limit=MAX_FROM_CORE)
