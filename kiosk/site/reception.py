"""What every page and every part of the API is handed: the engine's door, sessions, texts.

get a session      `session_of`: no cookie, a forged, ended or stolen one is NotLoggedIn (401)
change something   the session's own token in CSRF_HEADER too, else Forbidden (403)
manage the house   `manager_of`: Forbidden for a clerk
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie, State
from litestar.di import NamedDependency
from litestar.response import Redirect, Response

from kiosk.errors import CommandRefused, Trouble
from kiosk.ports import Door
from kiosk.site.console import Consoles
from kiosk.site.drawing import Drawing
from kiosk.site.gate import SAFE_METHODS
from kiosk.site.hall_stream import HallStream
from kiosk.site.login import FACE, Login
from kiosk.site.managing import Managing
from kiosk.site.sessions import Session, Sessions
from kiosk.words import AnyEvent, OpenCounter, StaffChanged

CSRF_HEADER = "X-CSRF-Token"
AnyRequest = Request[object, object, State]


class NotLoggedIn(Trouble):
    """There is no session."""

    code = "not_logged_in"


class Forbidden(Trouble):
    """There is a session, but this is not for it: `forged` or `managers_only`."""

    code = "forged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """Lives on the core's loop. `kiosk_key` is the secret of the site's kiosks, "" for none."""

    door: Door
    sessions: Sessions
    login: Login
    stream: HallStream
    consoles: Consoles
    house: Managing
    drawing: Drawing
    secure: bool
    kiosk_key: str = ""

    @property
    def cookie_name(self) -> str:
        """A cookie that only we could have set, where the connection allows it."""
        return "__Host-letan" if self.secure else "letan"

    async def enter(
        self, request: AnyRequest, staff: str, pin: str, counter: str
    ) -> tuple[str, Session]:
        """Log in at a counter ("" for none); the cookie's key and the session.

        Raises LoginRefused, CommandRefused (unknown_counter) and StoreUnavailable.
        """
        address = address_of(request)
        member = await self.login.check(staff, pin, address)
        if not counter and member.role != "manager":
            raise CommandRefused("a clerk sits at a counter", code="unknown_counter")
        if counter:
            self.door.do(OpenCounter(counter=counter, staff=member.code), FACE)
        key = self.sessions.begin(
            staff=member.code,
            name=member.name,
            role=member.role,
            counter=counter,
            address=address,
        )
        session = self.sessions.find(key, address)
        assert session is not None
        return key, session

    def give_cookie(self, response: Response[Any], key: str) -> None:
        """Set the session's cookie, or take it away (an empty key)."""
        response.set_cookie(
            Cookie(
                key=self.cookie_name,
                value=key,
                path="/",
                max_age=int(self.sessions.lasts_s) if key else 0,
                httponly=True,
                secure=self.secure,
                samesite="strict",
            )
        )

    def find_session(self, request: AnyRequest) -> Session | None:
        """The session of a request, if there is one."""
        return self.sessions.find(request.cookies.get(self.cookie_name, ""), address_of(request))

    def hear(self, event: AnyEvent) -> None:
        """The engine's listener: who is gone, has a new PIN or another role is logged out."""
        if not isinstance(event, StaffChanged):
            return
        roles = {one.role for one in self.sessions.of(event.code)}
        if event.member is None or event.new_pin or roles - {event.member.role}:
            self.sessions.end_all_of(event.code)
        else:
            self.sessions.rename(event.code, event.member.name)


def address_of(request: AnyRequest) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else ""


async def session_of(request: AnyRequest, reception: NamedDependency[Reception]) -> Session:
    """The session of a request; a change needs its token too."""
    session = reception.find_session(request)
    if session is None:
        raise NotLoggedIn
    if request.method not in SAFE_METHODS:
        if not session.fits(request.headers.get(CSRF_HEADER, "")):
            raise Forbidden("the session's token is not the one")
        reception.sessions.click(session)
    return session


async def manager_of(request: AnyRequest, reception: NamedDependency[Reception]) -> Session:
    """The session of a manager."""
    session = await session_of(request, reception)
    if not session.is_manager:
        raise Forbidden("for managers", code="managers_only")
    return session


def manager_or_login(request: AnyRequest, reception: Reception) -> Session | Redirect:
    """The session of a manager who opens a page, or the way to log in. Raises Forbidden."""
    session = reception.find_session(request)
    if session is None:
        return Redirect("/login", status_code=303)
    if not session.is_manager:
        raise Forbidden("for managers", code="managers_only")
    return session


async def kiosk_of(request: AnyRequest, reception: NamedDependency[Reception]) -> None:
    """Whether another kiosk of the site asks: it knows the site's secret."""
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    known = reception.kiosk_key.encode()
    if kind != "Bearer" or not known or not hmac.compare_digest(key.encode(), known):
        raise NotLoggedIn("not one of the site's kiosks", code="not_a_kiosk")
