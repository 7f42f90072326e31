"""The centre's pages, and people who work with them: for tests."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from argon2 import PasswordHasher
from centre_loop import closing, in_a_loop, rows
from litestar.testing import TestClient
from signing_device import Moving
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.application import application
from centre.documents.key import DocumentKey
from centre.one_change import who
from centre.pages.accounts.account_book import Role, add_account
from centre.pages.application import new_office, pages
from centre.pages.site_book import SiteFacts, enter_site
from centre.settings import Settings
from centre.store import Database
from centre.store.partitions import make_partitions

T = TypeVar("T")
NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)  # a Monday, 10:00 in Hanoi
PASSWORD = "bốn con mèo trên mái"
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Cheap to look at: most tests are about what comes after it."""
ROOT = "http://127.0.0.1"
SITES = {
    "hoan-kiem": ("Phường Hoàn Kiếm", "Hoan Kiem Ward", 21.03, 105.85),
    "tay-ho": ("Phường Tây Hồ", "Tay Ho Ward", 21.06, 105.82),
}
PEOPLE: dict[str, tuple[Role, str]] = {
    "mai": ("city", ""),
    "lan": ("ward", "hoan-kiem"),
    "hoa": ("ward", "tay-ho"),
}
ON_ONE_DATABASE = pytest.mark.parametrize("centre_settings", ["sqlite"], indirect=True)
"""For what no database has a part in: headers, forms, a browser."""
_CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')


class PagesHouse:
    """Settings, a clock that stands, two sites, and three people."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = Moving(NOW)
        self.database = Database(settings.database_url, pool=5)

    def change(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Do work in one transaction, through a connection of its own."""
        asked = Database(self.database.url, pool=1)

        async def make() -> T:
            async with asked.changing() as connection:
                return await work(connection)

        return in_a_loop(closing(asked, make))

    def rows(self, question: Any, **values: object) -> list[Any]:
        """What the tables hold."""
        return rows(self.database, question, **values)

    def people(self) -> PagesHouse:
        """The sites and the people are there."""

        async def make(connection: AsyncConnection) -> None:
            await make_partitions(connection, NOW)  # as in a centre that has run for a while
            for code, (name_vi, name_en, latitude, longitude) in SITES.items():
                facts = SiteFacts(
                    code=code,
                    name_vi=name_vi,
                    name_en=name_en,
                    latitude=latitude,
                    longitude=longitude,
                )
                await enter_site(connection, facts, by=who(), now=NOW)
            for name, (role, site) in PEOPLE.items():
                await add_account(
                    connection,
                    name=name,
                    shown_as=name.title(),
                    role=role,
                    site=site,
                    password_hash=PASSWORD_HASH,
                    by=who(),
                    now=NOW - timedelta(days=1),
                )

        self.change(make)
        return self

    @contextlib.contextmanager
    def open(self) -> Iterator[Browser]:
        """The pages are served; a browser that is not logged in."""
        database = Database(self.settings.database_url, pool=5)
        state: dict[str, object] = {
            "now": self.clock,
            "office": new_office(self.settings, database, self.clock),
            "document_key": DocumentKey.read(self.settings.folder),
        }
        app = application(database, pages(self.settings), state=state)
        with TestClient(app, base_url=ROOT, raise_server_exceptions=False) as client:
            yield Browser(client)

    @contextlib.contextmanager
    def open_as(self, name: str) -> Iterator[Browser]:
        """A browser of somebody who is logged in."""
        with self.open() as browser:
            browser.log_in(name)
            yield browser


class Browser:
    """Asks as a browser does: wants pages, keeps cookies, sends the token of its forms."""

    def __init__(self, client: TestClient[Any]) -> None:
        self.client = client
        self.client.headers["Accept"] = "text/html"
        self.csrf = ""

    def log_in(self, name: str, password: str = PASSWORD, code: str = "") -> Any:
        """Through the form; whatever is answered."""
        form = {"name": name, "password": password, "code": code, "to": "/me"}
        answer = self.client.post("/login", data=form)
        found = _CSRF.search(answer.text)
        self.csrf = found[1] if found else ""
        return answer

    def get(self, path: str, **params: Any) -> Any:
        """A page."""
        return self.client.get(path, params=params or None)

    def post(self, path: str, files: dict[str, Any] | None = None, **form: str) -> Any:
        """A form with its token; redirects are followed."""
        return self.client.post(path, data={"csrf": self.csrf, **form}, files=files)

    def forget(self) -> None:
        """Another browser: no cookie, no token."""
        self.client.cookies.clear()
        self.csrf = ""


def words_of(answer: Any) -> str:
    """A page's words without its tags, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def sealed_to(folder: Path) -> tuple[Path, Any]:
    """A private key's file beside the data folder, and a sealer for its public half."""
    from centre.identity.surroundings import SEALING
    from centre.pages.sealed import make_pair
    from kiosk.sealing import read_sealer

    private = folder.parent / "sealing.key"
    make_pair(private, folder / SEALING)
    return private, read_sealer(folder / SEALING)
