"""Logging in and out."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, Router, delete, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import JSONBody
from msgspec import Meta

from kiosk.site.answers import problems
from kiosk.site.reception import AnyRequest, Reception, session_of
from kiosk.site.sessions import Session
from kiosk.words import Role
from kiosk.words.root import Word


class LogIn(Word, frozen=True, kw_only=True):
    """Who, and where; a manager may sit at no counter."""

    staff: Annotated[str, Meta(max_length=40)]
    pin: Annotated[str, Meta(max_length=12)]
    counter: Annotated[str, Meta(max_length=4)] = ""


class LoggedIn(Word, frozen=True, kw_only=True):
    """The session. `csrf` goes into the header X-CSRF-Token of every change."""

    staff: str
    name: str
    role: Role
    counter: str
    csrf: str


@post("/session", responses=problems(400, 401, 404, 429, 503), operation_id="log_in")
async def log_in(
    request: AnyRequest, reception: NamedDependency[Reception], data: JSONBody[LogIn]
) -> Response[LoggedIn]:
    """Begin a session, and open its counter; the session's key is set as a cookie."""
    key, session = await reception.enter(request, data.staff, data.pin, data.counter)
    response = Response(_told(session), status_code=201)
    reception.give_cookie(response, key)
    return response


@get(
    "/session",
    dependencies={"session": Provide(session_of)},
    responses=problems(401),
    operation_id="session",
)
async def tell_session(session: NamedDependency[Session]) -> LoggedIn:
    """The session of the cookie."""
    return _told(session)


@delete(
    "/session",
    status_code=204,
    dependencies={"session": Provide(session_of)},
    responses=problems(401, 403, 503),
    operation_id="log_out",
)
async def log_out(reception: NamedDependency[Reception], session: NamedDependency[Session]) -> None:
    """End the session and close its counter."""
    reception.consoles.leave(session)
    reception.sessions.end(session)


def _told(session: Session) -> LoggedIn:
    return LoggedIn(
        staff=session.staff,
        name=session.name,
        role=session.role,
        counter=session.counter,
        csrf=session.csrf,
    )


session_api = Router("/", route_handlers=[log_in, tell_session, log_out], tags=["session"])
