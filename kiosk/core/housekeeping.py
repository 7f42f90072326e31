"""What comes round by itself: the day's change, the state's news, backups, mending the store."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk.core.device_thread import DeviceThread
from kiosk.core.engine import Engine
from kiosk.errors import StoreUnavailable

log = logging.getLogger(__name__)

REFRESH_S = 0.1  # changes that come within this time are told together
LOOK_S = 1.0
TICK_S = 3.0
REMEMBER = timedelta(minutes=1)
BACKUP_WITHIN_S = 600.0
FIRST_BACKUP = timedelta(minutes=1)  # after a start that finds the newest backup too old


class Housekeeping:
    """`open_store` opens or mends the store and tells what it mended; `back_up` writes a backup,
    on a thread of its own; `last_backup` tells when that was done last."""

    def __init__(
        self,
        engine: Engine,
        *,
        open_store: Callable[[datetime], str],
        back_up: Callable[[datetime], object],
        last_backup: Callable[[], datetime | None],
        backup_every: timedelta,
        closing: Callable[[datetime], datetime | None],
        alive: Callable[[], object],
    ) -> None:
        self._engine = engine
        self._open_store = open_store
        self._back_up = back_up
        self._last_backup = last_backup
        self.backup_every = backup_every
        self._closing = closing
        self._alive = alive
        self._thread = DeviceThread("backup")
        self._backup: asyncio.Task[None] | None = None
        self._backed_up: datetime | None = None
        self._remembered: datetime | None = None
        self._restored = ""
        self._resumed = False

    def begin(self) -> None:
        """Open the store and begin the business day, before the first face comes."""
        self._mend_store()

    async def run(self) -> None:
        """Until cancelled; nothing that goes wrong here ends the core."""
        next_tick = 0.0
        loop = asyncio.get_running_loop()
        try:
            while True:
                self._alive()
                if loop.time() >= next_tick:
                    next_tick = loop.time() + TICK_S
                    self._tick()
                self._engine.refresh()
                await asyncio.sleep(REFRESH_S)
                await _until(self._engine.stale, LOOK_S)
        finally:
            if self._backup is not None:
                self._backup.cancel()
            self._thread.close()

    def _tick(self) -> None:
        now = self._engine.clock.now()
        self._engine.clock_is(trusted=self._engine.clock.trusted())
        if not self._engine.devices.is_ready("store"):
            self._mend_store()
            return
        try:
            self._engine.desk.follow_day(self._engine.store)
            self._engine.hall.look()
            self._remember(now)
        except StoreUnavailable as error:
            self._engine.store_is("unavailable", reason="write_failed", detail=error.detail)
            return
        if self._is_backup_due(now):
            self._backed_up = now
            self._backup = asyncio.create_task(self._write_backup(now))

    def _remember(self, now: datetime) -> None:
        if self._remembered is None or abs(now - self._remembered) >= REMEMBER:
            self._engine.store.remember(now.isoformat(timespec="milliseconds"))
            self._remembered = now

    def _mend_store(self) -> None:
        """Open the store, restored if need be, and take up what it holds."""
        now = self._engine.clock.now()
        try:
            if restored := self._open_store(now):
                self._restored, self._resumed = restored, False
            now = self._engine.clock.now()  # the store may know better
            self._engine.store.remember(now.isoformat(timespec="milliseconds"))
            day = self._engine.clock.business_day()
            self._engine.desk.begin_day(self._engine.store, now, day)
            if not self._resumed:
                self._engine.resume()
                self._resumed = True
        except StoreUnavailable as error:
            self._engine.store_is("unavailable", reason="write_failed", detail=error.detail)
            return
        self._engine.store_is(
            "ready", reason="restored" if self._restored else "", detail=self._restored
        )

    def _is_backup_due(self, now: datetime) -> bool:
        if self._backup is not None and not self._backup.done():
            return False
        if self._backed_up is None:
            soon = now - self.backup_every + FIRST_BACKUP
            self._backed_up = max(self._last_backup() or soon, soon)
        closing = self._closing(now)
        closed = closing is not None and self._backed_up < closing <= now
        return closed or abs(now - self._backed_up) >= self.backup_every

    async def _write_backup(self, now: datetime) -> None:
        try:
            await self._thread.call(functools.partial(self._back_up, now), BACKUP_WITHIN_S)
        except (StoreUnavailable, TimeoutError) as error:
            log.warning("no backup: %s", error)
            self._mend_store()
        else:
            log.info("backup written")


async def _until(event: asyncio.Event, within_s: float) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within_s):
            await event.wait()
