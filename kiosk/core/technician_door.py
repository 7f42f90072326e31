"""Who may enter the technician's pages: a PIN that nobody can guess by trying, or a badge.

    a PIN ─▶ counted as wrong, on the disk ─▶ looked at ─▶ right: the count is taken back
    FREE_TRIES wrong ones ─▶ 30 s, 1 min, 2 min … an hour between two tries; also after a restart

A power cut between counting and looking costs a try and gives none. A badge needs no wait: its
token is drawn, and too long for guessing.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from kiosk.badges import is_token
from kiosk.core.aside import Aside
from kiosk.errors import CommandRefused, Trouble
from kiosk.ports.technician import KeyBook, TechnicianKeys
from kiosk.words import (
    AnyEvent,
    DoorCommand,
    DoorResult,
    EnterTechnician,
    ForgiveTechnician,
    KeepTechnicianBadge,
    KeepTechnicianPin,
    LeaveTechnician,
    TechnicianEntered,
)

log = logging.getLogger(__name__)

FREE_TRIES = 5
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 3600
LASTS_S = 900.0  # without a command the technician has gone
WITHIN_S = 20.0  # a disk that writes slowly


def wait_after(wrong: int) -> int:
    """Seconds until another PIN may be tried after so many wrong ones in a row."""
    if wrong < FREE_TRIES:
        return 0
    return int(min(FIRST_WAIT_S * 2 ** min(wrong - FREE_TRIES, 20), LONGEST_WAIT_S))


class DoorHost(Protocol):
    """Whoever is told that somebody came in."""

    def publish(self, event: AnyEvent) -> None: ...


class TechnicianDoor:
    """One door for one screen. Lives on the core's loop; PINs are looked at on a thread."""

    def __init__(
        self, host: DoorHost, book: KeyBook, aside: Aside, steady: Callable[[], float]
    ) -> None:
        """`steady` gives seconds that never go back."""
        self._host = host
        self._book = book
        self._steady = steady
        self._keys = book.read()
        self._shut_until = steady() + wait_after(self._keys.wrong)
        self._inside_until = -math.inf
        self._one_by_one = asyncio.Lock()
        self._aside = aside

    @property
    def inside(self) -> bool:
        """Whether a technician is at the screen."""
        return self._steady() < self._inside_until

    @property
    def wrong_pins(self) -> int:
        """Since the last entry."""
        return self._keys.wrong

    @property
    def has_pin(self) -> bool:
        """Whether anybody could enter."""
        return bool(self._keys.pin_hash)

    async def obey(self, command: DoorCommand) -> DoorResult:
        """Carry out a command. Raises CommandRefused (no_pin) and Trouble (read_only)."""
        match command:
            case EnterTechnician(pin=pin):
                await self._enter(pin)
            case LeaveTechnician():
                self.close()
            case KeepTechnicianPin(pin_hash=pin_hash):
                await self.keep_pin(pin_hash)
            case KeepTechnicianBadge(badge_hash=badge_hash):
                if not self._keys.pin_hash:
                    raise CommandRefused("a badge needs a PIN beside it", code="no_pin")
                await self._keep(replace(self._keys, badge_hash=badge_hash))
            case ForgiveTechnician():
                await self._keep(replace(self._keys, wrong=0))
                self._shut_until = self._steady()
        return self._told()

    async def keep_pin(self, pin_hash: str) -> None:
        """From now on this is the PIN; without one there is no badge either. Raises Trouble."""
        badge_hash = self._keys.badge_hash if pin_hash else ""
        await self._keep(TechnicianKeys(pin_hash=pin_hash, badge_hash=badge_hash))
        self._shut_until = self._steady()

    def show_badge(self, token: str) -> bool:
        """Somebody holds a badge before the scanner; whether it is the technician's."""
        if not (self.has_pin and is_token(token, self._keys.badge_hash)):
            return False
        log.info("a technician entered by badge")
        self.open()
        self._host.publish(TechnicianEntered())
        return True

    def open(self) -> None:
        """A technician is here."""
        self._inside_until = self._steady() + LASTS_S

    def stay(self) -> None:
        """They have done something."""
        if self.inside:
            self.open()

    def close(self) -> None:
        """They have gone."""
        self._inside_until = -math.inf

    async def _enter(self, pin: str) -> None:
        async with self._one_by_one:  # or many faces would guess at once
            if not self.has_pin or self._wait_s():
                return
            await self._count(self._keys.wrong + 1)
            look = functools.partial(_is_pin, pin, self._keys.pin_hash)
            if not await self._aside.ask(look, WITHIN_S):
                log.warning("a wrong technician's PIN, %d in a row", self._keys.wrong)
                return
            log.info("a technician entered by PIN")
            self._shut_until = self._steady()
            self.open()
            await self._count(0)

    async def _count(self, wrong: int) -> None:
        """So many wrong ones; a disk that refuses does not open the door wider."""
        keys = replace(self._keys, wrong=wrong)
        self._shut_until = self._steady() + wait_after(wrong)
        try:
            await self._keep(keys)
        except Trouble as error:
            log.warning("the count of wrong PINs is kept in memory alone: %s", error.detail)
            self._keys = keys

    async def _keep(self, keys: TechnicianKeys) -> None:
        await self._aside.ask(functools.partial(self._book.keep, keys), WITHIN_S)
        self._keys = keys

    def _wait_s(self) -> int:
        return max(0, math.ceil(self._shut_until - self._steady()))

    def _told(self) -> DoorResult:
        return DoorResult(has_pin=self.has_pin, inside=self.inside, wait_s=self._wait_s())


def _is_pin(pin: str, pin_hash: str) -> bool:
    from kiosk.pins import is_pin  # noqa: PLC0415 - argon2 takes 30 ms to begin

    return is_pin(pin, pin_hash)
