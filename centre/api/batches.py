"""A batch of events becomes durable: one transaction, behind the device's locked watermark.

What is sent again is known by its seq and passed over, so that a lost answer costs nothing. The
watermark moves in the transaction that stores, or not at all. Which entries can be kept is decided
before the lock is taken; what the database refuses even so is found by halves and set aside alone.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, String, Text, bindparam, insert, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.api.storable import Fault, fault_of, moment
from centre.errors import Conflict, Unprocessable
from centre.identity.caller import Caller
from centre.store import Database
from centre.store.base import Moment
from centre.store.tables.events import Event, Quarantined
from centre.wire.events import MAX_ENTRY_BYTES, Acknowledged, EventBatch, EventEntry

_LOCK = text(
    "INSERT INTO watermark (device, epoch, seq, changed_at) VALUES (:device, :epoch, :seq, :now)"
    " ON CONFLICT (device, epoch) DO UPDATE SET changed_at = excluded.changed_at RETURNING seq"
).bindparams(bindparam("seq", type_=BigInteger), bindparam("now", type_=Moment))
_MOVE = text(
    "UPDATE watermark SET seq = :seq WHERE device = :device AND epoch = :epoch"
).bindparams(bindparam("seq", type_=BigInteger))
_MARK = "\x1e"
"""Between texts that travel as one: JSON has it only escaped. asyncpg's arrays cost as much as all
the rest of a batch, and one document of jsonb twice as much in the database."""
_TEXTS = ("device", "epoch", "site", "mark", "seqs", "kinds", "moments", "bodies")
_STORE_AT_ONCE = text(
    "INSERT INTO event (received_at, device, epoch, seq, site, kind, at, body)"
    " SELECT :now, :device, :epoch, seq::bigint, :site, kind, at::timestamptz, body::jsonb"
    " FROM unnest(string_to_array(:seqs, :mark), string_to_array(:kinds, :mark),"
    " string_to_array(:moments, :mark), string_to_array(:bodies, :mark))"
    " AS entry (seq, kind, at, body)".replace("::", r"\:\:")
).bindparams(
    bindparam("now", type_=Moment),
    *(bindparam(name, type_=String) for name in _TEXTS),
)
_STORE_EACH = insert(Event).values(body=bindparam("raw", type_=Text))
_ROWS_OWN_FAULT = ("22", "23", "54")  # SQLSTATE: data, constraints, limits of the program
_PIECE = 200  # entries looked at before others may have the loop


class _Row(NamedTuple):
    """An entry that can be kept: its moment in UTC, its body as text."""

    seq: int
    kind: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a batch: how many were new, how many known, which were set aside and why."""

    acknowledged: Acknowledged
    stored: int
    known: int
    faults: Counter[Fault]


async def keep_batch(database: Database, caller: Caller, batch: EventBatch, now: datetime) -> Kept:
    """Store what is new of it. Raises Unprocessable ("order") and Conflict ("gap", `resume`)."""
    first, last = batch.entries[0].seq, batch.entries[-1].seq
    if any(entry.seq != first + place for place, entry in enumerate(batch.entries)):
        raise Unprocessable("entries follow each other by one", code="order")
    rows, faults = await _sort_out(batch)
    async with database.changing() as connection:
        place = {"device": caller.device, "epoch": batch.epoch}
        answer = await connection.execute(_LOCK, {**place, "seq": first - 1, "now": now})
        seq = int(answer.scalar_one())
        if first > seq + 1:
            detail = f"the entries before {first} are missing"
            raise Conflict(detail, code="gap", more={"resume": seq + 1})
        if last > seq:
            shelf = _Shelf(connection, caller, batch.epoch, now, at_once=database.is_postgresql)
            refused = await shelf.store([row for row in rows if row.seq > seq])
            faults |= dict.fromkeys(refused, "store")
            await shelf.set_aside([(one, faults[one.seq]) for one in batch.entries
                                   if one.seq > seq and one.seq in faults])  # fmt: skip
            await connection.execute(_MOVE, {**place, "seq": last})
    fresh = Counter(why for one, why in faults.items() if one > seq)
    known = min(len(batch.entries), seq + 1 - first)
    return Kept(
        Acknowledged(epoch=batch.epoch, seq=max(seq, last), quarantined=tuple(sorted(faults))),
        stored=len(batch.entries) - known - fresh.total(),
        known=known,
        faults=fresh,
    )


async def _sort_out(batch: EventBatch) -> tuple[list[_Row], dict[int, Fault]]:
    """The entries that can be kept, and why the others cannot."""
    rows: list[_Row] = []
    faults: dict[int, Fault] = {}
    for place, one in enumerate(batch.entries):
        at, fault = moment(one.at), fault_of(one.body)
        if at is None:
            faults[one.seq] = fault or "time"
        elif fault is not None:
            faults[one.seq] = fault
        else:
            rows.append(_Row(one.seq, one.kind, at, _text(one)))
        if place % _PIECE == _PIECE - 1:
            await asyncio.sleep(0)
    return rows, faults


class _Shelf:
    """Where the entries of one batch go, within its transaction."""

    def __init__(
        self,
        connection: AsyncConnection,
        caller: Caller,
        epoch: str,
        now: datetime,
        *,
        at_once: bool,
    ) -> None:
        self._connection = connection
        self._caller = caller
        self._epoch = epoch
        self._now = now
        self._at_once = at_once

    async def store(self, rows: list[_Row]) -> list[int]:
        """Store them all; the seqs of those that the database does not take."""
        if not rows:
            return []
        if not self._at_once:
            await self._connection.execute(
                _STORE_EACH, [{**self._mine(row), "at": row.at, "raw": row.text} for row in rows]
            )
            return []
        try:
            async with self._connection.begin_nested():
                await self._store_at_once(rows)
        except DBAPIError as error:
            if not str(getattr(error.orig, "sqlstate", "")).startswith(_ROWS_OWN_FAULT):
                raise
        else:
            return []
        if len(rows) == 1:
            return [rows[0].seq]
        half = len(rows) // 2
        return await self.store(rows[:half]) + await self.store(rows[half:])

    async def _store_at_once(self, rows: list[_Row]) -> None:
        await self._connection.execute(
            _STORE_AT_ONCE,
            {
                "now": self._now,
                "device": self._caller.device,
                "epoch": self._epoch,
                "site": self._caller.site,
                "mark": _MARK,
                "seqs": _MARK.join(str(row.seq) for row in rows),
                "kinds": _MARK.join(row.kind for row in rows),
                "moments": _MARK.join(row.at.isoformat() for row in rows),
                "bodies": _MARK.join(row.text for row in rows),
            },
        )

    async def set_aside(self, entries: list[tuple[EventEntry, Fault]]) -> None:
        """Keep what cannot be an event, as text, for whoever looks for the reason."""
        if entries:
            await self._connection.execute(
                insert(Quarantined),
                [{**self._mine(one), "reason": why, "text": _text(one)} for one, why in entries],
            )

    def _mine(self, entry: _Row | EventEntry) -> dict[str, object]:
        return {
            "received_at": self._now,
            "device": self._caller.device,
            "epoch": self._epoch,
            "site": self._caller.site,
            "seq": entry.seq,
            "kind": entry.kind,
        }


def _text(entry: EventEntry) -> str:
    """The body as text; of one that is too large, its beginning."""
    return bytes(entry.body)[:MAX_ENTRY_BYTES].decode(errors="replace")
