"""The pages of the centre put together: an office, and routers behind the site's gate."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from litestar import Router
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.types import ControllerRouterHandler, Guard

from centre.pages.accounts.entering import Entrance
from centre.pages.answers import show_problem
from centre.pages.office import Office, let_city_in, let_in, provide_office, provide_session
from centre.pages.views import (
    accounts,
    alerts,
    call_backs,
    catalogue,
    devices,
    documents,
    fleet,
    login,
    said,
    site_facts,
    sites,
)
from centre.pages.wording import drawing_of
from centre.settings import Settings
from centre.store import Database
from kiosk.paths import ASSETS
from kiosk.site.gate import MAX_BODY, Gate

MAX_UPLOAD = 33 * 1024 * 1024
UPLOADS = ("/documents/",)


def new_office(settings: Settings, database: Database, now: Callable[[], datetime]) -> Office:
    """The office of one worker; it belongs into the application's state as "office"."""
    return Office(
        database=database,
        settings=settings,
        now=now,
        drawing=drawing_of(ASSETS),
        entrance=Entrance(database, now),
    )


def pages(settings: Settings) -> list[Router]:
    """Everything that browsers may ask for: outside, inside, and for the city alone."""
    gate = DefineMiddleware(Gate, names=names_of(settings), origins=origins_of(settings), cap=_cap)

    def behind(guards: Sequence[Guard], handlers: Sequence[ControllerRouterHandler]) -> Router:
        return Router(
            "/",
            route_handlers=handlers,
            guards=guards,
            dependencies={"office": Provide(provide_office), "session": Provide(provide_session)},
            exception_handlers={Exception: show_problem},
            middleware=[gate],
            include_in_schema=False,
            request_max_body_size=MAX_UPLOAD,  # the gate has the last word
        )

    return [
        behind([], login.outside),
        behind([let_in], _inside()),
        behind([let_in, let_city_in], _of_the_city()),
    ]


def _inside() -> list[ControllerRouterHandler]:
    return [
        *login.inside,
        *fleet.fleet_pages,
        *sites.site_pages,
        *said.said_pages,
        *call_backs.call_back_pages,
        *alerts.alert_pages,
        *documents.document_pages,
        *accounts.account_pages,
    ]


def _of_the_city() -> list[ControllerRouterHandler]:
    return [
        *sites.city_pages,
        *site_facts.facts_pages,
        *devices.device_pages,
        *catalogue.catalogue_pages,
        *accounts.city_account_pages,
        *alerts.city_alert_pages,
    ]


def names_of(settings: Settings) -> frozenset[str]:
    """The host names under which browsers may ask for the pages; bare addresses may always."""
    told = {settings.host, urlsplit(settings.public_url).hostname or ""}
    return frozenset({"localhost", socket.gethostname(), *told} - {""})


def origins_of(settings: Settings) -> frozenset[str]:
    """Where a proxy shows our pages."""
    parts = urlsplit(settings.public_url)
    return frozenset({f"{parts.scheme}://{parts.netloc}"} if parts.netloc else ())


def _cap(path: str) -> int:
    return MAX_UPLOAD if path.startswith(UPLOADS) else MAX_BODY
