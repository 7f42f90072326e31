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

from sqlalchemy.exc import DBAPIError

from centre.api.order import Order, Row, is_of_rows, text_of
from centre.api.storable import Fault, fault_of, moment
from centre.errors import Unprocessable
from centre.identity.caller import Caller
from centre.store import Database
from centre.wire.events import Acknowledged, EventBatch

_PIECE = 200  # entries looked at before others may have the loop


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a batch: how many were new, how many known, which were set aside and why."""

    acknowledged: Acknowledged
    stored: int
    known: int
    faults: Counter[Fault]


async def keep_batch(database: Database, caller: Caller, batch: EventBatch, now: datetime) -> Kept:
    """Store what is new of it. Raises Unprocessable ("order") and Conflict ("gap", `resume`)."""
    first = batch.entries[0].seq
    if any(entry.seq != first + place for place, entry in enumerate(batch.entries)):
        raise Unprocessable("entries follow each other by one", code="order")
    rows, faults = await _sort_out(batch)
    try:
        return await _keep(database, caller, batch, now, rows, faults, careful=False)
    except DBAPIError as error:
        if not is_of_rows(error):
            raise
    return await _keep(database, caller, batch, now, rows, faults, careful=True)


async def _keep(
    database: Database,
    caller: Caller,
    batch: EventBatch,
    now: datetime,
    rows: list[Row],
    faults: dict[int, Fault],
    *,
    careful: bool,
) -> Kept:
    """`careful` finds out which rows the database refuses; it costs more, and is seldom needed."""
    first, last = batch.entries[0].seq, batch.entries[-1].seq
    async with database.changing() as connection:
        order = Order(connection, caller, batch.epoch, now, at_once=database.is_postgresql)
        seq = await order.move(first, last)
        if last > seq:
            refused = await order.store([row for row in rows if row.seq > seq], careful=careful)
            faults = faults | dict.fromkeys(refused, "store")
            aside = [one for one in batch.entries if one.seq > seq and one.seq in faults]
            await order.set_aside([(one, faults[one.seq]) for one in aside])
    fresh = Counter(why for one, why in faults.items() if one > seq)
    known = min(len(batch.entries), seq + 1 - first)
    return Kept(
        Acknowledged(epoch=batch.epoch, seq=max(seq, last), quarantined=tuple(sorted(faults))),
        stored=len(batch.entries) - known - fresh.total(),
        known=known,
        faults=fresh,
    )


async def _sort_out(batch: EventBatch) -> tuple[list[Row], dict[int, Fault]]:
    """The entries that can be kept, and why the others cannot."""
    rows: list[Row] = []
    faults: dict[int, Fault] = {}
    for place, one in enumerate(batch.entries):
        at, fault = moment(one.at), fault_of(one.body)
        if at is None:
            faults[one.seq] = fault or "time"
        elif fault is not None:
            faults[one.seq] = fault
        else:
            rows.append(Row(one.seq, one.kind, at, text_of(one)))
        if place % _PIECE == _PIECE - 1:
            await asyncio.sleep(0)
    return rows, faults
