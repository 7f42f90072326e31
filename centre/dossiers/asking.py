"""GET /v1/dossiers/CODE: how far a dossier is. Nothing of who asked for what is kept or logged."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import PathParameter
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from centre.dossiers.meter import A_MISS, A_QUESTION, Meter, full
from centre.dossiers.ports import Dossiers
from centre.errors import Missing, TooMany
from centre.identity.caller import Caller
from centre.problems import problems
from centre.store import Database
from centre.store.tables.dossiers import DossierMeter
from centre.wire import DossierState
from kiosk.guide.dossier_code import MAX_LENGTH, PATTERN

Code = Annotated[str, PathParameter(pattern=f"^{PATTERN}$", max_length=MAX_LENGTH)]


@get(
    "/v1/dossiers/{code:str}",
    responses=problems(400, 401, 404, 429, 503),
)
async def ask_dossier(
    state: State, caller: NamedDependency[Caller], now: NamedDependency[datetime], code: Code
) -> Response[DossierState]:
    """How far a dossier is, for whoever has its code; each device only so often."""
    database: Database = state["database"]
    source: Dossiers = state["dossiers"]
    await pay(database, caller.device, A_QUESTION, now)
    told = await source.state_of(code)
    if told is None:
        await pay(database, caller.device, A_MISS - A_QUESTION, now, owing=True)
        raise Missing("there is no such dossier")
    return Response(told, headers={"Cache-Control": "no-store"})


async def pay(
    database: Database, device: str, tokens: float, now: datetime, *, owing: bool = False
) -> None:
    """Count a question of a device. Raises TooMany where it has none left, unless it is `owing`."""
    asked = select(DossierMeter).where(DossierMeter.device == device).with_for_update()
    async with database.changing() as connection:
        row = (await connection.execute(asked)).one_or_none()
        meter = (Meter(row.tokens, row.counted_at) if row else full(now)).at(now)
        if not owing and meter.wait_s:
            raise TooMany("this device asked too often", retry_after_s=meter.wait_s)
        left = meter.less(tokens)
        module = postgresql if database.is_postgresql else sqlite
        values = {"tokens": left.tokens, "counted_at": left.counted_at}
        made = module.insert(DossierMeter).values(device=device, **values)
        await connection.execute(
            made.on_conflict_do_update(index_elements=[DossierMeter.device], set_=values)
        )


handlers = [ask_dossier]
