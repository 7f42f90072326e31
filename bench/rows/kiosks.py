"""Row 4 for a whole site: 12 counters, 6 boards and 3 kiosks at once, after ten years.

Three real cores, the leader with 750,000 old tickets. At each counter somebody calls, serves and
completes without a rest; numbers are given at all three kiosks meanwhile: some dozen clicks a
second, a hundred times a busy ward. All clients are in this process, on the same machine: what they
need to read six boards is counted too.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import tempfile
import time
from pathlib import Path

from bench.figures import Figure, p50, p99
from bench.rows.issue import HISTORY, make_history
from bench.rows.site import BOARDS, PIN, Browser
from kiosk.link.client import LinkClient
from kiosk.paths import DEFAULT_DATA
from kiosk.pins import hash_pin
from kiosk.words import EndVisit, IssueTicket, KeepStaff, TicketResult
from tools.campaigns.kiosk_site import KioskSite

COUNTERS = [str(number) for number in range(1, 13)]
VISITS = 25  # at each counter
THINK_S = (0.5, 1.5)
QUEUE = 400
NUMBER_EVERY_S = 2.0
SERVICES = ("civil-status", "residence", "land", "social", "business")
PLACES = "".join(
    f'\n[[counter]]\nnumber = "{number}"\nplace_vi = "Tầng 1"\nplace_en = "Ground floor"\n'
    for number in COUNTERS[4:]
)


def measure() -> list[Figure]:
    """One run of the whole site."""
    DEFAULT_DATA.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=DEFAULT_DATA))
    keys = {"counters": json.dumps(COUNTERS)}
    try:
        site = KioskSite(folder, keys=keys, more=PLACES)
        make_history(site.leader.data)
        with site:
            site.until_all_follow()
            clicks, boards, numbers = asyncio.run(busy_hour(site))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    hall = f"{len(COUNTERS)} counters, {BOARDS} boards, 3 kiosks, {HISTORY:,} old"
    return [
        _figure(f"a click, p50: {hall}", p50(clicks)),
        _figure("a click, p99", p99(clicks)),
        _figure(f"a call until the last of {BOARDS} boards, p99", p99(boards)),
        _figure("a number at the kiosks, two of them following, p99", p99(numbers)),
    ]


def _figure(what: str, value: float) -> Figure:
    return Figure(row=4, what=what, value=value, unit="ms", at_most=20.0)


async def busy_hour(site: KioskSite) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of each click, of each call until the last board, of each number."""
    client = site.leader.client()
    client.ask(KeepStaff(code="bench", name="Bench", role="clerk", pin_hash=hash_pin(PIN)))
    for n in range(QUEUE):
        client.ask(IssueTicket(request_id=f"queue-{n:04}", service=SERVICES[n % len(SERVICES)]))
    client.close()
    clerks = [Clerk(await Browser.log_in(site.port, number), number) for number in COUNTERS]
    boards = [await Watched.open(site.port) for _ in range(BOARDS)]
    watching = [asyncio.create_task(board.watch()) for board in boards]
    ended = asyncio.Event()
    kiosks = [
        asyncio.create_task(take_numbers(one.client("screen"), f"kiosk-{n}", ended))
        for n, one in enumerate(site.all)
    ]
    await asyncio.gather(*(clerk.work() for clerk in clerks))
    ended.set()
    numbers = [took for times in await asyncio.gather(*kiosks) for took in times]
    for task in watching:
        task.cancel()
    calls = [call for clerk in clerks for call in clerk.calls.items()]
    seen = [max(board.seen[number] for board in boards) - at for number, at in calls]
    return (
        [took for clerk in clerks for took in clerk.clicks],
        [1000 * one for one in seen],
        numbers,
    )


async def take_numbers(client: LinkClient, name: str, ended: asyncio.Event) -> list[float]:
    """Citizens at one kiosk; milliseconds of each number."""
    times: list[float] = []
    while not ended.is_set():
        service = SERVICES[len(times) % len(SERVICES)]
        wanted = IssueTicket(request_id=f"{name}-{len(times):06}", service=service)
        begin = time.perf_counter()
        given = await asyncio.to_thread(client.ask, wanted)
        times.append((time.perf_counter() - begin) * 1000)
        await asyncio.sleep(NUMBER_EVERY_S)
        assert isinstance(given, TicketResult)
        await asyncio.to_thread(client.ask, EndVisit(ticket_id=given.card.ticket.id))
    client.close()
    return times


class Clerk:
    """Calls, serves, completes; `calls` tells when which number was called for."""

    def __init__(self, browser: Browser, counter: str) -> None:
        self._browser = browser
        self._chance = random.Random(counter)  # no two of them work in step
        self.clicks: list[float] = []
        self.calls: dict[str, float] = {}

    async def work(self) -> None:
        """So many visits."""
        await self._think()
        for _ in range(VISITS):
            begin = time.perf_counter()
            ticket = (await self._click("next"))["ticket"]
            self.calls[ticket["number"]] = begin
            for verb in ("serve", "complete"):
                await self._think()
                await self._click(f"tickets/{ticket['id']}/{verb}")
            await self._think()

    async def _think(self) -> None:
        await asyncio.sleep(self._chance.uniform(*THINK_S))

    async def _click(self, what: str) -> dict[str, dict[str, str]]:
        begin = time.perf_counter()
        answer = await self._browser.post(f"/api/v1/counter/{what}", {})
        self.clicks.append((time.perf_counter() - begin) * 1000)
        return answer


class Watched:
    """A board; `seen` tells when it had read which call."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.seen: dict[str, float] = {}

    @classmethod
    async def open(cls, port: int) -> Watched:
        """Begin to listen."""
        board = cls(*await asyncio.open_connection("127.0.0.1", port, limit=2**20))
        board._writer.write(b"GET /board/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        return board

    async def watch(self) -> None:
        """Read until cancelled."""
        while True:
            line = await self._reader.readline()
            if line.startswith(b"data: {"):
                for call in json.loads(line[6:])["calls"]:
                    self.seen.setdefault(call["number"], time.perf_counter())
