"""The day, for managers: how the house is, and opening and closing it by hand."""

from __future__ import annotations

from typing import get_args

from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from kiosk.errors import CommandRefused, StoreUnavailable
from kiosk.site.managing import DayVerb
from kiosk.site.reception import AnyRequest, Reception, manager_of, manager_or_login
from kiosk.site.sessions import Session


@get("/day", include_in_schema=False)
async def show_day(
    request: AnyRequest, reception: NamedDependency[Reception]
) -> Response[str] | Redirect:
    """The house now; its part fetches itself again."""
    session = manager_or_login(request, reception)
    if isinstance(session, Redirect):
        return session
    return _draw(reception, "day", session)


@get("/day/now", dependencies={"session": Provide(manager_of)}, include_in_schema=False)
async def show_day_now(
    reception: NamedDependency[Reception], session: NamedDependency[Session]
) -> Response[str]:
    """The part that changes."""
    return _draw(reception, "day_now", session)


@post(
    "/day/do/{verb:str}",
    status_code=200,
    dependencies={"session": Provide(manager_of)},
    include_in_schema=False,
)
async def do_day(
    reception: NamedDependency[Reception], session: NamedDependency[Session], verb: FromPath[str]
) -> Response[str]:
    """Open or close: the house as it is then."""
    if verb not in get_args(DayVerb):
        raise NotFoundException
    try:
        reception.house.change_day(verb, session.staff)  # type: ignore[arg-type]
    except StoreUnavailable:
        return _draw(reception, "day_now", session, refused="store")
    return _draw(reception, "day_now", session)


@post(
    "/day/answer/{call_id:int}",
    status_code=200,
    dependencies={"session": Provide(manager_of)},
    include_in_schema=False,
)
async def answer_call(
    reception: NamedDependency[Reception], session: NamedDependency[Session], call_id: FromPath[int]
) -> Response[str]:
    """The manager goes to the citizen whom nobody has answered."""
    try:
        reception.consoles.answer_call(session, call_id)
    except CommandRefused:
        return _draw(reception, "day_now", session)  # somebody else was quicker
    except StoreUnavailable:
        return _draw(reception, "day_now", session, refused="store")
    return _draw(reception, "day_now", session)


def _draw(reception: Reception, page: str, session: Session, *, refused: str = "") -> Response[str]:
    return reception.drawing.page(
        page,
        session=session,
        here="day",
        house=reception.house.day(),
        hall=reception.house.hall(),
        refused=refused,
    )


day_pages = [show_day, show_day_now, do_day, answer_call]
