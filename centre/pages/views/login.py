"""Logging in and out with a browser; the language; styles and scripts."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from centre.errors import CentreError, Missing, NotKnown, TooMany
from centre.pages.accounts.session_book import Session, end_session
from centre.pages.office import LANGUAGE_COOKIE, AnyRequest, Office, address_of, way_back
from kiosk.site.pages.files import file_of
from kiosk.words import Language
from kiosk.words.root import Word

A_YEAR_S = 365 * 24 * 3600


class LogInForm(Word, frozen=True, kw_only=True):
    """What the form sends; `to` is where they wanted to go."""

    name: str = ""
    password: str = ""
    code: str = ""
    to: str = ""


@get("/", include_in_schema=False)
async def home(request: AnyRequest, office: NamedDependency[Office]) -> Redirect:
    """Where somebody who typed the bare address wants to be."""
    session = await office.session_of(request)
    return Redirect(place_of(session), status_code=303)


@get("/login", include_in_schema=False)
async def show_login(
    request: AnyRequest, office: NamedDependency[Office], to: FromQuery[str] = ""
) -> Response[str]:
    """The form."""
    return _form(request, office, to)


@post("/login", include_in_schema=False)
async def log_in(
    request: AnyRequest, office: NamedDependency[Office], data: URLEncodedBody[LogInForm]
) -> Response[Any]:
    """Begin a session and go to its page; or the form again, with a word on why not."""
    try:
        key = await office.entrance.enter(data.name, data.password, data.code, address_of(request))
    except (NotKnown, TooMany) as error:
        return _form(request, office, data.to, error)
    response = Redirect(way_back(data.to), status_code=303)
    office.give_cookie(response, key)
    return response


@post("/logout", include_in_schema=False)
async def log_out(office: NamedDependency[Office], session: NamedDependency[Session]) -> Redirect:
    """End the session."""
    async with office.database.changing() as connection:
        await end_session(connection, session.account, session.token_hash)
    response = Redirect("/login", status_code=303)
    office.give_cookie(response, "")
    return response


@get("/language/{language:str}", include_in_schema=False)
async def choose_language(
    office: NamedDependency[Office], language: FromPath[Language], to: FromQuery[str] = "/"
) -> Redirect:
    """The pages in this language, from now on."""
    response = Redirect(way_back(to), status_code=303)
    response.set_cookie(
        Cookie(
            key=LANGUAGE_COOKIE,
            value=language,
            path="/",
            max_age=A_YEAR_S,
            httponly=True,
            secure=office.is_secure,
            samesite="lax",
        )
    )
    return response


@get("/static/{name:str}", include_in_schema=False)
async def files(
    request: AnyRequest, office: NamedDependency[Office], name: FromPath[str]
) -> Response[bytes]:
    """Styles, scripts and fonts, from memory."""
    return file_of(office.drawing.shelf, name, request.headers.get("If-None-Match", ""))


@get("/{rest:path}", include_in_schema=False)
async def nowhere(rest: FromPath[str]) -> None:
    """There is no such page."""
    raise Missing(f"no page {rest}")


def place_of(session: Session | None) -> str:
    """The page where somebody belongs."""
    if session is None:
        return "/login"
    return "/fleet" if session.is_city else f"/sites/{session.site}"


def _form(
    request: AnyRequest, office: Office, to: str, refused: CentreError | None = None
) -> Response[str]:
    return office.page(
        request,
        "centre_login",
        status=refused.status if refused else 200,
        refused=refused.code if refused else "",
        minutes=max(1, round(refused.retry_after_s / 60)) if refused else 0,
        to=way_back(to),
    )


outside = [home, show_login, log_in, choose_language, files, nowhere]
inside = [log_out]
