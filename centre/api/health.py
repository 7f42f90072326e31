"""PUT /v1/health: how a device is now. Only the last word is kept.

Ten thousand devices tell it once a minute. Those that come at the same time share one transaction,
and each is answered when it is durable.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from litestar import put
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import JSONBody
from sqlalchemy import Float, String, bindparam, text, update

from centre.api.storable import has_nul, moment
from centre.errors import Unprocessable
from centre.identity.caller import Caller
from centre.problems import problems
from centre.store import Database
from centre.store.base import Moment
from centre.store.tables.devices import Device
from centre.store.together import Together
from centre.wire.health import Health

MAX_HEALTH_BYTES = 64 * 1024
_TELL_AT_ONCE = text(
    "UPDATE device SET health = told.health, version = told.version,"
    " clock_skew_s = told.skew, seen_at = told.at, health_at = told.at"
    " FROM jsonb_to_recordset(CAST(:rows AS jsonb))"
    " AS told (device text, health jsonb, version text, skew double precision, at timestamptz)"
    " WHERE device.id = told.device"
).bindparams(bindparam("rows", type_=String))
_TELL_EACH = (
    update(Device)
    .where(Device.id == bindparam("device"))
    .values(
        health=bindparam("health"),
        version=bindparam("version"),
        clock_skew_s=bindparam("skew", type_=Float),
        seen_at=bindparam("at", type_=Moment),
        health_at=bindparam("at", type_=Moment),
    )
)


class Told(msgspec.Struct, frozen=True):
    """One device's word; `skew` is how many seconds its clock is ahead of ours."""

    device: str
    health: Health
    version: str
    skew: float
    at: datetime


class HealthShelf:
    """Writes the last word of each device, many of them at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._telling: Together[Told, None] = Together(self._write)

    async def tell(self, told: Told) -> None:
        """Returns once it is durable."""
        await self._telling.ask(told)

    async def _write(self, told: Sequence[Told]) -> list[None]:
        last = {one.device: one for one in told}
        rows = [last[device] for device in sorted(last)]
        async with self._database.changing() as connection:
            if self._database.is_postgresql:
                words = {"rows": msgspec.json.encode(rows).decode()}
                await connection.execute(_TELL_AT_ONCE, words)
            else:
                await connection.execute(_TELL_EACH, [_row(one) for one in rows])
        return [None] * len(told)


def _row(told: Told) -> dict[str, object]:
    return msgspec.structs.asdict(told) | {"health": msgspec.to_builtins(told.health)}


@put(
    "/v1/health",
    status_code=204,
    request_max_body_size=MAX_HEALTH_BYTES,
    responses=problems(400, 401, 413, 422, 503),
)
async def put_health(
    data: JSONBody[Health],
    state: State,
    caller: NamedDependency[Caller],
    now: NamedDependency[datetime],
) -> None:
    """How the device is now; it takes the place of what it said before."""
    at = moment(data.at)
    if at is None:
        raise Unprocessable("`at` is no moment with an offset", code="time")
    if has_nul(msgspec.to_builtins(data)):
        raise Unprocessable("a NUL character", code="nul")
    shelf: HealthShelf = state["health_shelf"]
    skew = (at - now).total_seconds()
    await shelf.tell(Told(caller.device, data, data.version, skew, now))


handlers = [put_health]
