"""Who guesses passwords is locked out, by the rule of kiosk.site.lockout, for all workers at once.

A wrong log-in locks the rows that it counts in before it reads them, so that guesses sent at once
do not count as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.store.tables.accounts import LoginCount
from kiosk.site.lockout import Count, Key, limits

TRIES = 5
LOCK_S = 300.0
FORGOTTEN_S = 24 * 3600.0  # longer than the longest lock-out


async def wait_s(connection: AsyncConnection, name: str, address: str, now: datetime) -> float:
    """Seconds until another try; 0 is now."""
    counts = await _counts(connection, limits(name, address, TRIES))
    moment = now.timestamp()
    return max(0.0, *(one.locked_until - moment for one in counts.values()), 0.0)


async def count_wrong(connection: AsyncConnection, name: str, address: str, now: datetime) -> None:
    """One more was wrong."""
    keys, moment = limits(name, address, TRIES), now.timestamp()
    await connection.execute(delete(LoginCount).where(LoginCount.changed_at < moment - FORGOTTEN_S))
    fresh = {"wrong": 0, "locks": 0, "locked_until": 0.0, "changed_at": moment}
    add = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(LoginCount)
    rows = [{"name": key[0], "address": key[1], **fresh} for key in sorted(keys)]
    await connection.execute(add.on_conflict_do_nothing(), rows)
    counts = await _counts(connection, keys, for_change=True)
    await connection.execute(delete(LoginCount).where(_any_of(keys)))
    after = {key: counts[key].after_wrong(limit, LOCK_S, moment) for key, limit in keys.items()}
    await connection.execute(
        insert(LoginCount),
        [
            {
                "name": key[0],
                "address": key[1],
                "wrong": count.wrong,
                "locks": count.locks,
                "locked_until": count.locked_until,
                "changed_at": moment,
            }
            for key, count in after.items()
        ],
    )


async def start_afresh(connection: AsyncConnection, name: str, address: str) -> None:
    """A log-in was right: this name, and this address, begin anew."""
    await connection.execute(delete(LoginCount).where(_any_of(limits(name, address, TRIES))))


async def _counts(
    connection: AsyncConnection, keys: Mapping[Key, int], *, for_change: bool = False
) -> dict[Key, Count]:
    wanted = select(LoginCount).where(_any_of(keys)).order_by(LoginCount.name, LoginCount.address)
    rows = await connection.execute(wanted.with_for_update() if for_change else wanted)
    return {
        (row.name, row.address): Count(
            wrong=row.wrong, locks=row.locks, locked_until=row.locked_until
        )
        for row in rows
    }


def _any_of(keys: Mapping[Key, int]) -> ColumnElement[bool]:
    return or_(
        *(and_(LoginCount.name == name, LoginCount.address == address) for name, address in keys)
    )
