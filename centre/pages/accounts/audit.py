"""The audit log: who did what to what, when. Written in the transaction of the deed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.store.tables.accounts import Audit

A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One deed."""

    at: datetime
    account: str
    action: str
    subject: str
    facts: dict[str, Any]


async def write_down(
    connection: AsyncConnection,
    now: datetime,
    account: str,
    action: str,
    subject: str = "",
    **facts: object,
) -> None:
    """Keep what was done. `facts` hold nothing personal and no secret."""
    await connection.execute(
        insert(Audit).values(at=now, account=account, action=action, subject=subject, facts=facts)
    )


async def read_log(
    connection: AsyncConnection,
    *,
    account: str = "",
    action: str = "",
    subject: str = "",
    page: int = 0,
) -> tuple[Sequence[Line], bool]:
    """A page of the log, the newest first, and whether there is another; "" is any."""
    wanted = select(Audit).order_by(Audit.id.desc()).offset(page * A_PAGE).limit(A_PAGE + 1)
    for column, value in (
        (Audit.account, account),
        (Audit.action, action),
        (Audit.subject, subject),
    ):
        if value:
            wanted = wanted.where(column == value)
    rows = (await connection.execute(wanted)).all()
    lines = [
        Line(
            at=row.at, account=row.account, action=row.action, subject=row.subject, facts=row.facts
        )
        for row in rows[:A_PAGE]
    ]
    return lines, len(rows) > A_PAGE


async def actions(connection: AsyncConnection) -> Sequence[str]:
    """Every kind of deed in the log."""
    found = await connection.execute(select(Audit.action).distinct().order_by(Audit.action))
    return found.scalars().all()
