"""Cursors of the feeds: each change of a feed takes the next one, in the order of commits."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_NEXT = text(
    "INSERT INTO feed (name, cursor) VALUES (:name, 1) "
    "ON CONFLICT (name) DO UPDATE SET cursor = feed.cursor + 1 RETURNING cursor"
)


async def next_cursor(connection: AsyncConnection, name: Literal["documents", "bookings"]) -> int:
    """The next cursor. Whoever has it holds the feed's row until the transaction ends: changes of
    one feed happen one after the other, and no reader can step over one that commits late."""
    return int((await connection.execute(_NEXT, {"name": name})).scalar_one())
