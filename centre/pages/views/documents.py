"""Publishing: what is given out and how far it has come; drafts, their previews, and giving out.

The city writes everything; a ward's manager writes the notices of their own site.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, cast

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from centre.documents.checking import NAMES, checked
from centre.documents.fates import roll_backs, rollout
from centre.documents.key import DocumentKey
from centre.documents.publishing import widen, withdraw
from centre.errors import CentreError, Missing, NotAllowed, Unprocessable
from centre.pages.accounts.audit import write_down
from centre.pages.accounts.session_book import Session
from centre.pages.office import AnyRequest, Office, language_of
from centre.pages.publishing.catalogue_draft import change_of, read_kept
from centre.pages.publishing.draft_book import (
    Begun,
    begin,
    discard_draft,
    drafts,
    keep_draft,
    publish_draft,
    versions_of,
)
from centre.pages.publishing.forms import hours_body, hours_in, notices_body, notices_in
from centre.pages.publishing.previews import (
    preview_config,
    preview_hours,
    preview_notices,
    preview_services,
    preview_survey,
)
from centre.pages.site_book import all_sites
from centre.pages.views.sites import today_of
from kiosk.site.feedback_plots import FACE_ICONS

LONGEST_AUDIENCE = 60
WITH_A_FORM = ("notices", "hours")


def may_write(session: Session, name: str, audience: str) -> None:
    """Raises Missing for no such document, NotAllowed for whose it is not."""
    if name not in NAMES:
        raise Missing(f"no document {name[:40]!r}", code="document_name")
    own = name == "notices" and audience == f"site:{session.site}"
    if not session.is_city and not own:
        raise NotAllowed("for the city", code="city_only")


@get("/documents", include_in_schema=False)
async def show_documents(
    request: AnyRequest, office: NamedDependency[Office], session: NamedDependency[Session]
) -> Response[str] | Redirect:
    """Every document: what counts for whom, and what is being written."""
    if not session.is_city:
        return Redirect(f"/documents/notices?audience=site:{session.site}", status_code=303)
    async with office.database.reading() as connection:
        given_out = [(name, await rollout(connection, name)) for name in NAMES]
        pending = await drafts(connection)
        sites = await all_sites(connection)
    return office.page(
        request,
        "documents",
        here="documents",
        given_out=given_out,
        pending=pending,
        site_names={one.code: one.name(language_of(request)) for one in sites},
    )


@get("/documents/{name:str}", include_in_schema=False)
async def show_document(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    name: FromPath[str],
    audience: FromQuery[str] = "",
) -> Response[str]:
    """A document for an audience, to be written and looked at."""
    may_write(session, name, audience)
    async with office.database.reading() as connection:
        begun = await begin(connection, name, audience[:LONGEST_AUDIENCE])
    return await draw_document(request, office, session, begun)


@get("/documents/{name:str}/rolled-back/{version:int}", include_in_schema=False)
async def show_roll_backs(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    name: FromPath[str],
    version: FromPath[int],
) -> Response[str]:
    """Which kiosks could not run with a version, and why."""
    may_write(session, name, "")
    async with office.database.reading() as connection:
        rows = await roll_backs(connection, name, version)
    return office.page(
        request, "roll_backs", here="documents", document=name, version=version, rows=rows
    )


@post("/documents/{name:str}/{verb:str}", include_in_schema=False)
async def do_document(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    name: FromPath[str],
    verb: FromPath[str],
) -> Response[Any]:
    """Keep, discard, publish, withdraw or widen; what is refused is shown with the typed text."""
    form = cast("Mapping[str, Any]", await request.form())
    audience = str(form.get("audience", ""))[:LONGEST_AUDIENCE]
    may_write(session, name, audience)
    if verb == "keep":
        return await _keep(request, office, session, name, audience, form)
    try:
        done, where = await _do(request, office, session, name, audience, verb, form)
    except (Unprocessable, CentreError) as error:
        if error.status == 500:
            raise
        async with office.database.reading() as connection:
            begun = await begin(connection, name, audience)
        return await draw_document(request, office, session, begun, refused=error)
    back = f"{where}?done={done}{_and_audience(session, where, audience)}"
    return Redirect(back, status_code=303)


def _and_audience(session: Session, where: str, audience: str) -> str:
    return "" if where == "/documents" else f"&audience={audience or f'site:{session.site}'}"


async def _keep(
    request: AnyRequest,
    office: Office,
    session: Session,
    name: str,
    audience: str,
    form: Mapping[str, Any],
) -> Response[Any]:
    body = _written(name, form)
    async with office.database.reading() as connection:
        begun = await begin(connection, name, audience)
    try:
        body = await asyncio.to_thread(checked, name, body)
    except Unprocessable as error:
        return await draw_document(request, office, session, begun, refused=error, typed=body)
    async with office.database.changing() as connection:
        await keep_draft(connection, begun, body, by=session.account, now=office.now())
    return Redirect(f"/documents/{name}?audience={audience}&done=draft_kept", status_code=303)


def _written(name: str, form: Mapping[str, Any]) -> bytes:
    """What a form says: its own fields where it has some, else the text."""
    if "text" not in form and name in WITH_A_FORM:
        return {"notices": notices_body, "hours": hours_body}[name](form)
    return str(form.get("text", "")).replace("\r\n", "\n").encode()


async def _do(
    request: AnyRequest,
    office: Office,
    session: Session,
    name: str,
    audience: str,
    verb: str,
    form: Mapping[str, Any],
) -> tuple[str, str]:
    """What was done, as a text's key, and the page to go to."""
    key: DocumentKey = request.app.state["document_key"]
    by, now = session.account, office.now()
    to = str(form.get("to", audience))[:LONGEST_AUDIENCE]
    may_write(session, name, to)
    note = str(form.get("note", "")).strip()[:300]
    in_spite = form.get("in_spite") == "1"
    async with office.database.changing() as connection:
        match verb:
            case "publish":
                await publish_draft(
                    connection, name, audience, to,
                    key=key, by=by, now=now, note=note, in_spite=in_spite,
                )  # fmt: skip
            case "discard":
                await discard_draft(connection, name, audience, by=by, now=now)
            case "withdraw":
                version = await withdraw(
                    connection, name, audience, key=key, by=by, now=now, note=note
                )
                await _log(connection, session, office, "withdrawn", name, audience, version)
            case "widen":
                version = await widen(
                    connection, name, _number(form), to,
                    key=key, by=by, now=now, note=note, in_spite=in_spite,
                )  # fmt: skip
                await _log(connection, session, office, "widened", name, to, version)
            case _:
                raise Missing(f"no verb {verb[:20]!r}")
    where = "/documents" if session.is_city else f"/documents/{name}"
    return f"document_{verb}", where


