"""Logging in with a PIN of one's own. Who is locked out is not even looked at."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from kiosk.errors import CommandRefused, Trouble
from kiosk.pins import hash_pin, is_good_pin, is_pin
from kiosk.ports import Door, PinBook
from kiosk.site.lockout import LockOut
from kiosk.site.slow_checks import SlowChecks, TooBusy
from kiosk.words import ListStaff, StaffMember, StaffResult

log = logging.getLogger(__name__)

FACE = "site"
T = TypeVar("T")


class LoginRefused(Trouble):
    """No session: `wrong_pin`, `locked_out` or `busy`; `wait_s` until another try has a chance."""

    def __init__(self, code: str, wait_s: float = 0.0) -> None:
        super().__init__("no log-in", code=code)
        self.wait_s = wait_s


class Login:
    """Looks at PINs; lives on the core's loop."""

    def __init__(
        self,
        door: Door,
        pins: PinBook,
        lockout: LockOut,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._door = door
        self._pins = pins
        self._lockout = lockout
        self._clock = clock
        self._thread = SlowChecks("pins")

    async def check(self, staff: str, pin: str, address: str) -> StaffMember:
        """Whose code and PIN these are. Raises LoginRefused and StoreUnavailable."""
        staff = staff.strip().lower()
        if (wait := self._lockout.wait_s(staff, address, self._clock())) > 0:
            raise LoginRefused("locked_out", wait)
        right = await self._on_thread(partial(is_pin, pin, self._pins.pin_hash(staff)))
        if (wait := self._lockout.wait_s(staff, address, self._clock())) > 0:
            raise LoginRefused("locked_out", wait)  # guesses sent at once do not count as one
        member = self._member(staff) if right else None
        if member is None:
            self._lockout.wrong(staff, address, self._clock())
            # a name that nobody has is not written down: it may be a PIN in the wrong box
            known = repr(staff) if self._member(staff) else "nobody here"
            log.warning("a wrong PIN for %s from %s", known, address)
            raise LoginRefused("wrong_pin")
        self._lockout.right(staff, address)
        return member

    async def hash_of(self, pin: str) -> str:
        """The hash of a new PIN. Raises CommandRefused (bad_pin) and LoginRefused (busy)."""
        if not is_good_pin(pin):
            raise CommandRefused("4 to 12 figures, not all the same, no plain run", code="bad_pin")
        return await self._on_thread(partial(hash_pin, pin))

    async def _on_thread(self, work: Callable[[], T]) -> T:
        try:
            return await self._thread.do(work)
        except TooBusy as error:
            raise LoginRefused("busy", 1.0) from error

    def close(self) -> None:
        """Look at no more PINs."""
        self._thread.close()

    def _member(self, staff: str) -> StaffMember | None:
        result = self._door.do(ListStaff(), FACE)
        assert isinstance(result, StaffResult)
        return next((one for one in result.staff if one.code == staff), None)
