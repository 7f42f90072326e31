"""The way up: entries of an outbox, in their order."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from centre.wire.root import Shape, StrictShape

MAX_BATCH = 2000  # entries
MAX_BATCH_BYTES = 4 * 1024 * 1024  # once unpacked
MAX_ENTRY_BYTES = 64 * 1024  # a body larger than this is quarantined

Seq = Annotated[int, Meta(ge=1, le=2**53)]


class EventEntry(StrictShape, frozen=True, kw_only=True):
    """One entry. `at` is the device's moment, ISO 8601 with an offset; `body` is JSON as it stood
    in the outbox, not looked into here."""

    seq: Seq
    kind: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    at: Annotated[str, Meta(max_length=40)]
    body: msgspec.Raw


class EventBatch(StrictShape, frozen=True, kw_only=True):
    """Entries of one epoch without a gap, oldest first. The epoch is drawn when a store is made
    new or restored; its first batch may begin at any seq."""

    epoch: Annotated[str, Meta(pattern=r"^[0-9a-f]{8,64}$")]
    entries: Annotated[tuple[EventEntry, ...], Meta(min_length=1, max_length=MAX_BATCH)]


class Acknowledged(Shape, frozen=True, kw_only=True):
    """Everything up to `seq` of this epoch is kept, or known not to be storable (`quarantined`)."""

    epoch: str
    seq: int
    quarantined: tuple[int, ...] = ()
