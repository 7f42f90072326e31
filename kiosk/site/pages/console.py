"""The console of a counter: a page once, and its panel after every change."""

from __future__ import annotations

from typing import get_args

from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Stream

from kiosk.errors import CommandRefused, StoreUnavailable
from kiosk.site.pages.board import hall_events
from kiosk.site.pages.stock import items_of
from kiosk.site.reception import AnyRequest, Reception, session_of
from kiosk.site.sessions import Session
from kiosk.site.verbs import CounterVerb, Particulars, TicketVerb
from kiosk.words.root import Word

HOLD_REASONS = ("papers", "copy", "pay", "signature", "other")
PAUSE_REASONS = ("break", "meeting", "errand", "system")


class DoForm(Word, frozen=True, kw_only=True):
    """What a button sends: whose ticket, and what the verb needs."""

    ticket_id: int = 0
    seen: int = 0
    reason: str = ""
    service: str = ""
    counter: str = ""
    note: str = ""


@get("/console", include_in_schema=False)
async def show_console(
    request: AnyRequest, reception: NamedDependency[Reception]
) -> Response[str] | Redirect:
    """The console; who is not logged in is sent to do so."""
    session = reception.find_session(request)
    if session is None or not session.counter:
        return Redirect("/login", status_code=303)
    hall = reception.consoles.hall()
    return reception.drawing.page(
        "console",
        session=session,
        console=reception.consoles.state(session),
        notice="",
        services=hall.waiting,
        counters=[one for one in hall.counters if one.number != session.counter],
        hold_reasons=HOLD_REASONS,
        pause_reasons=PAUSE_REASONS,
        refreshes=bool(items_of(reception)),
    )


@get("/console/panel", dependencies={"session": Provide(session_of)}, include_in_schema=False)
async def show_panel(
    reception: NamedDependency[Reception], session: NamedDependency[Session]
) -> Response[str]:
    """The part of the console that changes."""
    return _panel(reception, session)


@get("/console/events", dependencies={"session": Provide(session_of)}, include_in_schema=False)
async def tell_console(
    reception: NamedDependency[Reception], session: NamedDependency[Session]
) -> Stream:
    """When to fetch the panel again."""
    del session
    return hall_events(reception)


@post(
    "/console/do/{verb:str}",
    status_code=200,
    dependencies={"session": Provide(session_of)},
    include_in_schema=False,
)
async def do(
    reception: NamedDependency[Reception],
    session: NamedDependency[Session],
    verb: FromPath[str],
    data: URLEncodedBody[DoForm],
) -> Response[str]:
    """A button: the panel as it is then, with a word on why not where it was refused."""
    try:
        _do(reception, session, verb, data)
    except CommandRefused as refusal:
        return _panel(reception, session, notice=refusal.code)
    except StoreUnavailable:
        return _panel(reception, session, notice="store")
    return _panel(reception, session)


def _do(reception: Reception, session: Session, verb: str, data: DoForm) -> None:
    consoles = reception.consoles
    if verb == "next":
        consoles.call_next(session, data.seen)
    elif verb == "answer_call":
        consoles.answer_call(session, data.ticket_id)
    elif verb in get_args(CounterVerb):
        consoles.change_counter(session, verb, data.reason[:120])  # type: ignore[arg-type]
    elif verb in get_args(TicketVerb):
        more = Particulars(
            reason=data.reason[:120],
            service=data.service[:40],
            counter=data.counter[:4],
            note=data.note[:200],
        )
        consoles.move(session, verb, data.ticket_id, more)  # type: ignore[arg-type]
    else:
        raise NotFoundException


def _panel(reception: Reception, session: Session, notice: str = "") -> Response[str]:
    state = reception.consoles.state(session)
    return reception.drawing.page("panel", session=session, console=state, notice=notice)


console_pages = [show_console, show_panel, tell_console, do]
