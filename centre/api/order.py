"""One device's order (its epoch) in the tables: how far it has come, and what is put behind it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, String, Text, bindparam, insert, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.api.storable import Fault
from centre.errors import Conflict
from centre.identity.caller import Caller
from centre.store.base import Moment
from centre.store.tables.events import Event, Quarantined
from centre.wire.events import MAX_ENTRY_BYTES, EventEntry

_MOMENT, _NUMBERS = bindparam("now", type_=Moment), ("seq", "before")
_ONWARD = text(
    "UPDATE watermark SET seq = :seq, changed_at = :now"
    " WHERE device = :device AND epoch = :epoch AND seq = :before RETURNING seq"
).bindparams(_MOMENT, *(bindparam(name, type_=BigInteger) for name in _NUMBERS))
_LOCK = text(
    "INSERT INTO watermark (device, epoch, seq, changed_at)"
    " VALUES (:device, :epoch, :before, :now)"
    " ON CONFLICT (device, epoch) DO UPDATE SET changed_at = excluded.changed_at RETURNING seq"
).bindparams(_MOMENT, bindparam("before", type_=BigInteger))
_MARK = "\x1e"
"""Between texts that travel as one: JSON has it only escaped. asyncpg's arrays cost as much as all
the rest of a batch, and one document of jsonb twice as much in the database."""
_TEXTS = ("device", "epoch", "site", "mark", "seqs", "kinds", "moments", "bodies")
_STORE_AT_ONCE = text(
    "INSERT INTO event (device, epoch, seq, site, received_at, kind, at, body)"
    " SELECT :device, :epoch, seq::bigint, :site, :now, kind, at::timestamptz, body::jsonb"
    " FROM unnest(string_to_array(:seqs, :mark), string_to_array(:kinds, :mark),"
    " string_to_array(:moments, :mark), string_to_array(:bodies, :mark))"
    " AS entry (seq, kind, at, body)".replace("::", r"\:\:")
).bindparams(_MOMENT, *(bindparam(name, type_=String) for name in _TEXTS))
_STORE_EACH = insert(Event).values(body=bindparam("raw", type_=Text))
_ROWS_OWN_FAULT = ("22", "23", "54")  # SQLSTATE: data, constraints, limits of the program


class Row(NamedTuple):
    """An entry that can be kept: its moment in UTC, its body as text."""

    seq: int
    kind: str
    at: datetime
    text: str


class Order:
    """Within one transaction. `at_once` where the database takes many rows as one statement."""

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
        self._now = now
        self._at_once = at_once
        self._name = {"device": caller.device, "epoch": epoch}
        self._place = {**self._name, "site": caller.site}

    async def move(self, first: int, last: int) -> int:
        """Lock the watermark and move it to `last`, where that is further; how far it had come.

        Raises Conflict ("gap") where `first` is not next, nor known. An order that is not known
        yet may begin anywhere.
        """
        onward = {**self._name, "now": self._now, "before": first - 1, "seq": last}
        if (await self._connection.execute(_ONWARD, onward)).one_or_none() is not None:
            return first - 1
        begun = {**self._name, "now": self._now, "before": first - 1}
        before = int((await self._connection.execute(_LOCK, begun)).scalar_one())
        if first > before + 1:
            detail = f"the entries before {first} are missing"
            raise Conflict(detail, code="gap", more={"resume": before + 1})
        if last > before:
            await self._connection.execute(_ONWARD, {**onward, "before": before})
        return before

    async def store(self, rows: list[Row], *, careful: bool) -> list[int]:
        """Store them; the seqs of those that the database refuses, where it is done with care."""
        if not rows:
            return []
        if not self._at_once:
            await self._connection.execute(_STORE_EACH, [self._of_row(row) for row in rows])
            return []
        if not careful:
            await self._store_at_once(rows)
            return []
        try:
            async with self._connection.begin_nested():
                await self._store_at_once(rows)
        except DBAPIError as error:
            if not is_of_rows(error):
                raise
        else:
            return []
        if len(rows) == 1:
            return [rows[0].seq]
        half = len(rows) // 2
        halves = rows[:half], rows[half:]
        return [seq for one in halves for seq in await self.store(one, careful=True)]

    async def _store_at_once(self, rows: list[Row]) -> None:
        await self._connection.execute(
            _STORE_AT_ONCE,
            {
                **self._place,
                "now": self._now,
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
                [
                    {**self._of_entry(one), "reason": why, "text": text_of(one)}
                    for one, why in entries
                ],
            )

    def _of_row(self, row: Row) -> dict[str, object]:
        return {**self._of_entry(row), "at": row.at, "raw": row.text}

    def _of_entry(self, entry: Row | EventEntry) -> dict[str, object]:
        return {
            **self._place,
            "received_at": self._now,
            "seq": entry.seq,
            "kind": entry.kind,
        }


def text_of(entry: EventEntry) -> str:
    """The body as text; of one that is too large, its beginning."""
    return bytes(entry.body)[:MAX_ENTRY_BYTES].decode(errors="replace")


def is_of_rows(error: DBAPIError) -> bool:
    """Whether the database refuses what is in the rows, and not the whole."""
    return str(getattr(error.orig, "sqlstate", "")).startswith(_ROWS_OWN_FAULT)
