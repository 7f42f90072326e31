"""How devices are: the last word counts; whether the process itself can work."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from centre_loop import change, rows
from intake_house import NOW, houses, intake
from sqlalchemy import select

from centre.api.health import MAX_HEALTH_BYTES
from centre.store import Database
from centre.store.tables.devices import Device
from centre.wire import Health

TOLD = {"at": "2026-11-30T15:00:07+07:00", "version": "1.2.0", "outbox": 3}
PRINTER = {"name": "printer", "state": "unavailable", "reason": "paper_out"}


def device(database: Database, name: str) -> Any:
    return rows(database, select(Device).where(Device.id == name))[0]


def test_the_last_word_takes_the_place_of_the_one_before(database: Database) -> None:
    change(database, *houses("k1", "k2"))
    with intake(database) as client:
        assert client.put("/v1/health", json=TOLD).status_code == 204
        later = {**TOLD, "outbox": 0, "parts": [PRINTER]}
        assert client.put("/v1/health", json=later).status_code == 204
    told = device(database, "k1")
    assert msgspec.convert(told.health, Health) == msgspec.convert(later, Health)
    assert told.version == "1.2.0"
    assert told.clock_skew_s == 7.0
    assert told.seen_at == told.health_at == NOW
    assert device(database, "k2").seen_at is None


def test_many_at_once_are_all_written(database: Database) -> None:
    names = [f"d{number}" for number in range(30)]
    change(database, *houses(*names))
    with intake(database) as client, ThreadPoolExecutor(8) as pool:

        def tell(name: str) -> int:
            words = {**TOLD, "version": name}
            return client.put("/v1/health", json=words, headers={"device": name}).status_code

        assert set(pool.map(tell, names)) == {204}
    assert sorted(row.version for row in rows(database, "SELECT version FROM device")) == sorted(
        names
    )


@pytest.mark.parametrize(
    ("at", "years"), [("1970-01-01T00:00:00Z", -57), ("2099-12-31T23:59:59+07:00", 73)]
)
def test_a_clock_that_is_wrong_is_told_as_skew(database: Database, at: str, years: int) -> None:
    change(database, *houses("k1"))
    with intake(database) as client:
        assert client.put("/v1/health", json={**TOLD, "at": at}).status_code == 204
    assert round(device(database, "k1").clock_skew_s / 86_400 / 365.25) == years
    assert device(database, "k1").seen_at == datetime(2026, 11, 30, 8, tzinfo=UTC)


WRONG = [
    (400, {"at": TOLD["at"]}),
    (400, {**TOLD, "device": "k2"}),
    (400, {**TOLD, "outbox": -1}),
    (400, {**TOLD, "parts": [{**PRINTER, "serial": "1"}]}),
    (422, {**TOLD, "at": "now"}),
    (422, {**TOLD, "at": "2026-11-30T15:00:07"}),
    (422, {**TOLD, "parts": [{**PRINTER, "reason": "a\0b"}]}),
    (413, {**TOLD, "version": "x" * MAX_HEALTH_BYTES}),
]


def test_wrong_words_are_a_clear_problem(database: Database) -> None:
    change(database, *houses("k1"))
    with intake(database) as client:
        for status, words in WRONG:
            answer = client.put("/v1/health", json=words)
            assert (answer.status_code, answer.json()["status"]) == (status, status), words
    assert device(database, "k1").seen_at is None


def test_a_process_with_its_database_is_ready(database: Database) -> None:
    with intake(database) as client:
        assert (client.get("/healthz").text, client.get("/readyz").text) == ("ok", "ok")


def test_without_its_database_it_lives_and_is_not_ready(tmp_path: Path) -> None:
    path = tmp_path / "centre.sqlite3"
    database = Database(f"sqlite+aiosqlite:///{path}")
    with intake(database) as client:
        assert client.get("/readyz").status_code == 200
        with client.portal() as portal:
            portal.call(database.close)
        path.unlink()
        path.mkdir()
        assert client.get("/healthz").status_code == 200
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["code"]) == (503, "store")
        assert answer.headers["retry-after"] == "5"
