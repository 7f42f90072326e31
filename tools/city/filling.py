"""A city put into the centre's tables, as devices would: events through the outbox's shapes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.identity.wards import wards
from centre.store.tables.devices import Device, Site
from centre.store.tables.events import Event
from centre.wire.health import Health, PartHealth
from kiosk.sealing import CentreSealer
from tools.city.visits import Day

VERSIONS = ("1.4.2", "1.4.2", "1.4.2", "1.4.1")
AT_ONCE = 4000


async def fill_sites(connection: AsyncConnection, now: datetime) -> list[str]:
    """The wards of Hanoi; their codes."""
    rows = [
        {
            "code": one.code,
            "name_vi": one.name_vi,
            "name_en": one.name_en,
            "group": "pilot" if number % 20 == 3 else "",
            "latitude": one.latitude,
            "longitude": one.longitude,
            "made_at": now,
        }
        for number, one in enumerate(wards())
    ]
    await connection.execute(insert(Site), rows)
    return [row["code"] for row in rows]


async def fill_devices(
    connection: AsyncConnection,
    sites: Sequence[str],
    count: int,
    now: datetime,
    *,
    trouble: float = 0.06,
    seed: int = 7,
) -> None:
    """So many devices over the sites; the share `trouble` of them is not well."""
    random = Random(seed)
    rows: list[dict[str, Any]] = []
    for number in range(count):
        site = sites[number % len(sites)]
        health, seen, skew = _health(random, now, trouble)
        rows.append(
            {
                "id": f"k-{number:05}",
                "site": site,
                "name": f"Máy {number // len(sites) + 1}",
                "public_key": number.to_bytes(32, "big"),
                "key_since": now - timedelta(days=60),
                "enrolled_at": now - timedelta(days=60),
                "seen_at": seen,
                "health": msgspec.to_builtins(health) if seen else {},
                "health_at": seen,
                "version": health.version if seen else "",
                "clock_skew_s": skew,
            }
        )
    for first in range(0, len(rows), AT_ONCE):
        await connection.execute(insert(Device), rows[first : first + AT_ONCE])


def _health(random: Random, now: datetime, trouble: float) -> tuple[Health, datetime | None, float]:
    chance, skew = random.random() / trouble, random.gauss(0, 1.5)
    seen: datetime | None = now - timedelta(seconds=random.uniform(1, 60))
    printer = PartHealth(name="printer", state="ready")
    slips, outbox = random.randint(150, 900), random.randint(0, 3)
    if chance < 0.25:
        seen = now - timedelta(minutes=random.choice((14, 35, 130, 900, 5000)))
    elif chance < 0.45:
        reason = random.choice(("paper_out", "cover_open", "offline"))
        printer = PartHealth(name="printer", state="unavailable", reason=reason)
    elif chance < 0.75:
        slips = random.randint(5, 55)
    elif chance < 0.85:
        skew = random.choice((-400.0, 260.0, 3700.0))
    elif chance < 0.93:
        outbox = random.randint(600, 9000)
    elif chance < 1.0:
        seen = None
    waiting = random.choice((0, 0, 1, 3, 6, 11))
    health = Health(
        at=now.isoformat(),
        version=random.choice(VERSIONS),
        up_s=random.randint(1000, 900_000),
        parts=(printer, PartHealth(name="speech", state="ready"),
               PartHealth(name="guide", state="ready"), PartHealth(name="store", state="ready")),
        slips_left=slips,
        outbox=outbox,
        disk_free_mb=random.randint(8000, 50_000),
        waiting=waiting,
        longest_wait_min=waiting * random.randint(1, 4),
    )  # fmt: skip
    return health, seen, skew


async def fill_days(
    connection: AsyncConnection,
    site: str,
    last: date,
    days: int,
    *,
    busy: int = 160,
    seed: int = 7,
    until: datetime | None = None,
    sealer: CentreSealer | None = None,
) -> int:
    """So many days of a site up to `last`, by its first device; how many entries. Sundays rest."""
    found = await connection.execute(
        select(Device.id).where(Device.site == site).order_by(Device.id).limit(1)
    )
    device, random = found.scalar_one(), Random(f"{seed}-{site}")
    glad = random.uniform(0.65, 0.92)
    seq, first_id, rows = 0, 1, []
    for back in range(days - 1, -1, -1):
        day = last - timedelta(days=back)
        if day.weekday() == 6:
            continue
        come = round(busy * random.uniform(0.75, 1.2) * (0.4 if day.weekday() == 5 else 1))
        visits = Day(day, random, busy=come, glad=glad, first_id=first_id, sealer=sealer)
        first_id += 2 * busy
        for entry in visits.entries():
            if until is not None and entry.at > until:
                continue
            seq += 1
            rows.append(
                {
                    "received_at": entry.at.astimezone(UTC) + timedelta(seconds=2),
                    "device": device,
                    "epoch": "0123456789abcdef",
                    "seq": seq,
                    "site": site,
                    "kind": entry.kind,
                    "at": entry.at.astimezone(UTC),
                    "body": msgspec.to_builtins(entry.body),
                }
            )
    for first in range(0, len(rows), AT_ONCE):
        await connection.execute(insert(Event), rows[first : first + AT_ONCE])
    return len(rows)
