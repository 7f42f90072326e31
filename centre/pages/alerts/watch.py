"""Looks and tells, again and again, beside a worker's pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from centre.pages.alerts.alert_book import look
from centre.pages.alerts.mail import read_mail_server
from centre.pages.alerts.telling import Telling
from centre.pages.alerts.wordings import Text
from centre.rounds import Rounds
from centre.settings import Settings
from centre.store import Database

EVERY_S = 30.0


class Watch:
    """One worker's. Raises SettingsError where `smtp` is no address of a server."""

    def __init__(
        self, database: Database, settings: Settings, now: Callable[[], datetime], text: Text
    ) -> None:
        self._database, self._now = database, now
        server = read_mail_server(settings.smtp)
        self._telling = Telling(database, server, settings.public_url, text)
        self._rounds = Rounds(
            self.once,
            every_s=EVERY_S,
            failed_s=EVERY_S,
            failed="the rules of alerts could not look",
            mended="the rules of alerts look again",
        )

    async def begin(self) -> None:
        """Start to look."""
        await self._rounds.begin()

    async def end(self) -> None:
        """Stop after the look under way."""
        await self._rounds.end()

    async def once(self) -> int:
        """One look, and all that is due; how many messages were taken."""
        now = self._now()
        async with self._database.changing() as connection:
            await look(connection, now)
        return await self._telling.tell_due(now)
