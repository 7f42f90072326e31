"""A city's day played fast: every event of every kiosk is at the centre once, in order.

    python -m tools.campaigns.centre_fleet                    10,000 kiosks, some ten minutes
    python -m tools.campaigns.centre_fleet --devices 500 --kills 2

Real PostgreSQL, durable as ever, `centre run` with its workers, and as many outboxes as there are
kiosks: entries go from the front, and only when they are acknowledged; what fails is tried again
after a wait drawn by lot (full jitter). Meanwhile

    the centre is killed (-9, every process), in turns together with its database;
    of the answers a share is thrown away, the connection with them: the kiosk cannot know;
    some kiosks are off the network until the evening; some are installed anew and begin an order.

At the end each order is compared with what its kiosk told: nothing is missing, nothing is there
twice, each body is its own, and what came in later has the higher seq.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import click
import msgspec

from bench.figures import p50, p99
from centre.settings import Settings
from centre.store import Database
from kiosk.ports import OutboxRow
from tools.centre_process import CentreProcess
from tools.fleet import JSON, FleetDevice, Line, make_fleet, make_known
from tools.postgresql import PostgresqlServer

KEPT = Path("/var/tmp")
ROOMY = {"shared_buffers": "512MB", "max_wal_size": "4GB", "max_connections": "60"}
BATCH = 200
AWAY, ANEW = 0.02, 0.02  # shares of the kiosks
PAUSE_S, PAUSE_AT_MOST_S = 0.5, 20.0
WITHIN_S = 30.0
_ORDERS = """
SELECT device, epoch, min(seq) AS first, max(seq) AS last, count(*) AS entries,
       count(DISTINCT seq) AS different, count(*) FILTER (WHERE earlier) AS out_of_order,
       count(*) FILTER (WHERE body->>'id' <> ((seq - 1) / 4 + 1)::text) AS of_others
FROM (SELECT device, epoch, seq, body, received_at < lag(received_at) OVER own AS earlier
      FROM event WINDOW own AS (PARTITION BY device, epoch ORDER BY seq)) AS told
