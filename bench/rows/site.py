"""Rows 2 to 4: the site's HTTP: numbers from 8 clients, calling the next, a click to six boards.

The core runs in a process of its own, as it always does, its printer simulated, its speech off; the
clients are plain sockets that stay connected, in this process. Everything that is answered was
durable before. Row 2 asks as the site's other kiosks do, who print their slips themselves. Rows 3
and 4 run while nobody else asks and while QUEUE people wait; row 4 counts from the click to the
moment at which the last of six boards has read the whole new state.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figures import Figure, p50, p99
from bench.floors import BareTickets
from kiosk.link.client import LinkClient
from kiosk.paths import DEFAULT_CONFIG, DEFAULT_DATA, DataFolder
from kiosk.pins import hash_pin
from kiosk.words import KeepStaff

CLIENTS = 8
NUMBERS = 150  # of each client
QUEUE = 60
CALLS = 200
CLICKS = 200
OTHERS = ("civil-status", "residence", "land", "social")  # not of counter 2, which is the bench's
BOARDS = 6
PIN = "2580"
KEY = "k" * 40
KIOSK = f"Authorization: Bearer {KEY}\r\n"
UP_WITHIN_S = 60.0


def measure() -> list[Figure]:
    """One core, asked for everything in turn."""
    DEFAULT_DATA.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=DEFAULT_DATA))
    try:
        with running_core(DataFolder(folder)) as port:
            return asyncio.run(all_rows(port, folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def all_rows(port: int, folder: Path) -> list[Figure]:
    """Rows 2, 3 and 4 against the core at `port`."""
    rate, doubles = await issue_rate(port)
    browser = await Browser.log_in(port)
    kiosk = await Browser.open(port, KIOSK)
    for n in range(QUEUE):
        await kiosk.number(f"bench-queue-{n:04}", "business")
    with BareTickets(folder / "bare.db") as bare:
        calls, inserts = await call_times(browser, kiosk, bare)
    clicks = await click_times(port, browser, kiosk)
    return [
        Figure(row=2, what=f"seconds for 1,500 numbers over HTTP, {CLIENTS} clients",
               value=1500 / rate, unit="s", at_most=1.0, floor=1.5 * p50(inserts),
               note=f"{rate:,.0f}/s"),
        Figure(row=2, what="numbers given twice", value=doubles, unit="", at_most=0),
        Figure(row=3, what="call next over HTTP, p50", value=p50(calls), unit="ms", at_most=2.0,
               floor=p50(inserts)),
        Figure(row=3, what="call next over HTTP, p99", value=p99(calls), unit="ms", at_most=8.0,
               floor=p99(inserts)),
        Figure(row=4, what=f"a click until the last of {BOARDS} boards, p99", value=p99(clicks),
               unit="ms", at_most=20.0, floor=p99(inserts)),
    ]  # fmt: skip


async def issue_rate(port: int) -> tuple[float, float]:
    """Numbers a second from all clients together, and how many were given twice."""
    given: list[str] = []

    async def client(which: int) -> None:
        kiosk = await Browser.open(port, KIOSK)
        for n in range(NUMBERS):
            service = OTHERS[n % len(OTHERS)]
            given.append(await kiosk.number(f"bench-{which:02}-{n:06}", service))

    begin = time.perf_counter()
    await asyncio.gather(*(client(which) for which in range(CLIENTS)))
    seconds = time.perf_counter() - begin
    return len(given) / seconds, float(len(given) - len(set(given)))


async def call_times(
    browser: Browser, kiosk: Browser, bare: BareTickets
) -> tuple[list[float], list[float]]:
    """Milliseconds of each call, and of a bare insert as durable after each.

    Between them the citizen comes and is served.
    """
    times, inserts = [], []
    for n in range(CALLS):
        await kiosk.number(f"bench-call-{n:06}", "business")  # the queue stays as long
        begin = time.perf_counter()
        called = await browser.post("/api/v1/counter/next", {})
        times.append((time.perf_counter() - begin) * 1000)
        inserts.append(bare.insert())
        await browser.post(f"/api/v1/counter/tickets/{called['ticket']['id']}/serve", {})
    return times, inserts


async def click_times(port: int, browser: Browser, kiosk: Browser) -> list[float]:
    """Milliseconds from a click until the last board has the call."""
    boards = [await Board.open(port) for _ in range(BOARDS)]
    times = []
    for n in range(CLICKS):
        await kiosk.number(f"bench-click-{n:06}", "business")
        begin = time.perf_counter()
        call = asyncio.create_task(browser.post("/api/v1/counter/next", {}))
        seen = await asyncio.gather(*(board.next_call() for board in boards))
        called = await call
        assert set(seen) == {called["ticket"]["number"]}
        times.append((max(board.at for board in boards) - begin) * 1000)
        await browser.post(f"/api/v1/counter/tickets/{called['ticket']['id']}/serve", {})
    return times


class Browser:
    """A connection that stays open."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, headers: str
    ) -> None:
        self._reader = reader
        self._writer = writer
        self.headers = headers
        self.cookie = ""

    @classmethod
    async def open(cls, port: int, headers: str = "") -> Browser:
        """Connect; `headers` go with every request."""
        return cls(*await asyncio.open_connection("127.0.0.1", port), headers)

    @classmethod
    async def log_in(cls, port: int, counter: str = "2") -> Browser:
        """Begin the session of a counter."""
        browser = await cls.open(port)
        body = {"staff": "bench", "pin": PIN, "counter": counter}
        session = await browser.post("/api/v1/session", body)
        browser.headers = f"Cookie: {browser.cookie}\r\nX-CSRF-Token: {session['csrf']}\r\n"
        return browser

    async def number(self, request_id: str, service: str) -> str:
        """Ask for a number, as another kiosk."""
        wish: dict[str, object] = {"request_id": request_id, "service": service}
        return (await self.post("/api/v1/kiosks/X/tickets", wish))["ticket"]["number"]

    async def post(self, path: str, body: dict[str, object]) -> dict[str, dict[str, str]]:
        """Ask, and wait for the answer."""
        data = json.dumps(body).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"{self.headers}Content-Length: {len(data)}\r\n\r\n"
        )
        self._writer.write(head.encode() + data)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).decode()
        fields = dict(line.split(": ", 1) for line in answer.splitlines()[1:] if line)
        content = await self._reader.readexactly(int(fields["content-length"]))
        assert answer.split()[1] in ("200", "201"), content
        self.cookie = fields.get("set-cookie", "").partition(";")[0]
        answered: dict[str, dict[str, str]] = json.loads(content)
        return answered


