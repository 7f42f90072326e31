"""What a site is called, where it lies, and its step in a roll-out; a new one."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from centre.errors import CentreError
from centre.pages.accounts.session_book import Session
from centre.pages.office import AnyRequest, Office
from centre.pages.site_book import SiteFacts, correct_site, enter_site, find_site
from kiosk.words.root import Word

NEW = "new"


class FactsForm(Word, frozen=True, kw_only=True):
    """What the form sends; a place is two numbers, or nothing."""

    code: str = ""
    name_vi: str = ""
    name_en: str = ""
    group: str = ""
    latitude: str = ""
    longitude: str = ""
    csrf: str = ""


@get("/sites/{code:str}/facts", include_in_schema=False)
async def show_facts(
    request: AnyRequest, office: NamedDependency[Office], code: FromPath[str]
) -> Response[str]:
    """The form."""
    if code == NEW:
        return _draw(request, office, SiteFacts(code="", name_vi="", name_en=""), is_new=True)
    async with office.database.reading() as connection:
        facts = await find_site(connection, code)
    return _draw(request, office, facts)


@post("/sites/{code:str}/facts", include_in_schema=False)
async def keep_facts(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    code: FromPath[str],
    data: URLEncodedBody[FactsForm],
) -> Response[Any]:
    """Keep them; or the form again, with a word on why not."""
    facts = SiteFacts(
        code=data.code.strip() if code == NEW else code,
        name_vi=data.name_vi.strip(),
        name_en=data.name_en.strip(),
        group=data.group.strip(),
        latitude=_degrees(data.latitude),
        longitude=_degrees(data.longitude),
    )
    keep = enter_site if code == NEW else correct_site
    try:
        async with office.database.changing() as connection:
            await keep(connection, facts, by=session.account, now=office.now())
    except CentreError as error:
        if error.status == 500:
            raise
        return _draw(request, office, facts, is_new=code == NEW, refused=error)
    return Redirect(f"/sites/{facts.code}?done=site_kept", status_code=303)


def _degrees(text: str) -> float | None:
    """The degrees of a field; 999 of what is no number, which nobody takes."""
    text = text.strip().replace(",", ".")
    try:
        return float(text) if text else None
    except ValueError:
        return 999.0


def _draw(
    request: AnyRequest,
    office: Office,
    facts: SiteFacts,
    *,
    is_new: bool = False,
    refused: CentreError | None = None,
) -> Response[str]:
    return office.page(
        request,
        "site_facts",
        status=refused.status if refused else 200,
        here="sites",
        facts=facts,
        is_new=is_new,
        refused=refused.code if refused else "",
    )


facts_pages = [show_facts, keep_facts]
