"""Enrolment: a one-time code for a site, shown once; the devices; the end of one."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from centre.identity.devices import list_devices, revoke
from centre.identity.enrolment import HOLDS, make_code
from centre.pages.accounts.audit import write_down
from centre.pages.accounts.session_book import Session
from centre.pages.office import AnyRequest, Office, language_of
from centre.pages.site_book import all_sites
from centre.secret import FILE, read_secret
from kiosk.words.root import Word


class ForSite(Word, frozen=True, kw_only=True):
    """For which site a code is made."""

    site: str
    csrf: str = ""


class Token(Word, frozen=True, kw_only=True):
    """A form that says nothing else."""

    csrf: str = ""


@get("/devices", include_in_schema=False)
async def show_devices(
    request: AnyRequest, office: NamedDependency[Office], site: FromQuery[str] = ""
) -> Response[str]:
    """The devices of a site, and a form for a new one's code."""
    return await _draw(request, office, site[:40])


@post("/devices/code", status_code=200, include_in_schema=False)
async def give_code(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    data: URLEncodedBody[ForSite],
) -> Response[str]:
    """A code, shown on this answer alone."""
    secret = read_secret(office.settings.folder / FILE)
    async with office.database.changing() as connection:
        code = await make_code(connection, secret, data.site, by=session.account, now=office.now())
        await write_down(connection, office.now(), session.account, "device.invited", data.site)
    return await _draw(request, office, data.site, code=code)


@post("/devices/{device:str}/revoke", include_in_schema=False)
async def end_device(
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    device: FromPath[str],
    data: URLEncodedBody[Token],
) -> Redirect:
    """Its key counts no more."""
    del data
    async with office.database.changing() as connection:
        await revoke(connection, device, by=session.account, now=office.now())
    return Redirect("/devices?done=device_revoked", status_code=303)


async def _draw(request: AnyRequest, office: Office, site: str, *, code: str = "") -> Response[str]:
    async with office.database.reading() as connection:
        sites = await all_sites(connection)
        devices = await list_devices(connection, site) if site else []
    return office.page(
        request,
        "devices",
        here="devices",
        sites=sites,
        site=site,
        site_names={one.code: one.name(language_of(request)) for one in sites},
        devices=devices,
        code=f"{code[:4]}-{code[4:]}" if code else "",
        minutes=int(HOLDS.total_seconds() // 60),
    )


device_pages = [show_devices, give_code, end_device]
