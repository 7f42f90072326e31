"""The catalogue in the making: procedures looked for, one put right with its preview, an export."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from centre.errors import CentreError, Unprocessable
from centre.pages.accounts.session_book import Session
from centre.pages.office import AnyRequest, Office, language_of
from centre.pages.publishing.catalogue_draft import (
    Edited,
    edit,
    fields_of,
    find_procedure,
    find_procedures,
    read_in,
    read_kept,
)
from centre.pages.publishing.draft_book import begin, keep_draft
from centre.pages.views.documents import draw_document
from centre.pages.views.sites import today_of
from kiosk.catalogue.keeping import Kept
from kiosk.guide.answer import Site as GuideSite
from kiosk.guide.procedure import Procedure
from kiosk.guide.procedure_cards import cards_of
from kiosk.paths import ASSETS
from kiosk.texts import Texts

NAME = "catalogue"
EVERYBODY = ""
_guide_texts = Texts(ASSETS / "i18n", "guide")


class ProcedureForm(Edited, frozen=True, kw_only=True):
    """The form of one procedure; `verb` is look or keep."""

    csrf: str = ""
    verb: str = "look"


@get("/catalogue", include_in_schema=False)
async def show_procedures(
    request: AnyRequest, office: NamedDependency[Office], text: FromQuery[str] = ""
) -> Response[str]:
    """The procedures as a kiosk would have them with this draft."""
    kept, source = await _kept(office)
    found, count = await asyncio.to_thread(find_procedures, kept, text[:100])
    return office.page(
        request,
        "procedures",
        here="documents",
        text=text[:100],
        found=found,
        count=count,
        amended=kept.amended,
        source=source,
    )


@get("/catalogue/{code:str}", include_in_schema=False)
async def show_procedure(
    request: AnyRequest, office: NamedDependency[Office], code: FromPath[str]
) -> Response[str]:
    """One procedure: its form, and how it looks."""
    kept, _ = await _kept(office)
    procedure = await asyncio.to_thread(find_procedure, kept, code)
    return _draw(request, office, procedure, fields_of(procedure), kept)


@post("/catalogue/{code:str}", include_in_schema=False)
async def do_procedure(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    code: FromPath[str],
    data: URLEncodedBody[ProcedureForm],
) -> Response[Any]:
    """Look at what was typed, or keep it in the draft."""
    async with office.database.reading() as connection:
        begun = await begin(connection, NAME, EVERYBODY)
    kept = read_kept(begun.body)
    edited = msgspec.convert(msgspec.structs.asdict(data), Edited)
    try:
        after = await asyncio.to_thread(edit, kept, code, edited, today_of(office))
    except Unprocessable as error:
        procedure = await asyncio.to_thread(find_procedure, kept, code)
        return _draw(request, office, procedure, edited, kept, refused=error)
    procedure = await asyncio.to_thread(find_procedure, after, code)
    if data.verb != "keep":
        return _draw(request, office, procedure, edited, after, looked=after is not kept)
    async with office.database.changing() as connection:
        body = msgspec.json.encode(after)
        await keep_draft(connection, begun, body, by=session.account, now=office.now())
    return Redirect(f"/catalogue/{code}?done=draft_kept", status_code=303)


@post("/documents/catalogue/export", include_in_schema=False)
async def read_export(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    data: Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)],
) -> Response[Any]:
    """Read a portal's export into the draft; bad rows are told."""
    upload = data.get("export")
    async with office.database.reading() as connection:
        begun = await begin(connection, NAME, EVERYBODY)
    kept, today = read_kept(begun.body), today_of(office)
    ward_only = bool(data.get("ward_only"))
    try:
        if not isinstance(upload, UploadFile) or not upload.filename:
            raise Unprocessable("no file", code="export")
        content = await upload.read()
        found = await asyncio.to_thread(
            read_in, kept, upload.filename, content, today, ward_only=ward_only
        )
    except CentreError as error:
        return await draw_document(request, office, session, begun, refused=error)
    async with office.database.changing() as connection:
        body = msgspec.json.encode(found.kept)
        await keep_draft(connection, begun, body, by=session.account, now=office.now())
    return office.page(request, "export_read", here="documents", found=found)


async def _kept(office: Office) -> tuple[Kept, str]:
    async with office.database.reading() as connection:
        begun = await begin(connection, NAME, EVERYBODY)
    return read_kept(begun.body), begun.source


def _draw(
    request: AnyRequest,
    office: Office,
    procedure: Procedure,
    fields: Edited,
    kept: Kept,
    *,
    refused: Unprocessable | None = None,
    looked: bool = False,
) -> Response[str]:
    language = language_of(request)

    def wording(key: str, **values: object) -> str:
        return _guide_texts.get(key, language, **values)

    return office.page(
        request,
        "procedure",
        status=refused.status if refused else 200,
        here="documents",
        procedure=procedure,
        fields=fields,
        cards=cards_of(procedure, "documents", GuideSite(), language, wording),
        refused_code=refused.code if refused else "",
        why=refused.detail if refused else "",
        amended=kept.amended.get(procedure.code, {}),
        looked=looked,
    )


catalogue_pages = [show_procedures, show_procedure, do_procedure, read_export]
