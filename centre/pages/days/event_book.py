"""Events asked for by site and time; figures of a day over all sites, counted by the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Text, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.pages.days.rebuilding import ANSWER_KIND, Told
from centre.store.tables.events import Event
from kiosk.queueing.hours import HANOI
from kiosk.queueing.report import Spread, spread

AFTERWARDS = timedelta(hours=12)  # a day's tickets expire after midnight at the latest
COUNTED = {
    "ticket_issued": "issued",
    "ticket_complete": "served",
    "ticket_next_service": "served",
    "ticket_no_show": "no_shows",
    "ticket_expire": "expired",
}


@dataclass(slots=True)
class SiteDay:
    """What the database counts of a site's day; `answers` and `faces` (their sum) of feedback."""

    issued: int = 0
    served: int = 0
    no_shows: int = 0
    expired: int = 0
    waits: Spread = field(default_factory=Spread)
    answers: int = 0
    mean: float = 0.0


def span_of(first: date, last: date) -> tuple[datetime, datetime]:
    """When events of these business days may have happened."""
    begins = datetime.combine(first, time(), HANOI)
    return begins, datetime.combine(last, time(), HANOI) + timedelta(days=1) + AFTERWARDS


async def events_of(
    connection: AsyncConnection,
    kinds: Collection[str],
    first: date,
    last: date,
    *,
    site: str = "",
    limit: int | None = None,
) -> Sequence[Told]:
    """The events of these kinds and business days, in no order; of all sites where `site` is ""."""
    begins, ends = span_of(first, last)
    wanted = select(
        Event.site,
        Event.device,
        Event.epoch,
        Event.seq,
        Event.kind,
        Event.at,
        cast(Event.body, Text),
    ).where(Event.kind.in_(sorted(kinds)), Event.at >= begins, Event.at < ends)
    if site:
        wanted = wanted.where(Event.site == site)
    if limit is not None:
        wanted = wanted.limit(limit)
    return [
        Told(site=where, device=device, epoch=epoch, seq=seq, kind=kind, at=at, body=body)
        for where, device, epoch, seq, kind, at, body in await connection.execute(wanted)
    ]


async def days_of_sites(connection: AsyncConnection, day: date) -> dict[str, SiteDay]:
    """A day's figures of every site that had any."""
    begins, ends = datetime.combine(day, time(), HANOI), datetime.combine(day, time.max, HANOI)
    found: dict[str, SiteDay] = {}

    def that_day(wanted: Any) -> Any:
        return wanted.where(Event.at >= begins, Event.at <= ends)

    counts = select(Event.site, Event.kind, func.count()).where(Event.kind.in_(sorted(COUNTED)))
    grouped = that_day(counts).group_by(Event.site, Event.kind)
    for site, kind, count in await connection.execute(grouped):
        one = found.setdefault(site, SiteDay())
        setattr(one, COUNTED[kind], getattr(one, COUNTED[kind]) + count)
    body = Event.body
    said = select(Event.site, func.count(), func.avg(body["face"].as_integer()))
    said = that_day(said.where(Event.kind == ANSWER_KIND)).group_by(Event.site)
    for site, count, mean in await connection.execute(said):
        one = found.setdefault(site, SiteDay())
        one.answers, one.mean = count, float(mean or 0)
    waited = select(
        Event.site,
        body["issued_at"].as_string(),
        body["queued_at"].as_string(),
        body["called_at"].as_string(),
    ).where(Event.kind == "ticket_complete")
    waits: dict[str, list[float]] = {}
    for site, issued, queued, called in await connection.execute(that_day(waited)):
        if (seconds := _seconds(queued or issued, called)) is not None:
            waits.setdefault(site, []).append(seconds)
    for site, seconds_of in waits.items():
        found[site].waits = spread(seconds_of)
    return found


def _seconds(joined: str | None, called: str | None) -> float | None:
    try:
        passed = datetime.fromisoformat(called or "") - datetime.fromisoformat(joined or "")
    except (ValueError, TypeError):
        return None
    return max(0.0, passed.total_seconds())
