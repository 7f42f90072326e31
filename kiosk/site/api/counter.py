"""A counter's verbs. Whose counter it is, the session tells; nobody names it."""

from __future__ import annotations

from typing import Annotated

from litestar import Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, PathParameter
from msgspec import Meta

from kiosk.site.answers import problems
from kiosk.site.console import ConsoleState
from kiosk.site.login import FACE
from kiosk.site.reception import Reception, session_of
from kiosk.site.sessions import Session
from kiosk.site.verbs import CounterVerb, Particulars, TicketVerb
from kiosk.words import CallResult, IssueTicket, Language, TicketCard, TicketResult
from kiosk.words.root import Word

Id = Annotated[int, PathParameter(ge=1, le=2**53)]


class CallWish(Word, frozen=True, kw_only=True):
    """`seen` is the id of the ticket that the console shows at its counter, 0 for none: where
    another one is there by now, nobody is called. -1 calls whatever is there."""

    seen: Annotated[int, Meta(ge=-1, le=2**53)] = -1


class NumberWish(Word, frozen=True, kw_only=True):
    """A number for somebody at the counter. The same `request_id` always gives the same ticket."""

    request_id: Annotated[str, Meta(min_length=8, max_length=64)]
    service: Annotated[str, Meta(max_length=40)]
    priority: Annotated[str, Meta(max_length=40)] = ""
    language: Language = "vi"


class Why(Word, frozen=True, kw_only=True):
    """`reason` of a pause."""

    reason: Annotated[str, Meta(max_length=120)] = ""


@get("/counter", responses=problems(401, 404, 503), operation_id="counter")
async def ask_counter(
    reception: NamedDependency[Reception], session: NamedDependency[Session]
) -> ConsoleState:
    """Everything that the console of this session shows."""
    return reception.consoles.state(session)


@post(
    "/counter/next",
    status_code=200,
    responses=problems(400, 401, 403, 404, 409, 503),
    operation_id="call_next",
)
async def call_next(
    reception: NamedDependency[Reception],
    session: NamedDependency[Session],
    data: JSONBody[CallWish],
) -> CallResult:
    """Call whoever is next; who is being served is completed."""
    return reception.consoles.call_next(session, None if data.seen < 0 else data.seen)


@post(
    "/counter/is/{verb:str}",
    status_code=200,
    responses=problems(400, 401, 403, 404, 409, 503),
    operation_id="change_counter",
)
async def change_counter(
    reception: NamedDependency[Reception],
    session: NamedDependency[Session],
    verb: FromPath[CounterVerb],
    data: JSONBody[Why],
) -> ConsoleState:
    """Open the counter, pause it or close it."""
    reception.consoles.change_counter(session, verb, data.reason)
    return reception.consoles.state(session)


@post(
    "/counter/tickets/{ticket_id:int}/{verb:str}",
    status_code=200,
    responses=problems(400, 401, 403, 404, 409, 503),
    operation_id="move_ticket",
)
async def move_ticket(
    reception: NamedDependency[Reception],
    session: NamedDependency[Session],
    ticket_id: Id,
    verb: FromPath[TicketVerb],
    data: JSONBody[Particulars],
) -> CallResult:
    """Do a verb to a ticket: recall, serve, hold, put back, transfer, complete ..."""
    return reception.consoles.move(session, verb, ticket_id, data)


@post(
    "/staff-calls/{call_id:int}/answer",
    status_code=204,
    responses=problems(400, 401, 403, 404, 409, 503),
    operation_id="answer_call",
)
async def answer_call(
    reception: NamedDependency[Reception], session: NamedDependency[Session], call_id: Id
) -> None:
    """Go to the citizen at a kiosk who asked for a person."""
    reception.consoles.answer_call(session, call_id)


@post("/tickets", responses=problems(400, 401, 403, 404, 409, 503), operation_id="issue_ticket")
async def issue_ticket(
    reception: NamedDependency[Reception],
    session: NamedDependency[Session],
    data: JSONBody[NumberWish],
) -> TicketCard:
    """Give a number to somebody who stands at the counter; the kiosk prints its slip."""
    wanted = IssueTicket(
        request_id=data.request_id,
        service=data.service,
        priority=data.priority,
        language=data.language,
    )
    result = await reception.door.obey(wanted, f"{FACE} {session.counter}")
    assert isinstance(result, TicketResult)
    return result.card


counter_api = Router(
    "/",
    route_handlers=[ask_counter, call_next, change_counter, move_ticket, answer_call, issue_ticket],
    dependencies={"session": Provide(session_of)},
    tags=["counter"],
)
