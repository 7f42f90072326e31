"""Logging in: name, password and, where the account asks for it, a code.

One answer for everything that is wrong, after the same time: nobody learns which part it was, or
whether there is such an account.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeVar

from centre.errors import NotKnown, TooMany
from centre.pages.accounts import account_book, lockout_book, session_book
from centre.pages.accounts.audit import write_down
from centre.pages.accounts.passwords import LONGEST, tidied
from centre.pages.accounts.second_factor import step_of
from centre.store import Database
from kiosk.pins import hash_pin, is_pin
from kiosk.site.slow_checks import SlowChecks, TooBusy

T = TypeVar("T")
log = logging.getLogger(__name__)


class Entrance:
    """Looks at passwords on a thread of its own; lives on a worker's loop."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._thread = SlowChecks("passwords")

    async def enter(self, name: str, password: str, code: str, address: str) -> str:
        """Begin a session; the key for the cookie.

        Raises NotKnown (wrong_login) and TooMany (locked_out, busy).
        """
        name = name.strip().casefold()[:60]
        async with self._database.reading() as connection:
            wait = await lockout_book.wait_s(connection, name, address, self._now())
            known = await account_book.secrets_of(connection, name)
        _refuse_locked_out(wait)
        password_hash = known.password_hash if known else ""
        right = await self._is_right(password, password_hash)
        now = self._now()
        async with self._database.changing() as connection:
            wait = await lockout_book.wait_s(connection, name, address, now)
            step = step_of(known.totp_secret, code, now, known.totp_last) if known else None
            if known and known.totp_secret:
                right = right and step is not None
                right = right and await account_book.take_step(connection, name, step or 0)
            if wait <= 0 and right:
                await lockout_book.start_afresh(connection, name, address)
                await write_down(connection, now, name, "session.begun", name, address=address)
                return await session_book.begin_session(connection, name, now)
            if wait <= 0:
                await lockout_book.count_wrong(connection, name, address, now)
                if known:
                    await write_down(
                        connection, now, name, "session.refused", name, address=address
                    )
        _refuse_locked_out(wait)  # guesses sent at once do not count as one
        log.warning("a wrong log-in for %s from %s", name if known else "nobody", address)
        raise NotKnown("no log-in", code="wrong_login")

    async def confirm(self, name: str, password: str, address: str) -> None:
        """Whether somebody who is logged in knows their password.

        Raises NotKnown (wrong_password) and TooMany (locked_out, busy).
        """
        now = self._now()
        async with self._database.reading() as connection:
            wait = await lockout_book.wait_s(connection, name, address, now)
            known = await account_book.secrets_of(connection, name)
        _refuse_locked_out(wait)
        if await self._is_right(password, known.password_hash if known else ""):
            return
        async with self._database.changing() as connection:
            await lockout_book.count_wrong(connection, name, address, now)
        raise NotKnown("not the password", code="wrong_password")

    async def hash_of(self, password: str) -> str:
        """The hash of a new password. Raises TooMany (busy)."""
        return await self._do(partial(hash_pin, tidied(password)))

    def close(self) -> None:
        """Look at no more passwords."""
        self._thread.close()

    async def _is_right(self, password: str, password_hash: str) -> bool:
        if len(password) > LONGEST:
            password, password_hash = "", ""
        return bool(await self._do(partial(is_pin, tidied(password), password_hash)))

    async def _do(self, work: Callable[[], T]) -> T:
        try:
            return await self._thread.do(work)
        except TooBusy as error:
            raise TooMany("busy", code="busy", retry_after_s=1) from error


def _refuse_locked_out(wait: float) -> None:
    if wait > 0:
        raise TooMany("locked out", code="locked_out", retry_after_s=int(wait) + 1)
