"""Tickets to be issued, and a store to issue them from."""

import itertools
from datetime import datetime
from pathlib import Path

from kiosk.queueing.hours import HANOI
from kiosk.queueing.ticket import Ticket
from kiosk.store import Store, StoreFolders

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)
DAY = "2026-11-23"
_tokens = itertools.count(1)


def draft(request_id: str, *, series: str = "A", day: str = DAY) -> Ticket:
    """What the engine hands to the store; the token is as unique as the real one."""
    return Ticket(
        id=0,
        number="",
        running=0,
        series=series,
        service="civil-status",
        business_day=day,
        issued_at=f"{day}T08:00:00.000+07:00",
        token=f"{request_id}-{next(_tokens)}",
        request_id=request_id,
    )


def folders(root: Path) -> StoreFolders:
    """As kiosk.paths lays them out, with the backups beside the store."""
    return StoreFolders(
        database=root / "store" / "kiosk.db",
        backups=root / "backups",
        journal=root / "store" / "journal",
    )


def opened(root: Path, now: datetime = NOW) -> Store:
    """A store in `root`, open."""
    store = Store(folders(root), min_free_mb=0)
    store.open(now)
    return store


def issue(store: Store, *request_ids: str, series: str = "A", day: str = DAY) -> list[Ticket]:
    """Issue one ticket for each request."""
    return [store.issue(draft(one, series=series, day=day), visit=True)[0] for one in request_ids]


def requests(count: int, prefix: str = "request") -> list[str]:
    """Request ids that differ."""
    return [f"{prefix}-{number:04d}" for number in range(count)]
