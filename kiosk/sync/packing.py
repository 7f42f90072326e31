"""Entries of the outbox as the wire has them: JSON, packed with gzip."""

from __future__ import annotations

import gzip

import msgspec

from centre.wire import MAX_BATCH_BYTES, EventBatch, EventEntry
from kiosk.ports import OutboxBatch, OutboxRow

LEVEL = 3  # a fifth of the size at a tenth of the time of the usual one
LARGEST_BODY = MAX_BATCH_BYTES // 2


def packed(batch: OutboxBatch) -> bytes:
    """The batch as it is sent. An entry that no batch could hold is told without its body, or it
    would block those behind it for ever."""
    entries = tuple(_entry(row) for row in batch.rows)
    text = msgspec.json.encode(EventBatch(epoch=batch.epoch, entries=entries))
    return gzip.compress(text, LEVEL, mtime=0)


def _entry(row: OutboxRow) -> EventEntry:
    body = row.body
    if len(body) > LARGEST_BODY:
        body = msgspec.json.encode({"too_large": len(body)})
    return EventEntry(seq=row.seq, kind=row.kind, at=row.at, body=msgspec.Raw(body))
