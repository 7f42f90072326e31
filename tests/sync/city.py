"""The real centre on loopback, in this process: its whole application, its tables in SQLite."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import uvicorn
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.bookings.desk import BookingDesk
from centre.bookings.shapes import BookingMove, NewBooking
from centre.clients.register import add_client
from centre.clock import utc_now
from centre.composition import compose
from centre.documents.key import DocumentKey
from centre.documents.publishing import publish, withdraw
from centre.dossiers.importing import dossier_row
from centre.dossiers.shelf import ImportedDossiers
from centre.errors import Conflict
from centre.identity.devices import revoke
from centre.identity.enrolment import make_code
from centre.identity.sites import add_site
from centre.secret import FILE, read_secret
from centre.settings import Settings
from centre.store import Database
from centre.store.sqlite_library import newest_library
from centre.store.tables.bookings import Quota
from kiosk.site.server import listening_socket

T = TypeVar("T")
_wards = itertools.count(1)


class City:
    """A centre in `root`; it is served until `close`."""

    def __init__(self, root: Path) -> None:
        self.settings = Settings(data=str(root), port=0)
        self.ahead = timedelta()
        self._thread: threading.Thread | None = None
        self.port = 0
        self.open()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def now(self) -> datetime:
        """Its clock."""
        return datetime.now(UTC) + self.ahead

    def open(self) -> None:
        """Serve, on the same port as before."""
        listening = listening_socket("127.0.0.1", self.port)
        self.port = listening.getsockname()[1]
        app = compose(self.settings, now=self.now)
        quiet = {"log_config": None, "access_log": False, "ws": "none"}
        self._server = uvicorn.Server(uvicorn.Config(app, timeout_graceful_shutdown=3, **quiet))
        self._thread = threading.Thread(target=self._serve, args=[listening])
        self._thread.start()
        while not self._server.started:
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

    def ward(self) -> Ward:
        """One more site."""
        return Ward(self, f"ward-{next(_wards)}")

    def change(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """In one transaction, beside its workers; also where a loop runs already."""

        async def make() -> T:
            database = Database(self.settings.database_url, pool=1)
            try:
                async with database.changing() as connection:
                    return await work(connection)
            finally:
                await database.close()

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, make()).result()

    def rows(self, question: str, *values: object) -> list[Any]:
        """What its tables hold now."""
        path = self.settings.folder / "centre.sqlite3"
        library = newest_library()  # one SQLite library a process
        connection = library.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
        try:
            return connection.execute(question, values).fetchall()
        finally:
            connection.close()


class Ward:
    """One site of the city, and what the centre knows of it."""

    def __init__(self, city: City, site: str) -> None:
        self.city, self.site = city, site
        city.change(
            lambda connection: add_site(
                connection, site, "Phường", "Ward", now=utc_now(), group="pilot"
            )
        )

    @property
    def url(self) -> str:
        return self.city.url

    def code(self) -> str:
        """A code for a kiosk here."""
        secret = read_secret(self.city.settings.folder / FILE)
        now = self.city.now()
        return self.city.change(
            lambda connection: make_code(connection, secret, self.site, by="test", now=now)
        )

    def publish(self, name: str, body: str) -> int:
        """Give out a document to this site; its version."""
        key = DocumentKey.read(self.city.settings.folder)
        audience, data = f"site:{self.site}", body.encode()
        return self.city.change(
            lambda connection: publish(
                connection, name, audience, data, key=key, by="test", now=utc_now()
            )
        )

    def withdraw(self, name: str) -> int:
        """Take it away."""
        key = DocumentKey.read(self.city.settings.folder)
        audience = f"site:{self.site}"
        return self.city.change(
            lambda connection: withdraw(
                connection, name, audience, key=key, by="test", now=utc_now()
            )
        )

    def book(self, service: str, at: datetime) -> str:
        """A booking in the city's app; its code. Nine to five there is a place for it."""
        plan = {"site": self.site, "service": service, "field": service, "a_slot": 5}
        week = [["00:00-24:00"]] * 7

        async def book(desk: BookingDesk) -> str:
            with contextlib.suppress(Conflict):
                await add_client(desk.database, "app", ["bookings"], "test", self.city.now())
            async with desk.database.changing() as connection:
                known = select(Quota.site).where(Quota.site == self.site, Quota.service == service)
                if (await connection.execute(known)).first() is None:
                    await connection.execute(insert(Quota).values(slot_min=30, week=week, **plan))
            wish = NewBooking(
                request_id=f"request-{next(_wards)}",
                site=self.site,
                service=service,
                at=at.isoformat(),
                person=f"0010880{next(_wards):05}",
            )
            return (await desk.create("app", wish, self.city.now()))[0].code

        return self._at_desk(book)

    def move(self, code: str, at: datetime) -> None:
        """To another time."""
        move = BookingMove(at=at.isoformat())
        self._at_desk(lambda desk: desk.change("app", code, move, self.city.now(), None))

    def cancel(self, code: str) -> None:
        """They will not come."""
        self._at_desk(lambda desk: desk.cancel("app", code, self.city.now(), None))

    def dossier(self, code: str, **row: str) -> None:
        """A dossier of the one-stop system, as an import tells it."""
        found = dossier_row({"code": code, **row}, {})
        now = self.city.now()
        self._at_desk(
            lambda desk: ImportedDossiers(database=desk.database, secret=desk.secret).keep(
                [found], now
            )
        )

    def _at_desk(self, work: Callable[[BookingDesk], Awaitable[T]]) -> T:
        async def make() -> T:
            database = Database(self.city.settings.database_url, pool=2)
            secret = read_secret(self.city.settings.folder / FILE)
            try:
                return await work(BookingDesk(database=database, secret=secret))
            finally:
                await database.close()

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, make()).result()

    def device(self) -> str:
        """The kiosk that counts here now."""
        question = "SELECT id FROM device WHERE site = ? AND revoked_at IS NULL"
        ((found,),) = self.city.rows(question, self.site)
        return str(found)

    def revoke(self, device: str) -> None:
        """End a device."""
        self.city.change(lambda connection: revoke(connection, device, by="test", now=utc_now()))

    def told(self) -> list[tuple[str, int, str]]:
        """Every event that is kept, in the order in which it came: epoch, seq, kind."""
        return self.city.rows(
            "SELECT epoch, seq, kind FROM event WHERE site = ? ORDER BY received_at, seq", self.site
        )

    def numbers(self) -> list[str]:
        """The numbers that were given, as it heard of them."""
        found = self.city.rows(
            "SELECT body FROM event WHERE site = ? AND kind = 'ticket_issued'"
            " ORDER BY received_at, seq",
            self.site,
        )
        return [json.loads(body)["number"] for (body,) in found]

    def health(self) -> dict[str, Any]:
        """The last that the kiosk told."""
        question = "SELECT health FROM device WHERE site = ? AND revoked_at IS NULL"
        ((health,),) = self.city.rows(question, self.site)
        return json.loads(health)

    def fates(self) -> dict[str, tuple[int, str, str]]:
        """What became of each document: version, state and reason."""
        found = self.city.rows(
            "SELECT name, version, state, reason FROM document_fate WHERE device IN"
            " (SELECT id FROM device WHERE site = ?)",
            self.site,
        )
        return {name: (version, state, reason) for name, version, state, reason in found}
