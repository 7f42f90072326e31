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

from bench.figures import Figure
from centre.settings import Settings
from centre.store import Database
from centre.wire import MAX_BATCH
from kiosk.ports import OutboxBatch, OutboxRow
from kiosk.sync.clock import CentreClock
from kiosk.sync.line import Signature, SignedLine
from kiosk.sync.packing import packed
from tools.centre_process import CentreProcess
from tools.fleet import PACKED, FleetDevice, Line, make_fleet, make_known
from tools.postgresql import PostgresqlServer

LINES, ROUNDS, BATCHES = 4, 6, 3  # at a time, in turns with the floor, of each line in a round
WEEK = 7 * 300 * 4  # days, visits, entries of each
MANY, EACH = 32, 50  # kiosks at a time, small requests of each
FEW = 5  # entries of a small batch
KEPT = Path("/var/tmp")
"""A disk, where /tmp may be memory."""
ROOMY = {"shared_buffers": "512MB", "max_wal_size": "4GB"}


def measure() -> list[Figure]:
    """One centre, four questions; without PostgreSQL there are none."""
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=KEPT))
    try:
        with PostgresqlServer(ROOMY, within=KEPT) as server:
            server.ask("CREATE DATABASE centre")
            settings = Settings(database=server.url("centre"))
            asyncio.run(_known(settings, fleet := make_fleet(MANY)))
            with CentreProcess(folder, {"database": settings.database}) as centre:
                centre.until_ready()
                return _figures(centre, settings, fleet)
    except FileNotFoundError as error:
        print(f"  {error}: row 13 is left out")
        return []
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _figures(
    centre: CentreProcess, settings: Settings, fleet: Sequence[FleetDevice]
) -> list[Figure]:
    host = centre.url.removeprefix("http://")
    took, floor = asyncio.run(intake_times(fleet[:LINES], host, settings))
    week = catch_up(fleet[LINES], centre.url)
    small = asyncio.run(_small(centre, host, fleet, pulls=False))
    pulls = asyncio.run(_small(centre, host, fleet, pulls=True))
    return [
        Figure(row=13, what="seconds for 100,000 events from outboxes, one worker", value=took,
               unit="s", at_most=2.5, floor=floor, note=f"{100_000 / took:,.0f}/s"),
        Figure(row=13, what=f"a device away for 7 days catches up ({WEEK:,} entries)", value=week,
               unit="s", at_most=2.0),
        Figure(row=13, what=f"seconds for 800 batches of {FEW} entries, one worker",
               value=small.seconds(800), unit="s", note=str(small)),
        Figure(row=13, what="seconds for 800 pulls of nothing new, one worker",
               value=pulls.seconds(800), unit="s", at_most=1.0, note=str(pulls)),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """So many requests, how long they took, and the processor time that the worker used."""

    requests: int
    took_s: float
    used_s: float

    def seconds(self, requests: int) -> float:
        """What so many of them take."""
        return self.took_s * requests / self.requests

    def __str__(self) -> str:
        each = 1000 * self.used_s / self.requests
        return f"{self.requests / self.took_s:,.0f}/s, {each:.2f} ms of processor each"


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
    columns = ["received_at", "device", "epoch", "seq", "site", "kind", "at", "body"]

    async def copy(connection: asyncpg.Connection, batches: Sequence[Sequence[object]]) -> None:
        for records in batches:
            await connection.copy_records_to_table("floor", records=records, columns=columns)

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
        beneath = await _time([copy(*pair) for pair in zip(bare, records, strict=True)])
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


async def _send(line: Line, requests: Sequence[bytes], expected: int = 200) -> None:
    for request in requests:
        status, _, body = await line.ask(request)
        assert status == expected, body


def _record(device: FleetDevice, row: OutboxRow) -> tuple[object, ...]:
    at = datetime.fromisoformat(row.at)
    now = datetime.now(UTC)
    return (now, device.name, device.epoch, row.seq, device.site, row.kind, at, row.body.decode())


def catch_up(device: FleetDevice, url: str) -> float:
    """Seconds until the centre has all of it, by the kiosk's own packing, signing and line."""
    rows = device.rows(WEEK)
    line = SignedLine(url, "", CentreClock())
    signature = Signature(device.key, device.name)
    begin = time.perf_counter()
    for first in range(0, len(rows), MAX_BATCH):
        batch = OutboxBatch(epoch=device.epoch, rows=rows[first : first + MAX_BATCH])
        line.ask("POST", "/v1/events", signature, within_s=60, body=packed(batch), headers=PACKED)
    took = time.perf_counter() - begin
    line.close()
    return took


async def _small(
    centre: CentreProcess, host: str, fleet: Sequence[FleetDevice], *, pulls: bool
) -> Asked:
    """Small requests of many kiosks at a time: what a usual day is made of."""
    lines = [Line(host) for _ in fleet]
    if pulls:
        wanted = [await _pulls(*pair, host) for pair in zip(lines, fleet, strict=True)]
    else:
        wanted = [[one.batch_request(one.rows(FEW), host) for _ in range(EACH)] for one in fleet]
    used = _processor_s(centre)
    expected = 304 if pulls else 200
    took = await _time([_send(*pair, expected) for pair in zip(lines, wanted, strict=True)])
    used = _processor_s(centre) - used
    for line in lines:
        line.cut()
    return Asked(sum(map(len, wanted)), took, used)


async def _pulls(line: Line, device: FleetDevice, host: str) -> list[bytes]:
    """Questions of a device that has heard everything."""
    _, headers, _ = await line.ask(device.request("GET", "/v1/changes?since=", host))
    cursor = headers["etag"].strip('"')
    path, known = f"/v1/changes?since={cursor}", {"If-None-Match": f'"{cursor}"'}
    return [device.request("GET", path, host, headers=known) for _ in range(EACH)]


def _processor_s(centre: CentreProcess) -> float:
    """Processor time that its one worker has used."""
    assert centre.process is not None
    told = Path(f"/proc/{centre.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
