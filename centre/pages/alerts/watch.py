"""Looks and tells, again and again, beside a worker's pages; a fault is said once, and once when
it is over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from centre.pages.alerts.alert_book import look
from centre.pages.alerts.mail import read_mail_server
from centre.pages.alerts.telling import Telling
from centre.pages.alerts.wordings import Text
from centre.settings import Settings
from centre.store import Database

log = logging.getLogger(__name__)

EVERY_S = 30.0


class Watch:
    """One worker's. Raises SettingsError where `smtp` is no address of a server."""

    def __init__(
        self, database: Database, settings: Settings, now: Callable[[], datetime], text: Text
    ) -> None:
        self._database, self._now = database, now
        server = read_mail_server(settings.smtp)
        self._telling = Telling(database, server, settings.public_url, text)
        self._task: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Start to look."""
        self._task = asyncio.create_task(self._run())

    async def end(self) -> None:
        """Stop."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def once(self) -> int:
        """One look, and all that is due; how many messages were taken."""
        now = self._now()
        async with self._database.changing() as connection:
            await look(connection, now)
        return await self._telling.tell_due(now)

    async def _run(self) -> None:
        failed = False
        while True:
            try:
                await self.once()
            except Exception:
                if not failed:
                    log.exception("the rules of alerts could not look")
                failed = True
            else:
                if failed:
                    log.warning("the rules of alerts look again")
                failed = False
            await asyncio.sleep(EVERY_S)
