"""What can be kept as an event, and what cannot: PURE, and the same on both databases.

Looked at before anything is stored, so that one text which PostgreSQL would refuse blocks no
outbox: it is set aside with its reason, and acknowledged.

too_large   a body over MAX_ENTRY_BYTES
time        `at` is no moment with an offset, or lies beyond the years 1 to 9999
encoding    the body's bytes are no UTF-8
number      a number that no database keeps
shape       no JSON object
nesting     deeper than MAX_DEPTH
nul         a NUL character (\\u0000): PostgreSQL's jsonb has none
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import msgspec

from centre.wire.events import MAX_ENTRY_BYTES

MAX_DEPTH = 64
Fault = Literal["too_large", "time", "encoding", "number", "shape", "nesting", "nul", "store"]
_NUL = b"\\u0000"
_CAUSES: dict[type[Exception], Fault] = {UnicodeDecodeError: "encoding", RecursionError: "nesting"}


def moment(text: str) -> datetime | None:
    """A moment in UTC, or None where the text is none."""
    try:
        found = datetime.fromisoformat(text)
        return None if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def fault_of(body: msgspec.Raw) -> Fault | None:
    """Why a body cannot be kept, or None."""
    raw = bytes(body)
    if len(raw) > MAX_ENTRY_BYTES:
        return "too_large"
    try:
        value = msgspec.json.decode(raw)
    except (UnicodeDecodeError, RecursionError, msgspec.DecodeError) as error:
        return _CAUSES.get(type(error), "number")
    if not isinstance(value, dict):
        return "shape"
    if raw.count(b"[") + raw.count(b"{") > MAX_DEPTH and _depth(value) > MAX_DEPTH:
        return "nesting"
    return "nul" if _NUL in raw and has_nul(value) else None


def _depth(value: object) -> int:
    match value:
        case dict():
            return 1 + max(map(_depth, value.values()), default=0)
        case list():
            return 1 + max(map(_depth, value), default=0)
    return 0


def has_nul(value: object) -> bool:
    """Whether any text in it has a NUL character."""
    match value:
        case str():
            return "\0" in value
        case dict():
            return any("\0" in key or has_nul(one) for key, one in value.items())
        case list() | tuple():
            return any(map(has_nul, value))
    return False