class Board:
    """A stream of the hall; `at` is when the last new call had been read."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._known = ""
        self.at = 0.0

    @classmethod
    async def open(cls, port: int) -> Board:
        """Listen, and take the first state."""
        board = cls(*await asyncio.open_connection("127.0.0.1", port, limit=2**20))
        board._writer.write(b"GET /board/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        await board.next_call()
        return board

    async def next_call(self) -> str:
        """The number of the newest call, once it is another one."""
        while True:
            line = await self._reader.readline()
            if not line.startswith(b"data: {"):
                continue
            newest: str = json.loads(line[6:])["calls"][0]["number"]
            if newest != self._known:
                self._known, self.at = newest, time.perf_counter()
                return newest


@contextmanager
def running_core(data: DataFolder) -> Iterator[int]:
    """A core whose pages are up, with a member of staff: the port of its pages."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    config = data.root / "config.toml"
    text = DEFAULT_CONFIG.read_text().replace("http_port = 8080", f"http_port = {port}")
    key = data.root / "kiosks.key"
    key.write_text(KEY)
    text = text.replace('key_file = ""', f'key_file = "{key}"')
    text = text.replace("kiosks = [] ", 'kiosks = ["X"] ')
    config.write_text(text.replace("enabled = true ", "enabled = false "))
    command = [str(Path(sys.executable).parent / "kiosk"), "--config", str(config)]
    process = subprocess.Popen(
        [*command, "--data", str(data.root), "core"], env=os.environ, stderr=subprocess.DEVNULL
    )
    try:
        wait_for_port(port)
        client = LinkClient(data.socket)
        client.ask(KeepStaff(code="bench", name="Bench", role="clerk", pin_hash=hash_pin(PIN)))
        client.close()
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def wait_for_port(port: int) -> None:
    """Until somebody listens there."""
    ends = time.monotonic() + UP_WITHIN_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1.0).close()
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.05)
        else:
            return
