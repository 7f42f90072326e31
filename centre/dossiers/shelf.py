"""Dossiers that were imported: by the keyed hash of their codes, without a name or a subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import get_args

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.secret import keyed_hash
from centre.store import Database
from centre.store.tables.dossiers import Dossier
from centre.wire import DossierState
from centre.wire.dossiers import State

STATES: tuple[State, ...] = get_args(State)
KEPT = timedelta(days=400)
"""So long after the last import that named it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRow:
    """A line of an import."""

    code: str
    state: State
    due_on: date | None
    changed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedDossiers:
    """A source: what was imported last. `secret` keys the hashes of codes."""

    database: Database
    secret: bytes

    async def state_of(self, code: str) -> DossierState | None:
        """As the import said."""
        asked = select(Dossier).where(Dossier.code_hash == self._hashed(code))
        async with self.database.reading() as connection:
            row = (await connection.execute(asked)).one_or_none()
        if row is None:
            return None
        return DossierState(
            state=row.state, due_on=_told(row.due_on), changed_on=_told(row.changed_on)
        )

    async def keep(self, rows: Sequence[DossierRow], now: datetime) -> None:
        """Take lines in, one transaction; of a code that comes twice the later line counts."""
        values = {
            code_hash: {
                "code_hash": code_hash,
                "state": row.state,
                "due_on": row.due_on,
                "changed_on": row.changed_on,
                "imported_at": now,
            }
            for row in rows
            if (code_hash := self._hashed(row.code))
        }
        if not values:
            return
        module = postgresql if self.database.is_postgresql else sqlite
        made = module.insert(Dossier).values(list(values.values()))
        told = {name: made.excluded[name] for name in values[next(iter(values))]}
        async with self.database.changing() as connection:
            await connection.execute(
                made.on_conflict_do_update(index_elements=[Dossier.code_hash], set_=told)
            )

    async def forget_before(self, moment: datetime) -> int:
        """Forget what no import since `moment` has named; tells how many."""
        async with self.database.changing() as connection:
            return await forget_before(connection, moment)

    async def close(self) -> None:
        """The database is closed by who opened it."""

    def _hashed(self, code: str) -> str:
        return keyed_hash(self.secret, "dossier", code)


async def forget_before(connection: AsyncConnection, moment: datetime) -> int:
    """The same in a transaction that is open."""
    gone = await connection.execute(delete(Dossier).where(Dossier.imported_at < moment))
    return gone.rowcount


def _told(day: date | None) -> str:
    return "" if day is None else day.isoformat()
