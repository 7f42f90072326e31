"""The day in figures, for managers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from litestar import Router, get
from litestar.di import NamedDependency, Provide
from litestar.params import PathParameter

from kiosk.queueing.report import DayReport
from kiosk.site.answers import problems
from kiosk.site.login import FACE
from kiosk.site.reception import Reception, manager_of
from kiosk.site.sessions import Session
from kiosk.words import AskDay, DayResult

Day = Annotated[date, PathParameter(description="A business day")]


@get("/days/{business_day:str}", responses=problems(400, 401, 403, 503), operation_id="day")
async def ask_day(
    reception: NamedDependency[Reception], session: NamedDependency[Session], business_day: Day
) -> DayReport:
    """The report of a business day."""
    del session  # that it is a manager's is all that counts
    return report_of(reception, business_day.isoformat())


def report_of(reception: Reception, business_day: str) -> DayReport:
    """The report of a business day; "" is today. Services stand in the order of config.toml."""
    result = reception.door.do(AskDay(business_day=business_day), FACE)
    assert isinstance(result, DayResult)
    places = {code: place for place, code in enumerate(reception.drawing.names.services)}
    by_service = sorted(
        result.report.by_service, key=lambda line: places.get(line.key, len(places))
    )
    return replace(result.report, by_service=tuple(by_service))


report_api = Router(
    "/",
    route_handlers=[ask_day],
    dependencies={"session": Provide(manager_of)},
    tags=["manager"],
)
