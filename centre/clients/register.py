"""The register of api clients. Each change of it is written into the audit."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from centre.clients.tokens import draw_token, token_hash
from centre.errors import Conflict, Missing, Unprocessable
from centre.store import Database
from centre.store.tables.accounts import Audit
from centre.store.tables.bookings import ApiClient

Scope = Literal["bookings", "slots"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
"""bookings: make, see, change and cancel its own bookings. slots: see what is free, no more."""
NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")


@dataclass(frozen=True, slots=True)
class Client:
    """A system that is known and not revoked, and what it may do."""

    name: str
    scopes: frozenset[str]


async def add_client(
    database: Database, name: str, scopes: Collection[Scope], by: str, now: datetime
) -> str:
    """A new client's token, which is kept nowhere. Raises Unprocessable (name) or Conflict."""
    if not NAME.fullmatch(name):
        raise Unprocessable("a name is 2 to 40 of a-z, 0-9 and -", code="name")
    token = draw_token()
    scope = " ".join(sorted(scopes))
    try:
        async with database.changing() as connection:
            made = insert(ApiClient).values(
                name=name, token_hash=token_hash(token), scope=scope, made_at=now
            )
            await connection.execute(made)
            await connection.execute(_audit(by, "client.added", name, now, scope=scope))
    except IntegrityError as error:
        raise Conflict(f"{name} is known already", code="client_known") from error
    return token


async def revoke_client(database: Database, name: str, by: str, now: datetime) -> None:
    """From now on its token opens nothing. Raises Missing."""
    async with database.changing() as connection:
        done = await connection.execute(
            update(ApiClient)
            .where(ApiClient.name == name, ApiClient.revoked_at.is_(None))
            .values(revoked_at=now)
        )
        if not done.rowcount:
            raise Missing(f"no client {name} that is not revoked already")
        await connection.execute(_audit(by, "client.revoked", name, now))


async def clients(database: Database) -> Sequence[Row[str, str, datetime, datetime | None]]:
    """All there have been, by name: name, scope, made_at, revoked_at."""
    asked = select(ApiClient.name, ApiClient.scope, ApiClient.made_at, ApiClient.revoked_at)
    async with database.reading() as connection:
        return (await connection.execute(asked.order_by(ApiClient.name))).all()


async def client_of(database: Database, token: str) -> Client | None:
    """Whose token it is; looked up each time, so that revoking holds at once."""
    asked = select(ApiClient.name, ApiClient.scope).where(
        ApiClient.token_hash == token_hash(token), ApiClient.revoked_at.is_(None)
    )
    async with database.reading() as connection:
        row = (await connection.execute(asked)).one_or_none()
    return None if row is None else Client(row.name, frozenset(row.scope.split()))


def _audit(by: str, action: str, subject: str, now: datetime, **facts: str) -> Any:
    return insert(Audit).values(at=now, account=by, action=action, subject=subject, facts=facts)
