"""The fleet: the city's map of tiles, and the list, trouble first."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from centre.pages.accounts.session_book import Session
from centre.pages.fleet.city_map import draw_map
from centre.pages.fleet.fleet_book import (
    A_PAGE,
    Wanted,
    count_sites,
    count_states,
    count_versions,
    list_devices,
)
from centre.pages.fleet.states import STATES, TROUBLE
from centre.pages.office import AnyRequest, Office, language_of, own_site

LAST_PAGE = 10_000
FIRST_ON_MAP = 12


@get("/fleet", include_in_schema=False)
async def show_fleet(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    site: FromQuery[str] = "",
    how: FromQuery[str] = "",
    version: FromQuery[str] = "",
    group: FromQuery[str] = "",
    text: FromQuery[str] = "",
    page: FromQuery[int] = 0,
    view: FromQuery[str] = "",
) -> Response[str]:
    """Map or list of the devices that are asked for; htmx fetches the part that changes."""
    wanted = Wanted(
        site=own_site(session, site[:40]),
        state=how if how in STATES else "",
        version=version[:40],
        group=group[:20],
        text=text.strip()[:60],
        page=min(max(0, page), LAST_PAGE),
    )
    shows_map = session.is_city and view != "list" and not wanted.site and not wanted.state
    now = office.now()
    async with office.database.reading() as connection:
        counts = await count_states(connection, wanted, now)
        devices = await list_devices(connection, wanted, now)
        sites = await count_sites(connection, wanted, now)
        versions = await count_versions(connection, wanted.site)
    total = counts[wanted.state] if wanted.state else sum(counts.values())  # type: ignore[index]
    chosen = next((one for one in sites if one.code == wanted.site), None)
    return office.page(
        request,
        "fleet_now" if "HX-Request" in request.headers else "fleet",
        here="fleet",
        wanted=wanted,
        chosen=chosen,
        counts=counts,
        trouble=sum(counts[one] for one in TROUBLE),
        devices=[one for one in devices if one.state in TROUBLE][:FIRST_ON_MAP]
        if shows_map
        else devices,
        sites=sites,
        versions=versions,
        groups=sorted({one.group for one in sites} - {""}),
        map=draw_map(sites, language_of(request), office.drawing.text) if shows_map else None,
        total=total,
        pages=-(-total // A_PAGE),
        link=_Link(wanted, view),
    )


class _Link:
    """Addresses of this page with one wish changed."""

    def __init__(self, wanted: Wanted, view: str) -> None:
        self._wanted = wanted
        self._view = view

    def __call__(self, **changes: str | int) -> str:
        view = changes.pop("view", self._view)
        wanted = replace(self._wanted, **{"page": 0, **changes})  # type: ignore[arg-type]
        pairs = {"view": view, "site": wanted.site, "how": wanted.state, "text": wanted.text,
                 "version": wanted.version, "group": wanted.group, "page": wanted.page}  # fmt: skip
        query = urlencode({key: value for key, value in pairs.items() if value})
        return f"/fleet?{query}" if query else "/fleet"


fleet_pages = [show_fleet]
