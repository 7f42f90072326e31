"""A kiosk's core in this process, tied to a centre; its days are short."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kiosk.app import Core
from kiosk.centre_edge import begin_with_documents, connecting
from kiosk.core.syncing import SyncRule
from kiosk.paths import DataFolder
from kiosk.reconfiguring import Reconfiguring
from kiosk.settings.keeping import shelf_of
from kiosk.sync.enrolling import enrol
from kiosk.words import ChangeTicket, IssueTicket

WITHIN_S = 45.0
_requests = itertools.count()


class KioskHouse:
    """One core on the folder `root`; made again on the same folder, it is the next start."""

    def __init__(self, root: Path, config_path: Path, **rule: Any) -> None:
        self.data = DataFolder(root)
        self.data.make()
        put_back = begin_with_documents(self.data)
        self.shelf = shelf_of(config_path, self.data)
        started = self.shelf.in_force()
        self.config = started.config
        self.restarts = 0
        reconfiguring = Reconfiguring(self.shelf, started)
        self.core = Core(started.config, self.data, reconfiguring, put_back)
        self.engine = self.core.engine
        self.edge = self.core._centre
        self.edge.renewing._restart = self._restart
        self.rule = SyncRule(
            **{"send_s": 0.05, "health_s": 0.2, "pull_s": 0.1, "answer_s": 10.0}
            | {"own": started.config.centre.own, "version": "1.2.3", "free_mb": lambda: 4711}
            | rule
        )
        self.logs: list[str] = []

    def _restart(self) -> None:
        self.restarts += 1

    @contextlib.asynccontextmanager
    async def at_work(self, url: str = "", *, guided: bool = False) -> AsyncIterator[KioskHouse]:
        """With its workers; tied to the centre at `url`, or to that of its configuration. Its guide
        takes a second to read: only where something is asked of it."""
        self.core.begin()
        if url:
            self.tie(url)
        works = [self.edge.syncing.run, self.edge.renewing.run, self._tell]
        works += [self.core._guiding.run] if guided else []
        tasks = [asyncio.create_task(work()) for work in works]
        try:
            yield self
        finally:
            for task in tasks:
                task.cancel()
            for result in await asyncio.gather(*tasks, return_exceptions=True):
                assert isinstance(result, asyncio.CancelledError), result
            while self.edge.renewing._thread.hangs:  # a process that ends would end it too
                await asyncio.sleep(0.01)
            self.engine.dossiers.open_with(None)

    def tie(self, url: str) -> None:
        """To another centre, by short days."""
        import msgspec

        centre = msgspec.structs.replace(self.config.centre, url=url)
        connect = connecting(msgspec.structs.replace(self.config, centre=centre), self.data)
        self.edge.syncing.tie(connect, self.rule)
        self.engine.dossiers.open_with(connect)

    def close(self, *, cleanly: bool = True) -> None:
        """As when the process ends; not `cleanly`: it died."""
        if cleanly:
            self.edge.end()
        self.core.close()

    async def _tell(self) -> None:
        while await self.engine.stale.wait():
            self.engine.refresh()

    def enrol(self, url: str, code: str) -> Any:
        """As `kiosk enrol`."""
        return enrol(
            self.data.centre,
            url,
            "",
            code=code,
            name="Cửa chính",
            version="1.2.3",
            within_s=WITHIN_S,
            now=datetime.now(UTC),
        )

    def issue(self, service: str = "land") -> str:
        """Give a number."""
        wanted = IssueTicket(request_id=f"request-{next(_requests):06}", service=service)
        return self.engine.do(wanted, "cli").card.ticket.number

    def change(self, ticket_id: int, verb: Any) -> None:
        """Move a ticket."""
        self.engine.do(ChangeTicket(ticket_id=ticket_id, verb=verb), "cli")

    @property
    def centre(self) -> Any:
        """How the tie is, as faces see it."""
        return self.device("centre")

    def device(self, name: str) -> Any:
        return next(one for one in self.engine.state().devices if one.name == name)

    async def until(self, check: Callable[[], Any], within_s: float = WITHIN_S) -> Any:
        """The first true value of `check()`."""
        async with asyncio.timeout(within_s):
            while not (value := check()):
                await asyncio.sleep(0.02)
        return value


def in_loop(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run an async test on a loop of its own."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        async def bounded() -> None:
            async with asyncio.timeout(100):
                await test(*args, **kwargs)

        asyncio.run(bounded())

    return run
