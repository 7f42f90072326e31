"""Wishes to be called back. Numbers are shown to whoever shows the private key, and never kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery, URLEncodedBody
from litestar.response import Redirect

from centre.errors import CentreError
from centre.pages.accounts.audit import write_down
from centre.pages.accounts.session_book import Session
from centre.pages.days.call_back_book import OUTCOMES, Wish, open_wishes, settle
from centre.pages.names import names_in
from centre.pages.office import AnyRequest, Office, language_of, own_site
from centre.pages.sealed import KEY_TEXT_BYTES, read_opener
from centre.pages.site_book import all_sites
from kiosk.feedback.phone import grouped
from kiosk.site.feedback_plots import FACE_ICONS
from kiosk.words.root import Word

LAST_PAGE = 1000


class Settled(Word, frozen=True, kw_only=True):
    """What became of a wish."""

    reference: str
    outcome: str
    csrf: str = ""


@get("/call-backs", include_in_schema=False)
async def show_call_backs(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    page: FromQuery[int] = 0,
) -> Response[str]:
    """What is open, without the numbers."""
    return await _draw(request, office, session, page, {})


@post("/call-backs/open", status_code=200, include_in_schema=False)
async def open_numbers(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    data: Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)],
    page: FromQuery[int] = 0,
) -> Response[str]:
    """The same page with the numbers that this key opens. The key is forgotten at once."""
    upload = data.get("key")
    text = await upload.read(KEY_TEXT_BYTES) if isinstance(upload, UploadFile) else b""
    try:
        opener = read_opener(text)
    except CentreError as error:
        return await _draw(request, office, session, page, {}, refused=error.code)
    async with office.database.changing() as connection:
        wishes, _ = await open_wishes(connection, own_site(session, ""), page=_page(page))
        opened = {
            one.reference: number
            for one in wishes
            if one.number.key == opener.fingerprint
            and (number := opener.open(one.number.sealed)) is not None
        }
        await write_down(
            connection,
            office.now(),
            session.account,
            "call_back.opened",
            session.site,
            wishes=sorted(opened),
            key=opener.fingerprint,
        )
    refused = "other_key" if wishes and not opened else ""
    return await _draw(request, office, session, page, opened, refused=refused)


@post("/call-backs/settle", include_in_schema=False)
async def settle_wish(
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    data: URLEncodedBody[Settled],
) -> Redirect:
    """It is done with, and its number is gone."""
    async with office.database.changing() as connection:
        await settle(
            connection,
            data.reference,
            data.outcome,
            site=own_site(session, ""),
            by=session.account,
            now=office.now(),
        )
    return Redirect(f"/call-backs?done=call_back_{data.outcome}", status_code=303)


async def _draw(
    request: AnyRequest,
    office: Office,
    session: Session,
    page: int,
    opened: Mapping[str, str],
    *,
    refused: str = "",
) -> Response[str]:
    page = _page(page)
    async with office.database.reading() as connection:
        wishes, more = await open_wishes(connection, own_site(session, ""), page=page)
        sites = await all_sites(connection)
        names = await names_in(connection, language_of(request))
    return office.page(
        request,
        "call_backs",
        here="call_backs",
        refused=refused,
        wishes=wishes,
        numbers={one.reference: _number(opened[one.reference]) for one in _of(wishes, opened)},
        keys=sorted({one.number.key for one in wishes}),
        site_names={one.code: one.name(language_of(request)) for one in sites},
        service=names.service,
        outcomes=OUTCOMES,
        face_icons=FACE_ICONS,
        page=page,
        more=more,
        keep_days=office.settings.keep_call_back_days,
    )


def _of(wishes: Any, opened: Mapping[str, str]) -> list[Wish]:
    return [one for one in wishes if one.reference in opened]


def _number(text: str) -> str:
    """As it is dialled; what is no number is shown as it is, for a person to judge."""
    return grouped(text) if text.isdecimal() else text


def _page(page: int) -> int:
    return min(max(0, page), LAST_PAGE)


call_back_pages = [show_call_backs, open_numbers, settle_wish]
