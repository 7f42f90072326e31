"""GET /healthz, /readyz and /metrics: for whoever watches over the processes."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from typing import Any

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from sqlalchemy import func, select

from centre.errors import Away, Missing, NotKnown
from centre.settings import Settings
from centre.store import Database
from centre.store.tables.devices import Device
from centre.telemetry import metrics

ONLINE = timedelta(minutes=10)
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@get("/healthz", media_type="text/plain", include_in_schema=False)
async def healthz() -> str:
    """The process answers."""
    return "ok"


@get("/readyz", media_type="text/plain", include_in_schema=False)
async def readyz(state: State) -> str:
    """The process can do its work: its database answers, with every table there."""
    database: Database = state["database"]
    if not (database.is_brought_up and await database.answers()):
        raise Away("the database does not answer", code="store", retry_after_s=5)
    return "ok"


@get("/metrics", include_in_schema=False)
async def get_metrics(
    request: Request[Any, Any, Any], state: State, now: NamedDependency[datetime]
) -> Response[bytes]:
    """What is counted; for whoever shows the token of the settings."""
    settings: Settings = state["settings"]
    if not settings.metrics_token:
        raise Missing("there are no metrics: metrics_token is not set")
    shown = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(shown.encode(), settings.metrics_token.encode()):
        raise NotKnown("Authorization: Bearer TOKEN")
    fleet = await _fleet(state["database"], now)
    return Response(metrics.page(fleet), headers={"content-type": METRICS_TYPE})


async def _fleet(database: Database, now: datetime) -> list[metrics.Now]:
    known = Device.revoked_at.is_(None)
    online = known & (Device.seen_at > now - ONLINE)
    asked = select(
        func.count().filter(known),
        func.count().filter(online),
        func.coalesce(func.sum(Device.health["outbox"].as_integer()).filter(known), 0),
    )
    async with database.reading() as connection:
        devices, here, waiting = (await connection.execute(asked)).one()
    states = {"online": float(here), "away": float(devices - here)}
    entries = {"outbox": float(waiting)}
    return [
        metrics.Now("centre_devices", "Devices that were not revoked", "state", states),
        metrics.Now("centre_entries", "Entries that wait at the devices", "place", entries),
    ]


handlers = [healthz, readyz, get_metrics]
