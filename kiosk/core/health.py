"""How this kiosk is, for the centre: last value only, nothing of any citizen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from centre.wire import Health, PartHealth
from kiosk.queueing.ticket import Ticket
from kiosk.words import DeviceState

MOST_PARTS, LONGEST_REASON = 40, 120


def health_of(
    devices: Iterable[DeviceState],
    waiting: Iterable[Ticket],
    *,
    now: datetime,
    version: str,
    up_s: float,
    outbox: int,
    disk_free_mb: int,
) -> Health:
    """All of it, from what the core knows now."""
    known, since = tuple(devices), [ticket.waits_since for ticket in waiting]
    longest = min((datetime.fromisoformat(one) for one in since), default=now)
    return Health(
        at=now.isoformat(timespec="milliseconds"),
        version=version[:40],
        up_s=max(0, int(up_s)),
        parts=tuple(_part(one) for one in known)[:MOST_PARTS],
        slips_left=next((one.left for one in known if one.name == "printer"), None),
        outbox=outbox,
        disk_free_mb=max(0, disk_free_mb),
        waiting=len(since),
        longest_wait_min=max(0, int((now - longest).total_seconds() // 60)),
    )


def _part(device: DeviceState) -> PartHealth:
    """A warning stands for the reason where there is no other."""
    reason = device.reason or next(iter(device.warnings), "")
    return PartHealth(
        name=device.name, state=device.state, reason=reason[:LONGEST_REASON], since=device.since
    )
