"""Who is logged in, where. A session ends by leaving, by time, without a click, by a new password.

The browser holds a random key in a cookie; the table holds its hash alone. The token against forged
requests is another hash of the same key: whoever reads the table can make neither.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.pages.accounts.account_book import Role
from centre.store.tables.accounts import Account, AccountSession

LASTS = timedelta(hours=12)
IDLE = timedelta(minutes=45)
MARK_EVERY = timedelta(minutes=1)
MAX_OF_ONE = 10  # sessions of an account; the oldest end


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An account at a browser. `site` is "" for the city."""

    token_hash: str
    csrf: str
    account: str
    shown_as: str
    role: Role
    site: str
    has_second: bool
    seen_at: datetime

    @property
    def is_city(self) -> bool:
        """Whether everything is theirs to see."""
        return self.role == "city"

    def fits(self, csrf: str) -> bool:
        """Whether this is the session's own token against forged requests."""
        return hmac.compare_digest(csrf.encode(), self.csrf.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A session as its owner sees it in a list."""

    token_hash: str
    begun_at: datetime
    seen_at: datetime


async def begin_session(connection: AsyncConnection, account: str, now: datetime) -> str:
    """Log in; the key for the cookie."""
    await connection.execute(delete(AccountSession).where(_is_over(now)))
    oldest = select(AccountSession.token_hash).where(AccountSession.account == account)
    surplus = oldest.order_by(AccountSession.begun_at.desc()).offset(MAX_OF_ONE - 1)
    too_many = (await connection.execute(surplus)).scalars().all()
    if too_many:
        await connection.execute(
            delete(AccountSession).where(AccountSession.token_hash.in_(too_many))
        )
    key = secrets.token_urlsafe(32)
    await connection.execute(
        insert(AccountSession).values(
            token_hash=_hash("session", key),
            account=account,
            begun_at=now,
            seen_at=now,
            ends_at=now + LASTS,
        )
    )
    return key


async def find_session(connection: AsyncConnection, key: str, now: datetime) -> Session | None:
    """The session of a cookie, or None where it is forged or has ended."""
    if not key:
        return None
    wanted = (
        select(AccountSession.token_hash, AccountSession.seen_at, Account)
        .join(Account, Account.name == AccountSession.account)
        .where(
            AccountSession.token_hash == _hash("session", key),
            AccountSession.ends_at > now,
            AccountSession.seen_at > now - IDLE,
            Account.closed_at.is_(None),
        )
    )
    row = (await connection.execute(wanted)).one_or_none()
    if row is None:
        return None
    return Session(
        token_hash=row.token_hash,
        csrf=_hash("forgery", key),
        account=row.name,
        shown_as=row.shown_as,
        role=row.role,
        site=row.site or "",
        has_second=bool(row.totp_secret),
        seen_at=row.seen_at,
    )


async def mark_seen(connection: AsyncConnection, session: Session, now: datetime) -> None:
    """They are there: the time without a click begins anew."""
    mine = AccountSession.token_hash == session.token_hash
    await connection.execute(update(AccountSession).where(mine).values(seen_at=now))


async def sessions_of(connection: AsyncConnection, account: str, now: datetime) -> Sequence[Place]:
    """Where an account is logged in, the newest first."""
    mine = (AccountSession.account == account) & ~_is_over(now)
    wanted = select(AccountSession).where(mine).order_by(AccountSession.begun_at.desc())
    return [
        Place(token_hash=row.token_hash, begun_at=row.begun_at, seen_at=row.seen_at)
        for row in await connection.execute(wanted)
    ]


async def end_session(connection: AsyncConnection, account: str, token_hash: str) -> None:
    """Log out; only one's own."""
    mine = (AccountSession.account == account) & (AccountSession.token_hash == token_hash)
    await connection.execute(delete(AccountSession).where(mine))


def _is_over(now: datetime) -> ColumnElement[bool]:
    return or_(AccountSession.ends_at <= now, AccountSession.seen_at <= now - IDLE)


def _hash(purpose: str, key: str) -> str:
    return hashlib.sha256(f"{purpose}\n{key}".encode()).hexdigest()
