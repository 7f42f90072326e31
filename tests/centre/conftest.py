"""The centre's database for tests: SQLite, and a real PostgreSQL where Debian's package is.

`database` runs a test twice, each time on tables of its own: copies of a schema that was brought up
once. Nothing is connected when a test begins. A `Database` belongs to one event loop: whoever opens
it closes it there; who only wants to look asks `rows` of centre_loop.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from centre_loop import closing, in_a_loop
from pages_house import PagesHouse

from centre.settings import Settings
from centre.store import Database
from tools.postgresql import QUICK, PostgresqlServer, programs

_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    """A server of this session's own, with a database `template` that is brought up."""
    if programs() is None:
        pytest.skip("PostgreSQL 15 or later is not installed (Debian: postgresql)")
    with PostgresqlServer(QUICK | {"shared_buffers": "64MB", "max_connections": "60"}) as server:
        server.ask("CREATE DATABASE template")
        _bring_up(Settings(database=server.url("template")).database_url)
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file that is brought up, to be copied."""
    path = tmp_path_factory.mktemp("centre") / "template.sqlite3"
    _bring_up(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def centre_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a centre with fresh tables and an empty data folder, on either database."""
    yield from _fresh(request, tmp_path / "centre")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """The same, once for a whole module: its tests empty the tables (`emptied`), which is quicker
    than making new ones."""
    yield from _fresh(request, tmp_path_factory.mktemp("shared") / "centre")


def _fresh(request: pytest.FixtureRequest, data: Path) -> Iterator[Settings]:
    data.mkdir(mode=0o700)
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        shutil.copy(template, data / "centre.sqlite3")
        yield Settings(data=str(data), port=0)
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql")
    name = f"test_{next(_numbers)}"
    server.ask(f"CREATE DATABASE {name} TEMPLATE template")
    yield Settings(data=str(data), port=0, database=server.url(name))
    server.ask(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(centre_settings: Settings) -> Database:
    """The tables of this test, on SQLite and on PostgreSQL."""
    return Database(centre_settings.database_url, pool=5)


def _bring_up(url: str) -> None:
    database = Database(url, pool=1)
    in_a_loop(closing(database, database.bring_up))


@pytest.fixture
def house(centre_settings: Settings) -> PagesHouse:
    """A centre with two sites and three people, on either database."""
    return PagesHouse(centre_settings).people()
