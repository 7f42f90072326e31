"""The whole centre in one process: composed from settings, asked by a device that signs."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from typing import Any

import msgspec
from centre_loop import rows
from intake_house import EPOCH, entry
from known_devices import make_known, make_sites
from litestar.testing import TestClient
from signing_device import ROOT, Moving, SigningDevice
from sqlalchemy import select

from centre.composition import compose
from centre.settings import Settings
from centre.store import Database
from centre.store.tables.devices import Device
from centre.store.tables.events import Event

NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)


def whole(settings: Settings) -> TestClient[Any]:
    keys = msgspec.structs.replace(settings, public_url=ROOT, metrics_token="t" * 20)
    return TestClient(compose(keys, lambda: NOW), base_url=ROOT, raise_server_exceptions=False)


def batch(*entries: dict[str, Any]) -> bytes:
    return gzip.compress(msgspec.json.encode({"epoch": EPOCH, "entries": entries}))


def test_a_device_tells_its_day(centre_settings: Settings, database: Database) -> None:
    make_sites(database, Moving(NOW))
    with whole(centre_settings) as client:
        device = make_known(database, SigningDevice(client, Moving(NOW)))
        packed = {"Content-Encoding": "gzip"}
        told = device.ask("POST", "/v1/events", batch(entry(1), entry(2)), headers=packed)
        assert (told.status_code, told.json()) == (200, {"epoch": EPOCH, "seq": 2})
        gap = device.ask("POST", "/v1/events", batch(entry(4)), headers=packed)
        assert (gap.status_code, gap.json()["resume"]) == (409, 3)
        health = {"at": NOW.isoformat(), "version": "1.0.0"}
        assert device.ask("PUT", "/v1/health", health).status_code == 204
        figures = client.get("/metrics", headers={"Authorization": f"Bearer {'t' * 20}"})
        assert 'centre_devices{state="online"} 1.0' in figures.text
        assert 'centre_events_total{outcome="stored"}' in figures.text
        assert device.name not in figures.text
        assert client.get("/metrics").status_code == 401
    kept = rows(database, select(Event))
    assert {(row.device, row.site) for row in kept} == {(device.name, "hoan-kiem")}
    assert rows(database, select(Device))[0].seen_at == NOW


def test_whoever_is_no_device_is_refused_before_a_body_is_read(
    centre_settings: Settings, database: Database
) -> None:
    with whole(centre_settings) as client:
        for method, path in (("POST", "/v1/events"), ("PUT", "/v1/health"), ("POST", "/v1/keys")):
            answer = client.request(method, path, content=b"no JSON, no gzip")
            assert (answer.status_code, answer.json()["code"]) == (401, "unsigned"), path
    assert rows(database, select(Event)) == []
