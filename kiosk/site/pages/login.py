"""Logging in and out with a browser."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import URLEncodedBody
from litestar.response import Redirect

from kiosk.errors import CommandRefused, StoreUnavailable
from kiosk.site.answers import status_of
from kiosk.site.login import LoginRefused
from kiosk.site.reception import AnyRequest, Reception, session_of
from kiosk.site.sessions import Session
from kiosk.words.root import Word


class LogInForm(Word, frozen=True, kw_only=True):
    """What the form sends."""

    staff: str = ""
    pin: str = ""
    counter: str = ""


@get("/", include_in_schema=False)
async def home(request: AnyRequest, reception: NamedDependency[Reception]) -> Redirect:
    """Where somebody who typed the bare address wants to be."""
    return Redirect(place_of(reception.find_session(request)), status_code=303)


@get("/login", include_in_schema=False)
async def show_login(reception: NamedDependency[Reception]) -> Response[str]:
    """The form."""
    return _form(reception)


@post("/login", include_in_schema=False)
async def log_in(
    request: AnyRequest,
    reception: NamedDependency[Reception],
    data: URLEncodedBody[LogInForm],
) -> Response[Any]:
    """Begin a session and go to its page; or the form again, with a word on why not."""
    try:
        key, session = await reception.enter(
            request, data.staff[:40], data.pin[:12], data.counter[:4]
        )
    except (LoginRefused, CommandRefused, StoreUnavailable) as error:
        wait_s = error.wait_s if isinstance(error, LoginRefused) else 0.0
        return _form(
            reception, status_of(error), refused=error.code, minutes=max(1, round(wait_s / 60))
        )
    response = Redirect(place_of(session), status_code=303)
    reception.give_cookie(response, key)
    return response


@post(
    "/logout",
    status_code=200,
    dependencies={"session": Provide(session_of)},
    include_in_schema=False,
)
async def log_out(
    reception: NamedDependency[Reception], session: NamedDependency[Session]
) -> Response[str]:
    """End the session and close its counter."""
    reception.consoles.leave(session)
    reception.sessions.end(session)
    response = Response("", headers={"HX-Redirect": "/login"})
    reception.give_cookie(response, "")
    return response


def place_of(session: Session | None) -> str:
    """The page where somebody belongs."""
    if session is None:
        return "/login"
    return "/console" if session.counter else "/day"


def _form(
    reception: Reception, status: int = 200, refused: str = "", minutes: int = 0
) -> Response[str]:
    return reception.drawing.page(
        "login",
        status=status,
        counters=[one.number for one in reception.consoles.hall().counters],
        refused=refused,
        minutes=minutes,
    )


login_pages = [home, show_login, log_in, log_out]
