"""The office: what every page of the centre needs, handed to each of them; and who may come in.

Whoever is inside has a session, and a change brings its token along (a form's field `csrf`, or
htmx' header): both are looked at by one guard before any handler runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlsplit

from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie, State
from litestar.handlers import BaseRouteHandler

from centre.errors import Missing, NotAllowed, NotKnown
from centre.pages.accounts.entering import Entrance
from centre.pages.accounts.session_book import (
    LASTS,
    MARK_EVERY,
    Session,
    find_session,
    mark_seen,
)
from centre.settings import Settings
from centre.store import Database
from kiosk.site.drawing import PageDrawing
from kiosk.site.gate import SAFE_METHODS
from kiosk.words import Language

CSRF_HEADER = "X-CSRF-Token"
CSRF_FIELD = "csrf"
LANGUAGE_COOKIE = "letan-language"
AnyRequest = Request[Any, Any, State]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Lives as long as its application, on a worker's loop."""

    database: Database
    settings: Settings
    now: Callable[[], datetime]
    drawing: PageDrawing
    entrance: Entrance

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach us over TLS."""
        return self.settings.public_url.startswith("https:") or bool(self.settings.certificate)

    @property
    def cookie_name(self) -> str:
        """A cookie that only we could have set, where the connection allows it."""
        return "__Host-letan-centre" if self.is_secure else "letan-centre"

    def give_cookie(self, response: Response[Any], key: str) -> None:
        """Set the session's cookie, or take it away (an empty key)."""
        response.set_cookie(
            Cookie(
                key=self.cookie_name,
                value=key,
                path="/",
                max_age=int(LASTS.total_seconds()) if key else 0,
                httponly=True,
                secure=self.is_secure,
                samesite="lax",
            )
        )

    async def session_of(self, request: ASGIConnection[Any, Any, Any, Any]) -> Session | None:
        """The session of a request, if there is one; it was seen now, unless it is a page that
        renews itself: a browser that was left alone must not stay logged in."""
        key = request.cookies.get(self.cookie_name, "")
        if not key:
            return None
        now = self.now()
        async with self.database.reading() as connection:
            session = await find_session(connection, key, now)
        is_by_itself = "HX-Request" in request.headers
        if session is not None and not is_by_itself and now - session.seen_at > MARK_EVERY:
            async with self.database.changing() as connection:
                await mark_seen(connection, session, now)
        return session

    def page(
        self, request: AnyRequest, name: str, *, status: int = 200, **values: object
    ) -> Response[str]:
        """A page, or a part of one, for whoever asks, in their language."""
        return self.drawing.page(
            name,
            language_of(request),
            status=status,
            session=request.state.get("session"),
            path=request.url.path,
            now=self.now(),
            done=request.query_params.get("done", ""),
            **values,
        )

    def text(self, request: AnyRequest, key: str, **values: object) -> str:
        """A text in the language of whoever asks."""
        return self.drawing.text(key, language_of(request), **values)


def office_of(request: ASGIConnection[Any, Any, Any, Any]) -> Office:
    """The application's office."""
    return cast("Office", request.app.state["office"])


async def provide_office(request: AnyRequest) -> Office:
    """The dependency `office`."""
    return office_of(request)


async def provide_session(request: AnyRequest) -> Session:
    """The dependency `session`: whom the guard let in."""
    return cast("Session", request.state["session"])


async def let_in(request: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """The guard of every page inside. Raises NotKnown and NotAllowed (forged)."""
    session = await office_of(request).session_of(request)
    if session is None:
        raise NotKnown("no session", code="not_logged_in")
    request.state["session"] = session
    asked = cast("AnyRequest", request)
    if asked.method not in SAFE_METHODS and not session.fits(await _token_of(asked)):
        raise NotAllowed("the session's token is not the one", code="forged")


async def let_city_in(request: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """The guard of what is the city's alone, behind `let_in`. Raises NotAllowed."""
    if not request.state["session"].is_city:
        raise NotAllowed("for the city", code="city_only")


async def _token_of(request: AnyRequest) -> str:
    if told := request.headers.get(CSRF_HEADER):
        return told
    value = (await request.form()).get(CSRF_FIELD, "")
    return value if isinstance(value, str) else ""


def own_site(session: Session, asked: str) -> str:
    """The site that is asked for, "" for all of the city's. A ward always gets its own.

    Raises Missing where it asks for another one: it does not learn whether there is one.
    """
    if session.is_city:
        return asked
    if asked not in ("", session.site):
        raise Missing("no such site", code="unknown_site")
    return session.site


def language_of(request: AnyRequest) -> Language:
    """Vietnamese, unless they chose English."""
    return "en" if request.cookies.get(LANGUAGE_COOKIE) == "en" else "vi"


def address_of(request: AnyRequest) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else ""


def way_back(path: str) -> str:
    """A path of ours to go to; "/" for anything else."""
    parts = urlsplit(path)
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.netloc
    return path if is_ours and path.isprintable() and not parts.scheme else "/"
