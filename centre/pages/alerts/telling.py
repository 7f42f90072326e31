"""Messages on their way: taken by one worker, sent, marked; tried again for a day when they fail.

Whoever takes a message makes it due again after CLAIMED: should that worker die, another one sends
it. So a message may rarely come twice, with the same id, and is never lost.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.pages.alerts.alert_book import Raised, alerts_by_id
from centre.pages.alerts.mail import MailFailed, MailServer, send_mail
from centre.pages.alerts.webhook import WebhookFailed, send_webhook
from centre.pages.alerts.wordings import Text, subject_of, values_of, words_of
from centre.store import Database
from centre.store.tables.alerts import AlertMessage, AlertRule

log = logging.getLogger(__name__)

AT_ONCE = 10
CLAIMED = timedelta(minutes=5)  # longer than the slowest sending
FIRST_PAUSE_S, LONGEST_PAUSE_S = 30.0, 3600.0
GIVEN_UP_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message that this worker sends now."""

    id: int
    address: str
    what: str
    kind: str
    secret: str
    alerts: Sequence[Raised]
    made_at: datetime
    tries: int


class Telling:
    """Sends what is due. `url` is where the pages are, for the link in a mail."""

    def __init__(self, database: Database, server: MailServer | None, url: str, text: Text) -> None:
        self._database = database
        self._server = server
        self._url = url
        self._text = text

    async def tell_due(self, now: datetime) -> int:
        """Send everything that is due; how many were taken."""
        count = 0
        while taken := await self._take(now):
            count += len(taken)
            await asyncio.gather(*(self._tell(one, now) for one in taken))
        return count

    async def _take(self, now: datetime) -> Sequence[Outgoing]:
        async with self._database.changing() as connection:
            wanted = (
                select(AlertMessage, AlertRule.kind, AlertRule.secret)
                .join(AlertRule, AlertRule.id == AlertMessage.rule)
                .where(AlertMessage.due_at <= now)
                .order_by(AlertMessage.due_at)
                .limit(AT_ONCE)
                .with_for_update(skip_locked=True, of=AlertMessage)
            )
            rows = (await connection.execute(wanted)).all()
            if not rows:
                return []
            ids = [row.id for row in rows]
            await connection.execute(
                update(AlertMessage)
                .where(AlertMessage.id.in_(ids))
                .values(due_at=now + CLAIMED, tries=AlertMessage.tries + 1)
            )
            return [
                Outgoing(
                    id=row.id,
                    address=row.address,
                    what=row.what,
                    kind=row.kind,
                    secret=row.secret,
                    alerts=await alerts_by_id(connection, row.alerts),
                    made_at=row.made_at,
                    tries=row.tries + 1,
                )
                for row in rows
            ]

    async def _tell(self, one: Outgoing, now: datetime) -> None:
        try:
            await self._send(one, now)
        except (MailFailed, WebhookFailed) as error:
            over = error.for_good or now - one.made_at >= GIVEN_UP_AFTER
            again = None if over else now + timedelta(seconds=pause_s(one.tries))
            if one.tries == 1 or over:
                log.warning(
                    "alert message %d %s: %s", one.id, "given up" if over else "waits", error
                )
            async with self._database.changing() as connection:
                await _mark(connection, one.id, due_at=again, error=str(error)[:200])
        else:
            async with self._database.changing() as connection:
                await _mark(connection, one.id, due_at=None, sent_at=now, error="")

    async def _send(self, one: Outgoing, now: datetime) -> None:
        if not one.address.startswith("mailto:"):
            await send_webhook(
                one.address,
                values_of(one.what, one.kind, one.alerts),
                secret=one.secret,
                message_id=f"alert-{one.id}",
                now=now,
            )
            return
        if self._server is None:
            raise MailFailed("no mail server is set up")
        domain = self._server.sender.rpartition("@")[2]
        await asyncio.to_thread(
            send_mail,
            self._server,
            one.address.removeprefix("mailto:"),
            subject_of(one.what, one.kind, one.alerts, self._text),
            words_of(one.what, one.kind, one.alerts, self._url, self._text),
            message_id=f"<alert-{one.id}@{domain}>",
        )


def pause_s(tries: int) -> float:
    """Seconds until the next try: doubled each time, with a share drawn by lot."""
    longest = min(FIRST_PAUSE_S * 2.0 ** (tries - 1), LONGEST_PAUSE_S)
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - no secret


async def _mark(connection: AsyncConnection, message: int, **values: object) -> None:
    mine = AlertMessage.id == message
    await connection.execute(update(AlertMessage).where(mine).values(**values))