GROUP BY device, epoch
"""


@dataclass
class Day:
    """What is going on, and what was seen."""

    host: str
    drop: float
    at_once: asyncio.Semaphore
    evening: asyncio.Event = field(default_factory=asyncio.Event)
    answers: Counter[str] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)
    told: dict[tuple[str, str], int] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(7))


class Kiosk:
    """An outbox and whoever empties it."""

    def __init__(self, device: FleetDevice, day: Day) -> None:
        self._device, self._day = device, day
        self._waiting: list[OutboxRow] = []
        self._line = Line(day.host)

    async def live(self, hours: float, visits: int) -> None:
        """A day: visits all over its `hours` (seconds here), then whatever is left is told."""
        chance = self._device.random
        is_away, is_anew = chance.random() < AWAY, chance.random() < ANEW
        parts = chance.randint(4, 8)
        for part in range(parts):
            await asyncio.sleep(hours / parts * chance.uniform(0.5, 1.5))
            self._waiting += self._device.rows(4 * max(1, visits // parts))
            if not is_away:
                await self._tell_all()
            if is_anew and part == parts // 2 and not self._waiting:
                self._device.begin_order()
        if is_away:
            await self._day.evening.wait()
        await self._tell_all()
        self._line.cut()

    async def _tell_all(self) -> None:
        key = (self._device.name, self._device.epoch)
        self._day.told[key] = self._device.told
        pause = PAUSE_S
        while self._waiting:
            if await self._tell():
                pause = PAUSE_S
            else:
                await asyncio.sleep(self._device.random.uniform(0, pause))
                pause = min(PAUSE_AT_MOST_S, 2 * pause)

    async def _tell(self) -> bool:
        """One batch; whether it was acknowledged."""
        day, rows = self._day, self._waiting[:BATCH]
        async with day.at_once:
            begin = time.perf_counter()
            try:
                request = self._device.batch_request(rows, day.host)
                status, _, body = await self._line.ask(request, WITHIN_S)
            except (OSError, EOFError, TimeoutError):
                day.answers["none"] += 1
                return False
            day.took.append(time.perf_counter() - begin)
        if day.chance.random() < day.drop:
            day.answers["dropped"] += 1
            self._line.cut()
            return False
        day.answers[str(status)] += 1
        if status != 200:
            if status != 503:
                raise RuntimeError(f"{self._device.name}: {status} {body!r}")
            return False
        seq = msgspec.json.decode(body)["seq"]
        self._waiting = [row for row in self._waiting if row.seq > seq]
        return True


def kill_all(centre: CentreProcess) -> None:
    """kill -9 of the supervisor and of every worker, at once."""
    assert centre.process is not None
    supervisor = centre.process.pid
    children = Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text().split()
    centre.process.send_signal(signal.SIGKILL)
    for child in children:
        os.kill(int(child), signal.SIGKILL)
    centre.process.wait()


async def disturb(
    centre: CentreProcess, server: PostgresqlServer, day: Day, kills: int, every_s: float
) -> list[float]:
    """Kill it so many times, every second time with its database; seconds until it was ready."""
    back: list[float] = []
    for number in range(kills):
        await asyncio.sleep(every_s)
        kill_all(centre)
        if number % 2:
            server.stop()
            server.start()  # here: it ends with the thread that starts it
        begin = time.perf_counter()
        await asyncio.to_thread(centre.start)
        await asyncio.to_thread(centre.until_ready)
        back.append(time.perf_counter() - begin)
        print(f"  killed {number + 1}: ready after {back[-1]:.1f} s; answers so far: "
              f"{dict(day.answers)}", flush=True)  # fmt: skip
    day.evening.set()
    return back


async def health_of(fleet: list[FleetDevice], day: Day) -> None:
    """A tenth of the kiosks tell how they are, all day; lost ones are not told again."""
    line = Line(day.host)
    body = b'{"at":"2026-11-30T08:00:00+07:00","version":"1.0.0","outbox":3}'
    while not day.evening.is_set():
        one = fleet[day.chance.randrange(len(fleet))]
        try:
            await line.ask(one.request("PUT", "/v1/health", day.host, body, JSON), WITHIN_S)
        except (OSError, EOFError, TimeoutError):
            await asyncio.sleep(PAUSE_S)
        await asyncio.sleep(0.02)
    line.cut()


async def compare(settings: Settings, day: Day) -> Counter[str]:
    """What is wrong, by kind: nothing, where all is well."""
    connection = await asyncpg.connect(settings.database)
    wrong: Counter[str] = Counter()
    orders = {(row["device"], row["epoch"]): row for row in await connection.fetch(_ORDERS)}
    for key, last in day.told.items():
        row = orders.pop(key, None)
        wrong["missing"] += last if row is None else last - row["different"]
        if row is not None:
            wrong["twice"] += row["entries"] - row["different"]
            wrong["out of order"] += row["out_of_order"]
            wrong["of others"] += row["of_others"]
            wrong["never told"] += row["last"] - last
    wrong["never told"] += sum(row["entries"] for row in orders.values())
    wrong["set aside"] += await connection.fetchval("SELECT count(*) FROM quarantined")
    await connection.close()
    return +wrong


async def play(
    settings: Settings,
    centre: CentreProcess,
    server: PostgresqlServer,
    fleet: list[FleetDevice],
    *,
    hours: float,
    visits: int,
    kills: int,
    drop: float,
    at_once: int,
) -> bool:
    """The day; whether all of it is at the centre."""
    day = Day(centre.url.removeprefix("http://"), drop, asyncio.Semaphore(at_once))
    begin = time.perf_counter()
    disturbing = asyncio.create_task(
        disturb(centre, server, day, kills, every_s=hours / (kills + 1))
    )
    telling = asyncio.create_task(health_of(fleet, day))
    await asyncio.gather(*(Kiosk(one, day).live(hours, visits) for one in fleet))
    took = time.perf_counter() - begin
    back = await disturbing
    await telling
    wrong = await compare(settings, day)
    entries = sum(day.told.values())
    print(
        f"| {len(fleet):,} | {len(day.told):,} | {entries:,} | {len(day.took):,} | {kills}"
        f" | {day.answers['dropped']:,} | {day.answers['none']:,} | {day.answers['503']:,}"
        f" | {entries / took:,.0f} | {1000 * p50(day.took):.0f} / {1000 * p99(day.took):.0f} ms"
        f" | {max(back, default=0):.1f} s | {dict(wrong) or 0} |"
    )
    return not wrong


@click.command()
@click.option("--devices", default=10_000)
@click.option("--visits", default=40, help="Of each kiosk, four entries each.")
@click.option("--hours", default=300.0, help="The seconds that the day lasts here.")
@click.option("--kills", default=6)
@click.option("--drop", default=0.05, help="The share of answers that is thrown away.")
@click.option("--workers", default=2)
@click.option("--at-once", default=64, help="Requests under way at a time.")
@click.option("--seed", default=11)
def main(
    devices: int,
    visits: int,
    hours: float,
    kills: int,
    drop: float,
    workers: int,
    at_once: int,
    seed: int,
) -> None:
    """Play one day."""
    folder = Path(tempfile.mkdtemp(prefix="fleet-", dir=KEPT))
    fleet = make_fleet(devices, seed)
    try:
        with PostgresqlServer(ROOMY, within=KEPT) as server:
            server.ask("CREATE DATABASE centre")
            settings = Settings(database=server.url("centre"))
            asyncio.run(_known(settings, fleet))
            keys = {"database": settings.database, "workers": str(workers)}
            with CentreProcess(folder, keys) as centre:
                centre.until_ready()
                good = asyncio.run(
                    play(settings, centre, server, fleet, hours=hours, visits=visits,
                         kills=kills, drop=drop, at_once=at_once)
                )  # fmt: skip
            if not good:
                print(centre.log()[-4000:])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(0 if good else 1)


async def _known(settings: Settings, fleet: list[FleetDevice]) -> None:
    database = Database(settings.database_url, pool=1)
    await database.bring_up()
    await make_known(database, fleet)
    await database.close()


if __name__ == "__main__":
    main()
