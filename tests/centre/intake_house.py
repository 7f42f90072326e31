"""The device's side of the API with a caller that is believed: whom the header names."""

from __future__ import annotations

import contextlib
import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
from litestar import Request, Router
from litestar.di import Provide
from litestar.testing import TestClient
from sqlalchemy import insert

from centre.api import events, health, life
from centre.api.health import HealthShelf
from centre.application import application
from centre.clock import provide_now
from centre.identity.caller import Caller
from centre.store import Database
from centre.store.tables.devices import Device, Site

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
EPOCH = "0123456789abcdef"


async def believe(request: Request[Any, Any, Any]) -> Caller:
    """A caller without a signature, for tests of what comes after it."""
    device = request.headers["device"]
    return Caller(device=device, site=f"site-of-{device}")


@contextlib.contextmanager
def intake(database: Database) -> Iterator[TestClient[Any]]:
    """The application as a client meets it; its clock stands at NOW."""
    asked = Router(
        "/",
        route_handlers=[*events.handlers, *health.handlers, *life.handlers],
        dependencies={"caller": Provide(believe), "now": Provide(provide_now)},
    )
    state: dict[str, object] = {"now": lambda: NOW, "health_shelf": HealthShelf(database)}
    app = application(database, [asked], state=state)
    with TestClient(app, raise_server_exceptions=False) as client:
        client.headers["device"] = "k1"
        yield client


def entry(seq: int, body: str = '{"n":1}', **changed: object) -> dict[str, Any]:
    """An entry as a device sends it."""
    told = {"seq": seq, "kind": "ticket_issued", "at": "2026-11-30T14:59:00+07:00"}
    return {**told, "body": msgspec.Raw(body.encode()), **changed}


def send(client: TestClient[Any], *entries: dict[str, Any], epoch: str = EPOCH, **more: Any) -> Any:
    """One batch, packed."""
    packed = gzip.compress(msgspec.json.encode({"epoch": epoch, "entries": entries}))
    headers = {"content-encoding": "gzip", "content-type": "application/json"}
    return client.post("/v1/events", content=packed, headers=headers | more)


def houses(*devices: str) -> list[Any]:
    """Statements that make each device and its site known."""
    made: list[Any] = []
    for number, device in enumerate(devices):
        site = f"site-of-{device}"
        made += [
            insert(Site).values(code=site, name_vi=site, name_en=site, made_at=NOW),
            insert(Device).values(
                id=device,
                site=site,
                name=device,
                public_key=bytes([number] * 32),
                key_since=NOW,
                enrolled_at=NOW,
            ),
        ]
    return made