async def _log(
    connection: Any,
    session: Session,
    office: Office,
    action: str,
    name: str,
    audience: str,
    version: int,
) -> None:
    await write_down(
        connection,
        office.now(),
        session.account,
        f"document.{action}",
        name,
        audience=audience,
        version=version,
    )


def _number(form: Mapping[str, Any]) -> int:
    text = str(form.get("version", ""))
    return int(text) if text.isdecimal() and len(text) < 10 else 0


async def draw_document(
    request: AnyRequest,
    office: Office,
    session: Session,
    begun: Begun,
    *,
    refused: CentreError | None = None,
    typed: bytes | None = None,
) -> Response[str]:
    """The page of a document; `typed` stands in its fields where it was refused."""
    name, body = begun.name, typed if typed is not None else begun.body
    async with office.database.reading() as connection:
        sites = await all_sites(connection)
        history = await versions_of(connection, name)
        given_out = await rollout(connection, name)
    values: dict[str, object] = {}
    if typed is None:
        values = await asyncio.to_thread(_preview, request, office, name, body)
    if name == "notices":
        values["fields"] = notices_in(body)
    if name == "hours":
        values["fields"] = hours_in(body)
    return office.page(
        request,
        "document",
        status=refused.status if refused else 200,
        here="documents",
        begun=begun,
        document=name,
        audience=begun.audience,
        text=body.decode(errors="replace") if name != "catalogue" else "",
        refused_code=refused.code if refused else "",
        mistakes=refused.detail if refused and refused.code in ("document", "export") else "",
        sites=sites,
        site_names={one.code: one.name(language_of(request)) for one in sites},
        groups=sorted({one.group for one in sites} - {""}),
        history=history,
        given_out=given_out,
        face_icons=FACE_ICONS,
        **{"preview": None, "fields": None, **values},
    )


def _preview(request: AnyRequest, office: Office, name: str, body: bytes) -> dict[str, object]:
    """Values of the preview's template."""
    today = today_of(office)
    match name:
        case "notices":
            return {"preview": preview_notices(body, today)}
        case "hours":
            weekday = [office.text(request, f"weekday.{day}") for day in range(7)]
            return {"preview": preview_hours(body, today, weekday.__getitem__)}
        case "survey":
            return {"preview": preview_survey(body)}
        case "services":
            return {"preview": preview_services(body)}
        case "catalogue":
            return {"preview": change_of(read_kept(body))}
        case _:
            return {"preview": preview_config(body)}


document_pages = [show_documents, show_document, show_roll_backs, do_document]
