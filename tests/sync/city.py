"""The real centre on loopback, in this process: its whole application, its tables in SQLite."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import uvicorn
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.clock import utc_now
from centre.composition import compose
from centre.documents.key import DocumentKey
from centre.documents.publishing import publish, withdraw
from centre.identity.devices import revoke
from centre.identity.enrolment import make_code
from centre.identity.sites import add_site
from centre.one_change import in_one_change
from centre.secret import FILE, read_secret
from centre.settings import Settings
from centre.store.sqlite_library import newest_library
from kiosk.site.server import listening_socket

T = TypeVar("T")


class City:
    """A centre with one site, "ba-dinh", in `root`; it is served until `close`."""

    def __init__(self, root: Path, *, site: str = "ba-dinh") -> None:
        self.settings = Settings(data=str(root), port=0)
        self.ahead = timedelta()
        self.change(
            lambda connection: add_site(
                connection, site, "Ba Đình", "Ba Dinh", now=utc_now(), group="pilot"
            )
        )
        self.site = site
        self._thread: threading.Thread | None = None
        self.port = 0
        self.open()

    def open(self) -> None:
        """Serve, on the same port as before."""
        listening = listening_socket("127.0.0.1", self.port)
        self.port = listening.getsockname()[1]
        app = compose(self.settings, now=lambda: datetime.now(UTC) + self.ahead)
        config = uvicorn.Config(
            app, log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=3
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, args=[listening])
        self._thread.start()
        while not self._server.started:  # two who bring tables up in one process disturb each other
            assert self._thread.is_alive()
            time.sleep(0.01)

    def _serve(self, listening: Any) -> None:
        with listening:
            self._server.run(sockets=[listening])

    def close(self) -> None:
        """No more."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()
        self._thread = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def change(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """In one transaction, as its commands do; also where a loop runs already."""
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(in_one_change, self.settings, work).result()

    def code(self) -> str:
        """A code for a kiosk of the site."""
        secret = read_secret(self.settings.folder / FILE)
        return self.change(
            lambda connection: make_code(
                connection, secret, self.site, by="test", now=datetime.now(UTC) + self.ahead
            )
        )

    def publish(self, name: str, body: str, audience: str = "") -> int:
        """Give out a document; its version."""
        key = DocumentKey.read(self.settings.folder)
        return self.change(
            lambda connection: publish(
                connection, name, audience, body.encode(), key=key, by="test", now=utc_now()
            )
        )

    def withdraw(self, name: str, audience: str = "") -> int:
        """Take it away."""
        key = DocumentKey.read(self.settings.folder)
        return self.change(
            lambda connection: withdraw(
                connection, name, audience, key=key, by="test", now=utc_now()
            )
        )

    def revoke(self, device: str) -> None:
        """End a device."""
        self.change(lambda connection: revoke(connection, device, by="test", now=utc_now()))

    def rows(self, question: str, *values: object) -> list[Any]:
        """What its tables hold now."""
        path = self.settings.folder / "centre.sqlite3"
        library = newest_library()  # one SQLite library a process
        connection = library.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
        try:
            return connection.execute(question, values).fetchall()
        finally:
            connection.close()

    def told(self) -> list[tuple[str, int, str]]:
        """Every event that is kept, in the order in which it came: epoch, seq, kind."""
        return self.rows("SELECT epoch, seq, kind FROM event ORDER BY received_at, seq")

    def numbers(self) -> list[str]:
        """The numbers that were given, as it heard of them."""
        found = self.rows(
            "SELECT body FROM event WHERE kind = 'ticket_issued' ORDER BY received_at, seq"
        )
        return [json.loads(body)["number"] for (body,) in found]

    def health(self) -> dict[str, Any]:
        """The last that a device told."""
        ((health,),) = self.rows("SELECT health FROM device WHERE revoked_at IS NULL")
        return json.loads(health)

    def fates(self) -> dict[tuple[str, int], tuple[str, str]]:
        """What became of each version: state and reason."""
        found = self.rows("SELECT name, version, state, reason FROM document_fate")
        return {(name, version): (state, reason) for name, version, state, reason in found}
