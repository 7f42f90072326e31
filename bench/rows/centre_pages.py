"""The centre's pages with 10,000 kiosks: a browser's request answered, one worker on PostgreSQL.

A real server over loopback; each page is asked for in turns, and its time is that of the whole
answer. The city is tools.city's: 126 sites, a day of all of them, a month of a busy one.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx

from bench.figures import Figure, p50, percentile
from bench.rows.centre import KEPT, ROOMY
from centre.pages.accounts.account_book import add_account
from centre.settings import Settings
from centre.store import Database
from centre.store.partitions import make_partitions
from kiosk.pins import hash_pin
from kiosk.queueing.hours import HANOI
from tools.centre_process import CentreProcess
from tools.city.filling import fill_days, fill_devices, fill_sites
from tools.postgresql import PostgresqlServer

DEVICES = 10_000
TURNS = 15
DAYS = 62  # of the busy site: a month of them is whole
PASSWORD = "a password of the bench"
BUSY, USUAL = 300, 60
"""Visits a day: of the site whose month is asked for, and of each other one on the last day."""
PAGES = (
    ("fleet, the map", "/fleet", 300.0),
    ("fleet, the list's first page", "/fleet?view=list", 300.0),
    ("fleet, the list's last page", f"/fleet?view=list&page={DEVICES // 50 - 1}", 300.0),
    ("fleet, one name looked for", "/fleet?view=list&text=hoan+kiem", 300.0),
    ("all sites of a day", "/sites?of={day}", None),
    ("a busy site's day", "/sites/00070?of={day}", None),
    ("a busy site's month", "/sites/00070?of={month}", None),
    ("a day's feedback of the city", "/said?of={day}", None),
)


def measure() -> list[Figure]:
    """One centre, every page; without PostgreSQL there are none."""
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=KEPT))
    try:
        with PostgresqlServer(ROOMY, within=KEPT) as server:
            server.ask("CREATE DATABASE centre")
            settings = Settings(database=server.url("centre"))
            day = asyncio.run(_fill(settings))
            server.ask("VACUUM ANALYZE", "centre")
            with CentreProcess(folder, {"database": settings.database}) as centre:
                centre.until_ready()
                return _ask(centre.url, day)
    except FileNotFoundError as error:
        print(f"  left out: {error}")
        return []
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _fill(settings: Settings) -> str:
    now, database = datetime.now(UTC), Database(settings.database_url, pool=1)
    today = now.astimezone(HANOI).date()
    try:
        await database.bring_up()
        async with database.changing() as connection:
            await make_partitions(connection, now)
            sites = await fill_sites(connection, now)
            await fill_devices(connection, sites, DEVICES, now)
            for site in sites:
                is_busy = site == "00070"
                await fill_days(
                    connection, site, today, DAYS if is_busy else 1, busy=BUSY if is_busy else USUAL
                )
            await add_account(
                connection,
                name="bench",
                shown_as="Bench",
                role="city",
                site="",
                password_hash=hash_pin(PASSWORD),
                by="bench",
                now=now,
            )
    finally:
        await database.close()
    return today.isoformat()


def _ask(url: str, day: str) -> list[Figure]:
    took: dict[str, list[float]] = {}
    month = (date.fromisoformat(day) - timedelta(days=DAYS // 2)).isoformat()[:7]
    with httpx.Client(base_url=url, timeout=60, headers={"Accept": "text/html"}) as client:
        client.post("/login", data={"name": "bench", "password": PASSWORD})
        for turn in range(TURNS + 1):
            for what, path, _ in PAGES:
                begun = time.perf_counter()
                answer = client.get(path.format(day=day, month=month))
                passed = time.perf_counter() - begun
                assert answer.status_code == 200, (path, answer.status_code)
                if turn:  # the first one reads templates
                    took.setdefault(what, []).append(1000 * passed)
    return [
        Figure(
            row=13,
            what=f"{what}, {DEVICES:,} kiosks",
            value=p50(took[what]),
            unit="ms",
            at_most=aim,
            note=f"p90 {percentile(took[what], 0.9):.0f} ms",
        )
        for what, _, aim in PAGES
    ]
