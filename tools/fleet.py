"""Kiosks that are their outboxes alone: thousands of them, known to a centre, telling their days.

Keys, packing and signing are the kiosk's own (`kiosk.sync`); only the connection is asyncio's, so
that one process can be a city.
"""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import msgspec
from sqlalchemy import insert

from centre.store import Database
from centre.store.tables.devices import Device, Site
from kiosk.ports import OutboxBatch, OutboxRow
from kiosk.queueing.hours import HANOI
from kiosk.queueing.ticket import Ticket
from kiosk.sync.keys import DeviceKey
from kiosk.sync.packing import packed
from kiosk.sync.signing import Message, sign

SITES = 126
VISIT = ("ticket_issued", "ticket_call", "ticket_serve", "ticket_complete")
SERVICES = ("civil-status", "certification", "residence", "land", "social", "business")
JSON = {"Content-Type": "application/json"}
PACKED = JSON | {"Content-Encoding": "gzip"}
MORNING = datetime(2026, 11, 30, 7, 30, tzinfo=HANOI)


@dataclass(slots=True)
class FleetDevice:
    """A kiosk as the centre knows it, and the order of its outbox."""

    number: int
    name: str
    site: str
    key: DeviceKey
    epoch: str = ""
    told: int = 0  # entries of this order so far
    random: random.Random = field(default_factory=random.Random)

    def begin_order(self) -> None:
        """A new epoch, as after a new installation."""
        self.epoch, self.told = f"{self.random.getrandbits(64):016x}", 0

    def rows(self, how_many: int, *, begin: datetime = MORNING) -> list[OutboxRow]:
        """The next entries: visits, one after the other."""
        return [next(self._visits(begin)) for _ in range(how_many)]

    def _visits(self, begin: datetime) -> Iterator[OutboxRow]:
        while True:
            seq = self.told = self.told + 1
            visit, step = divmod(seq - 1, len(VISIT))
            at = (begin + timedelta(seconds=90 * visit + 20 * step)).isoformat(timespec="seconds")
            body = msgspec.json.encode(self._ticket(visit, at))
            yield OutboxRow(seq, VISIT[step], at, body)

    def _ticket(self, visit: int, at: str) -> dict[str, object]:
        blank = {one.name: one.default for one in dataclasses.fields(Ticket)}
        return {
            name: value for name, value in blank.items() if value is not dataclasses.MISSING
        } | {
            "id": visit + 1,
            "business_day": at[:10],
            "number": f"A{visit % 999 + 1:03}",
            "service": SERVICES[visit % len(SERVICES)],
            "issued_at": at,
            "ahead": visit % 17,
            "token": f"{self.random.getrandbits(80):020x}",
            "request_id": f"{self.random.getrandbits(96):024x}",
            "state": "waiting",
        }

    def request(
        self,
        method: str,
        path: str,
        host: str,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
    ) -> bytes:
        """A signed request as it goes over the wire; for one try."""
        message = Message(method, f"http://{host}{path}", dict(headers or {}))
        sign(message, body, key=self.key, name=self.name, at=datetime.now(UTC))
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in message.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def batch_request(self, rows: Sequence[OutboxRow], host: str) -> bytes:
        """A batch of its outbox."""
        body = packed(OutboxBatch(epoch=self.epoch, rows=rows))
        return self.request("POST", "/v1/events", host, body, PACKED)


def make_fleet(how_many: int, seed: int = 11) -> list[FleetDevice]:
    """So many devices, over SITES sites; the same for the same seed."""
    fleet = []
    for number in range(how_many):
        key = DeviceKey(hashlib.sha256(f"{seed} {number}".encode()).digest())
        site = f"site-{number % SITES:03}"
        one = FleetDevice(number, f"{site}-{number:05}", site, key)
        one.random.seed(f"{seed} {number}")
        one.begin_order()
        fleet.append(one)
    return fleet


async def make_known(database: Database, fleet: Sequence[FleetDevice]) -> None:
    """As if each had been enrolled."""
    now = datetime.now(UTC)
    sites = [
        {"code": code, "name_vi": code, "name_en": code, "made_at": now}
        for code in sorted({one.site for one in fleet})
    ]
    devices = [
        {
            "id": one.name,
            "site": one.site,
            "name": one.name,
            "public_key": bytes.fromhex(one.key.public),
            "key_since": now,
            "enrolled_at": now,
        }
        for one in fleet
    ]
    async with database.changing() as connection:
        await connection.execute(insert(Site), sites)
        await connection.execute(insert(Device), devices)


class Line:
    """One connection, kept open; opened again where it broke."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, request: bytes, within_s: float = 60.0
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (small letters) and body. Raises OSError, EOFError and TimeoutError."""
        try:
            async with asyncio.timeout(within_s):
                return await self._ask(request)
        except BaseException:
            self.cut()
            raise

    async def _ask(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        if self._streams is None:
            name, _, port = self._host.rpartition(":")
            self._streams = await asyncio.open_connection(name, int(port))
        reader, writer = self._streams
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (line.split(": ", 1) for line in head[1:] if line)
        headers = {name.lower(): value for name, value in pairs}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection") == "close":
            self.cut()
        return int(head[0].split(" ")[1]), headers, body

    def cut(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].transport.abort()
            self._streams = None
