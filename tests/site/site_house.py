"""A core with its pages, in this process: real rules, store, server and sockets."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx

from kiosk.app import Core
from kiosk.config import load_config
from kiosk.paths import DataFolder
from kiosk.pins import hash_pin
from kiosk.words import AskHall, IssueTicket, KeepStaff, Result, TicketCard

WITHIN_S = 30.0
PIN = "2580"
STAFF = {"hoa": "manager", "lan": "clerk", "binh": "clerk"}
PIN_HASH = hash_pin(PIN)
_requests = itertools.count()


class SiteHouse:
    """One core and its site."""

    def __init__(self, root: Path, config_path: Path) -> None:
        data = DataFolder(root)
        data.make()
        self.core = Core(load_config(config_path), data)
        self.engine = self.core.engine
        self.core_folder = root
        self.url = ""

    @contextlib.asynccontextmanager
    async def open(self, *, staff: bool = True) -> AsyncIterator[SiteHouse]:
        """The core at work, the pages served, three members of staff (or those it has)."""
        self.core.begin()
        for code, role in STAFF.items() if staff else ():
            self.do(KeepStaff(code=code, name=code.title(), role=role, pin_hash=PIN_HASH))
        site = self.site = self.core.pages.put_together()
        serving = asyncio.create_task(site.run())
        telling = asyncio.create_task(self._tell_news())
        try:
            async with asyncio.timeout(WITHIN_S):
                await site.server.bound.wait()
            self.url = site.server.url
            yield self
        finally:
            await site.close()
            await serving
            telling.cancel()
            self.core.close()

    async def _tell_news(self) -> None:
        """As housekeeping does."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1.0):
                    await self.engine.stale.wait()
            self.engine.refresh()

    def do(self, command: Any) -> Any:
        """A command at the engine's door."""
        result: Result = self.engine.do(command, "cli")
        return result

    def issue(self, service: str = "certification", **more: str) -> TicketCard:
        """Give a number."""
        wanted = IssueTicket(request_id=f"request-{next(_requests):06}", service=service, **more)
        return self.do(wanted).card

    def counter(self, number: str = "2") -> Any:
        """A counter's state."""
        hall = self.do(AskHall()).hall
        return next(one for one in hall.counters if one.number == number)

    def client(self, *, from_address: str = "127.0.0.1") -> httpx.AsyncClient:
        """A browser without a screen, at an address of this computer."""
        transport = httpx.AsyncHTTPTransport(local_address=from_address)
        return httpx.AsyncClient(
            base_url=self.url, transport=transport, timeout=WITHIN_S, trust_env=False
        )

    async def log_in(
        self, client: httpx.AsyncClient, staff: str = "lan", counter: str = "2"
    ) -> dict[str, str]:
        """Begin a session; the client carries its cookie and its token from now on."""
        body = {"staff": staff, "pin": PIN, "counter": counter}
        answer = await client.post("/api/v1/session", json=body)
        assert answer.status_code == 201, answer.text
        session: dict[str, str] = answer.json()
        client.headers["X-CSRF-Token"] = session["csrf"]
        return session


def in_loop(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run an async test on a loop of its own."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        async def bounded() -> None:
            async with asyncio.timeout(100):
                await test(*args, **kwargs)

        asyncio.run(bounded())

    return run
