"""Row 13: outboxes → centre, one worker on PostgreSQL; a device that was away for 7 days; pulls.

Everything is real and on this machine: PostgreSQL with its usual durability on this disk, `centre
run` with one worker, requests signed and packed as kiosks do it, ready before the clock runs. The
floor stores the same rows by COPY into a table without an index, as durable, with as many
connections, in turns with the centre.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import msgspec

from bench.figures import Figure
from centre.settings import Settings
from centre.store import Database
from centre.wire import MAX_BATCH
from kiosk.core.centre_line import CentreLine
from kiosk.core.sending import Sending
from kiosk.ports import OutboxRow
from kiosk.store import Store, StoreFolders
from kiosk.store.database import immediate
from kiosk.sync.client import CentreClient
from kiosk.sync.clock import CentreClock
from kiosk.sync.enrolment import Enrolled, keep_enrolment
from kiosk.sync.keys import Keys
from tools.centre_process import CentreProcess
from tools.fleet import FleetDevice, Line, make_fleet, make_known
from tools.postgresql import PostgresqlServer

LINES = 4
ROUNDS = 6
BATCHES = 3  # of each line in a round
WEEK = 7 * 300 * 4  # days, visits, entries of each
PULLS, PULLING = 1600, 32  # in all, at a time
KEPT = Path("/var/tmp")
"""A disk, where /tmp may be memory."""
ROOMY = {"shared_buffers": "512MB", "max_wal_size": "4GB"}


def measure() -> list[Figure]:
    """One centre, three questions; without PostgreSQL there are none."""
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=KEPT))
    try:
        with PostgresqlServer(ROOMY, within=KEPT) as server:
            server.ask("CREATE DATABASE centre")
            settings = Settings(database=server.url("centre"))
            fleet = make_fleet(LINES + 1)
            fleet[LINES].key = Keys(folder / "kiosk").next()
            asyncio.run(_known(settings, fleet))
            with CentreProcess(folder, {"database": settings.database}) as centre:
                centre.until_ready()
                host = centre.url.removeprefix("http://")
                took, floor = asyncio.run(intake_times(fleet[:LINES], host, settings))
                week = catch_up(fleet[LINES], centre.url, folder / "kiosk")
                used = _processor_s(centre)
                pulls = asyncio.run(pull_time(fleet[:LINES], host))
                used = (_processor_s(centre) - used) / PULLS
    except FileNotFoundError as error:
        print(f"  {error}: row 13 is left out")
        return []
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return [
        Figure(row=13, what="seconds for 100,000 events from outboxes, one worker", value=took,
               unit="s", at_most=2.5, floor=floor, note=f"{100_000 / took:,.0f}/s"),
        Figure(row=13, what=f"a device away for 7 days catches up ({WEEK:,} entries)", value=week,
               unit="s", at_most=2.0),
        Figure(row=13, what="seconds for 800 pulls of nothing new, one worker",
               value=800 * pulls, unit="s", at_most=1.0,
               note=f"{1 / pulls:,.0f}/s, {1000 * used:.2f} ms of processor each"),
    ]  # fmt: skip


def _processor_s(centre: CentreProcess) -> float:
    """Processor time that it has used."""
    assert centre.process is not None
    told = Path(f"/proc/{centre.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


async def _known(settings: Settings, fleet: Sequence[FleetDevice]) -> None:
    database = Database(settings.database_url, pool=1)
    await database.bring_up()
    await make_known(database, fleet)
    await database.close()


async def intake_times(
    fleet: Sequence[FleetDevice], host: str, settings: Settings
) -> tuple[float, float]:
    """Seconds for 100,000 entries: through the centre, and by the floor."""
    lines = [Line(host) for _ in fleet]
    bare = [await asyncpg.connect(settings.database) for _ in fleet]
    await bare[0].execute("CREATE TABLE floor (LIKE event)")
    took = floor = 0.0
    for turn in range(-1, ROUNDS):  # the first one warms up
        batches = [[one.rows(MAX_BATCH) for _ in range(BATCHES)] for one in fleet]
        requests = [
            [one.batch_request(rows, host) for rows in own]
            for one, own in zip(fleet, batches, strict=True)
        ]
        records = [
            [[_record(one, row) for row in rows] for rows in own]
            for one, own in zip(fleet, batches, strict=True)
        ]
        through = await _time([_send(*pair) for pair in zip(lines, requests, strict=True)])
        beneath = await _time([_copy(*pair) for pair in zip(bare, records, strict=True)])
        if turn >= 0:
            took, floor = took + through, floor + beneath
    stored = await bare[0].fetchval("SELECT count(*) FROM event")
    assert stored == (ROUNDS + 1) * BATCHES * MAX_BATCH * len(fleet), stored
    for connection in bare:
        await connection.close()
    for line in lines:
        line.cut()
    share = 100_000 / (ROUNDS * BATCHES * MAX_BATCH * len(fleet))
    return took * share, floor * share


async def _time(work: Sequence[Awaitable[None]]) -> float:
    begin = time.perf_counter()
    await asyncio.gather(*work)
    return time.perf_counter() - begin


async def _send(line: Line, requests: Sequence[bytes]) -> None:
    for request in requests:
        status, _, body = await line.ask(request)
        assert status == 200, body


async def _copy(
    connection: asyncpg.Connection, batches: Sequence[Sequence[tuple[object, ...]]]
) -> None:
    for records in batches:
        await connection.copy_records_to_table("floor", records=records)


def _record(device: FleetDevice, row: OutboxRow) -> tuple[object, ...]:
    at = datetime.fromisoformat(row.at)
    now = datetime.now(UTC)
    return (now, device.name, device.epoch, row.seq, device.site, row.kind, at, row.body.decode())


def catch_up(device: FleetDevice, url: str, folder: Path) -> float:
    """Seconds until a kiosk's outbox of a week is empty: its store, its core's worker, its line."""
    enrolled = Enrolled(
        url=url,
        device=device.name,
        site=device.site,
        name=device.name,
        public_key=device.key.public,
        document_key="",
        enrolled_at=datetime.now(UTC).isoformat(),
    )
    keep_enrolment(folder, enrolled)
    Keys(folder).settle(device.key.public)
    shelves = {"database": folder / "kiosk.db", "backups": folder, "journal": folder / "journal"}
    store = Store(StoreFolders(**shelves), min_free_mb=0)
    store.open(datetime.now(UTC))
    with immediate(store.rooms.database):
        for row in device.rows(WEEK):
            store.rooms.outbox.add(row.kind, msgspec.Raw(row.body), row.at)
    took = asyncio.run(_empty(store, folder, url))
    assert not store.centre.waiting()
    store.close()
    return took


async def _empty(store: Store, folder: Path, url: str) -> float:
    line = CentreLine("centre", lambda: CentreClient(folder, url, "", CentreClock()), 60.0)
    sending = Sending(_Host(store), line.ask)
    await line.ask(lambda centre, _within_s: centre.device())
    begin = time.perf_counter()
    while await sending.send():
        pass
    took = time.perf_counter() - begin
    line.close()
    return took


@dataclass
class _Host:
    store: Store


async def pull_time(fleet: Sequence[FleetDevice], host: str) -> float:
    """Seconds of one pull, of many at a time, when there is nothing new."""
    lines = [Line(host) for _ in range(PULLING)]
    wanted = []
    for number, line in enumerate(lines):
        one = fleet[number % len(fleet)]
        _, headers, _ = await line.ask(one.request("GET", "/v1/changes?since=", host))
        cursor = headers["etag"].strip('"')
        path, known = f"/v1/changes?since={cursor}", {"If-None-Match": f'"{cursor}"'}
        share = range(PULLS // len(lines))
        wanted.append([one.request("GET", path, host, headers=known) for _ in share])

    async def pull(line: Line, requests: Sequence[bytes]) -> None:
        for request in requests:
            status, _, body = await line.ask(request)
            assert status == 304, body

    took = await _time([pull(*pair) for pair in zip(lines, wanted, strict=True)])
    for line in lines:
        line.cut()
    return took / sum(map(len, wanted))
