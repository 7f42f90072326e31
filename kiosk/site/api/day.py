"""Opening and closing the day by hand, for managers."""

from __future__ import annotations

from litestar import Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath

from kiosk.site.answers import problems
from kiosk.site.managing import DayState, DayVerb
from kiosk.site.reception import Reception, manager_of
from kiosk.site.sessions import Session


@get("/day", responses=problems(401, 403, 503), operation_id="house_day")
async def ask_house_day(
    reception: NamedDependency[Reception], session: NamedDependency[Session]
) -> DayState:
    """How the house is today."""
    del session
    return reception.house.day()


@post(
    "/day/is/{verb:str}",
    status_code=200,
    responses=problems(400, 401, 403, 404, 503),
    operation_id="change_day",
)
async def change_day(
    reception: NamedDependency[Reception],
    session: NamedDependency[Session],
    verb: FromPath[DayVerb],
) -> DayState:
    """Close the house for today (what is left over expires), or open it."""
    reception.house.change_day(verb, session.staff)
    return reception.house.day()


day_api = Router(
    "/",
    route_handlers=[ask_house_day, change_day],
    dependencies={"session": Provide(manager_of)},
    tags=["manager"],
)
