"""The accounts, for the city: who may log in; and one's own: password, second factor, sessions."""

from __future__ import annotations

import functools
import io
from typing import Any

import qrcode
import qrcode.image.svg
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from markupsafe import Markup

from centre.errors import CentreError, Unprocessable
from centre.pages.accounts import account_book, audit, session_book
from centre.pages.accounts.passwords import SHORTEST, first_password, weakness
from centre.pages.accounts.second_factor import address_for_app, new_secret, step_of
from centre.pages.accounts.session_book import Session
from centre.pages.deed_words import DeedWords
from centre.pages.office import AnyRequest, Office, address_of, language_of
from centre.pages.site_book import all_sites
from kiosk.words.root import Word


class AccountForm(Word, frozen=True, kw_only=True):
    """A new account."""

    name: str = ""
    shown_as: str = ""
    role: str = "ward"
    site: str = ""
    csrf: str = ""


class OwnForm(Word, frozen=True, kw_only=True):
    """What one changes of one's own; each verb needs the password."""

    password: str = ""
    new: str = ""
    again: str = ""
    secret: str = ""
    code: str = ""
    token: str = ""
    csrf: str = ""


@get("/accounts", include_in_schema=False)
async def show_accounts(request: AnyRequest, office: NamedDependency[Office]) -> Response[str]:
    """Everybody."""
    return await _draw_accounts(request, office)


@post("/accounts", status_code=200, include_in_schema=False)
async def add_account(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    data: URLEncodedBody[AccountForm],
) -> Response[str]:
    """Somebody new; their first password is shown on this answer alone."""
    password, name = first_password(), data.name.strip().casefold()
    try:
        password_hash = await office.entrance.hash_of(password)
        async with office.database.changing() as connection:
            await account_book.add_account(
                connection,
                name=name,
                shown_as=data.shown_as.strip(),
                role="city" if data.role == "city" else "ward",
                site="" if data.role == "city" else data.site,
                password_hash=password_hash,
                by=session.account,
                now=office.now(),
            )
    except CentreError as error:
        return await _draw_accounts(request, office, refused=_refusal(error), typed=data)
    return await _draw_accounts(request, office, shown=(name, password))


@post("/accounts/{name:str}/{verb:str}", status_code=200, include_in_schema=False)
async def do_account(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    name: FromPath[str],
    verb: FromPath[str],
) -> Response[Any]:
    """Close, a new first password, or no second factor any more."""
    by, now = session.account, office.now()
    password = first_password()
    password_hash = await office.entrance.hash_of(password) if verb == "password" else ""
    try:
        async with office.database.changing() as connection:
            match verb:
                case "close":
                    await account_book.close_account(connection, name, by=by, now=now)
                case "password":
                    await account_book.renew_password(
                        connection, name, password_hash, by=by, now=now
                    )
                case "second-factor":
                    await account_book.find_account(connection, name)
                    await account_book.set_second_factor(connection, name, "", by=by, now=now)
                case _:
                    raise Unprocessable(f"no verb {verb[:20]!r}")
    except CentreError as error:
        return await _draw_accounts(request, office, refused=_refusal(error))
    if verb == "password":
        return await _draw_accounts(request, office, shown=(name, password))
    return Redirect(f"/accounts?done=account_{verb.replace('-', '_')}", status_code=303)


@get("/me", include_in_schema=False)
async def show_me(
    request: AnyRequest, office: NamedDependency[Office], session: NamedDependency[Session]
) -> Response[str]:
    """One's own account."""
    return await _draw_me(request, office, session)


@post("/me/{verb:str}", status_code=200, include_in_schema=False)
async def do_me(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    verb: FromPath[str],
    data: URLEncodedBody[OwnForm],
) -> Response[Any]:
    """Change one's own: with one's password, which a browser left open does not know."""
    try:
        if verb != "end":
            address = address_of(request)
            await office.entrance.confirm(session.account, data.password, address)
        return await _do_me(office, session, verb, data)
    except CentreError as error:
        return await _draw_me(request, office, session, refused=_refusal(error), data=data)


