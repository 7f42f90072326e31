"""The accounts in the database. Every change is in the audit log, in the same transaction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.errors import Conflict, Missing, Unprocessable
from centre.pages.accounts.audit import write_down
from centre.store.tables.accounts import Account, AccountSession, LoginCount
from centre.store.tables.devices import Site

Role = Literal["city", "ward"]
ROLES: tuple[Role, ...] = ("city", "ward")
NAME = r"[a-z0-9][a-z0-9._-]{1,39}"
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An account. `site` is "" for the city; `has_second` says that it asks for a code."""

    name: str
    shown_as: str
    role: Role
    site: str
    has_second: bool
    made_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What a log-in is compared with."""

    password_hash: str
    totp_secret: str
    totp_last: int


async def all_accounts(connection: AsyncConnection) -> Sequence[Known]:
    """Open ones first, by name."""
    wanted = select(Account).order_by(Account.closed_at.is_not(None), Account.name)
    return [_known(row) for row in await connection.execute(wanted)]


async def find_account(connection: AsyncConnection, name: str) -> Known:
    """The account of that name. Raises Missing."""
    row = (await connection.execute(select(Account).where(Account.name == name))).one_or_none()
    if row is None:
        raise Missing(f"no account {name!r}", code="unknown_account")
    return _known(row)


async def secrets_of(connection: AsyncConnection, name: str) -> Secrets | None:
    """What an open account's log-in is compared with; None where there is none."""
    wanted = select(Account).where(Account.name == name, Account.closed_at.is_(None))
    row = (await connection.execute(wanted)).one_or_none()
    if row is None:
        return None
    return Secrets(
        password_hash=row.password_hash, totp_secret=row.totp_secret, totp_last=row.totp_last
    )


async def add_account(
    connection: AsyncConnection,
    *,
    name: str,
    shown_as: str,
    role: Role,
    site: str,
    password_hash: str,
    by: str,
    now: datetime,
) -> None:
    """Somebody new. Raises Unprocessable (name, shown_as, role, site) and Conflict (known)."""
    if re.fullmatch(NAME, name) is None:
        raise Unprocessable(f"a name is {NAME}", code="bad_name")
    if not 1 <= len(shown_as) <= LONGEST_SHOWN:
        raise Unprocessable(f"1 to {LONGEST_SHOWN} characters", code="bad_shown_as")
    if role not in ROLES or (role == "ward") != bool(site):
        raise Unprocessable("a ward's account has a site, the city's has none", code="bad_role")
    if site and not await _is_there(connection, select(Site.code).where(Site.code == site)):
        raise Unprocessable(f"no site {site!r}", code="unknown_site")
    if await _is_there(connection, select(Account.name).where(Account.name == name)):
        raise Conflict(f"{name} is there already", code="account_known")
    await connection.execute(
        insert(Account).values(
            name=name,
            shown_as=shown_as,
            role=role,
            site=site or None,
            password_hash=password_hash,
            totp_secret="",
            totp_last=0,
            made_at=now,
        )
    )
    await write_down(connection, now, by, "account.added", name, role=role, site=site)


async def close_account(connection: AsyncConnection, name: str, *, by: str, now: datetime) -> None:
    """They cannot log in any more, and are logged out. Raises Missing, Conflict (last_city)."""
    known = await find_account(connection, name)
    if known.closed_at is not None:
        return
    if known.role == "city" and await _open_city_accounts(connection) == 1:
        raise Conflict("the last account of the city stays", code="last_city")
    await _change(connection, name, closed_at=now)
    await end_sessions_of(connection, name)
    await write_down(connection, now, by, "account.closed", name)


async def renew_password(
    connection: AsyncConnection, name: str, password_hash: str, *, by: str, now: datetime
) -> None:
    """A new password; every session of theirs ends, and a lock-out. Raises Missing."""
    known = await find_account(connection, name)
    if known.closed_at is not None:
        raise Missing(f"{name} is closed", code="unknown_account")
    await _change(connection, name, password_hash=password_hash)
    await end_sessions_of(connection, name)
    await connection.execute(delete(LoginCount).where(LoginCount.name == name))
    await write_down(connection, now, by, "password.changed", name)


async def set_second_factor(
    connection: AsyncConnection, name: str, secret: str, *, by: str, now: datetime, step: int = 0
) -> None:
    """Ask for codes of this secret from now on, of steps after `step`; "" asks for none."""
    await _change(connection, name, totp_secret=secret, totp_last=step)
    action = "second_factor.on" if secret else "second_factor.off"
    await write_down(connection, now, by, action, name)


async def take_step(connection: AsyncConnection, name: str, step: int) -> bool:
    """Use up a code; False where it, or a later one, was used before."""
    done = await connection.execute(
        update(Account).where(Account.name == name, Account.totp_last < step).values(totp_last=step)
    )
    return bool(done.rowcount)


async def end_sessions_of(connection: AsyncConnection, name: str) -> None:
    """They log in again, everywhere."""
    await connection.execute(delete(AccountSession).where(AccountSession.account == name))


async def _open_city_accounts(connection: AsyncConnection) -> int:
    wanted = select(Account.name).where(Account.role == "city", Account.closed_at.is_(None))
    locked = (await connection.execute(wanted.with_for_update())).all()
    return len(locked)


async def _change(connection: AsyncConnection, name: str, **values: object) -> None:
    await connection.execute(update(Account).where(Account.name == name).values(**values))


async def _is_there(connection: AsyncConnection, wanted: Any) -> bool:
    count = select(func.count()).select_from(wanted.subquery())
    return bool((await connection.execute(count)).scalar_one())


def _known(row: Row[Any]) -> Known:
    return Known(
        name=row.name,
        shown_as=row.shown_as,
        role=cast("Role", row.role),
        site=row.site or "",
        has_second=bool(row.totp_secret),
        made_at=row.made_at,
        closed_at=row.closed_at,
    )