async def _do_me(office: Office, session: Session, verb: str, data: OwnForm) -> Redirect:
    name, now = session.account, office.now()
    password_hash = ""
    if verb == "password":
        if data.new != data.again:
            raise Unprocessable("the two differ", code="passwords_differ")
        if weak := weakness(data.new, name):
            raise Unprocessable("it can be guessed", code=f"password_{weak}")
        password_hash = await office.entrance.hash_of(data.new)
    async with office.database.changing() as connection:
        match verb:
            case "password":
                await account_book.renew_password(connection, name, password_hash, by=name, now=now)
            case "second-factor-on":
                step = step_of(data.secret, data.code, now, 0) if len(data.secret) == 32 else None
                if step is None:
                    raise Unprocessable("not the app's code", code="wrong_code")
                await account_book.set_second_factor(
                    connection, name, data.secret, by=name, now=now, step=step
                )
            case "second-factor-off":
                await account_book.set_second_factor(connection, name, "", by=name, now=now)
            case "end":
                await session_book.end_session(connection, name, data.token)
            case _:
                raise Unprocessable(f"no verb {verb[:20]!r}")
    if verb == "password":
        return Redirect("/login", status_code=303)
    return Redirect(f"/me?done={verb.replace('-', '_')}", status_code=303)


@get("/audit", include_in_schema=False)
async def show_audit(
    request: AnyRequest,
    office: NamedDependency[Office],
    account: FromQuery[str] = "",
    action: FromQuery[str] = "",
    subject: FromQuery[str] = "",
    page: FromQuery[int] = 0,
) -> Response[str]:
    """Who did what."""
    wanted = {"account": account[:60], "action": action[:60], "subject": subject[:120]}
    page = min(max(0, page), 100_000)
    async with office.database.reading() as connection:
        lines, more = await audit.read_log(connection, **wanted, page=page)
        actions = await audit.actions(connection)
        sites = await all_sites(connection)
    language = language_of(request)
    words = DeedWords(
        functools.partial(office.text, request),
        language,
        {one.code: one.name(language) for one in sites},
    )
    return office.page(
        request,
        "audit",
        here="audit",
        lines=lines,
        words=words,
        actions=actions,
        wanted=wanted,
        page=page,
        more=more,
    )


async def _draw_accounts(
    request: AnyRequest,
    office: Office,
    *,
    refused: str = "",
    typed: AccountForm | None = None,
    shown: tuple[str, str] | None = None,
) -> Response[str]:
    async with office.database.reading() as connection:
        accounts = await account_book.all_accounts(connection)
        sites = await all_sites(connection)
    return office.page(
        request,
        "accounts",
        status=422 if refused else 200,
        here="accounts",
        accounts=accounts,
        sites=sites,
        site_names={one.code: one.name(language_of(request)) for one in sites},
        refused=refused,
        typed=typed or AccountForm(),
        shown=shown,
    )


async def _draw_me(
    request: AnyRequest,
    office: Office,
    session: Session,
    *,
    refused: str = "",
    data: OwnForm | None = None,
) -> Response[str]:
    async with office.database.reading() as connection:
        places = await session_book.sessions_of(connection, session.account, office.now())
    secret = data.secret if data and len(data.secret) == 32 else new_secret()
    return office.page(
        request,
        "me",
        status=422 if refused else 200,
        here="me",
        refused=refused,
        places=places,
        secret=secret,
        picture=_picture(address_for_app(secret, session.account)),
        shortest=SHORTEST,
    )


def _picture(text: str) -> Markup:
    """A QR code as SVG."""
    made = qrcode.make(text, image_factory=qrcode.image.svg.SvgPathImage, border=2)
    out = io.BytesIO()
    made.save(out)
    return Markup(out.getvalue().decode().partition("?>")[2])  # noqa: S704 - ours


def _refusal(error: CentreError) -> str:
    if error.status == 500:
        raise error
    return error.code


account_pages = [show_me, do_me]
city_account_pages = [show_accounts, add_account, do_account, show_audit]
