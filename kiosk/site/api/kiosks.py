"""The other kiosks of the site, whose leader this one is. They know the site's secret."""

from __future__ import annotations

from typing import Annotated

from litestar import Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import JSONBody, PathParameter
from msgspec import Meta

from kiosk.queueing.ticket import Ticket
from kiosk.site.answers import problems
from kiosk.site.api.counter import NumberWish
from kiosk.site.login import FACE
from kiosk.site.reception import Reception, kiosk_of
from kiosk.words import (
    AskSite,
    BookingsCopy,
    CallClerk,
    CheckInBooking,
    CopyBookings,
    IssueForKiosk,
    Language,
    SiteResult,
    TakenResult,
    TakeOver,
    TicketCard,
    TicketResult,
)
from kiosk.words.root import Word

Letter = Annotated[str, PathParameter(pattern="^[A-Z]$", description="The kiosk's own letter")]


class HandOver(Word, frozen=True, kw_only=True):
    """Numbers that a kiosk gave under its own letter while it could not reach its leader."""

    tickets: tuple[Ticket, ...]


class BookingWish(Word, frozen=True, kw_only=True):
    """Who has booked is here. The same code always gives the same ticket."""

    code: Annotated[str, Meta(min_length=1, max_length=100)]
    priority: Annotated[str, Meta(max_length=40)] = ""
    language: Language = "vi"


class Whereabouts(Word, frozen=True, kw_only=True):
    """The page on which the citizen was who wants a person."""

    page: Annotated[str, Meta(max_length=60)] = ""


class Taken(Word, frozen=True, kw_only=True):
    """The request ids of the tickets that the leader now keeps."""

    request_ids: tuple[str, ...]


@post(
    "/kiosks/{letter:str}/tickets",
    responses=problems(400, 401, 404, 409, 503),
    operation_id="issue_for_kiosk",
)
async def issue_for_kiosk(
    reception: NamedDependency[Reception],
    is_kiosk: NamedDependency[None],
    letter: Letter,
    data: JSONBody[NumberWish],
) -> TicketCard:
    """Give a number to another kiosk, which prints its slip itself."""
    wanted = IssueForKiosk(
        kiosk=letter,
        request_id=data.request_id,
        service=data.service,
        priority=data.priority,
        language=data.language,
    )
    result = await reception.door.obey(wanted, FACE)
    assert isinstance(result, TicketResult)
    return result.card


@post(
    "/kiosks/{letter:str}/handover",
    status_code=200,
    responses=problems(400, 401, 404, 409, 503),
    operation_id="hand_over",
)
async def hand_over(
    reception: NamedDependency[Reception],
    is_kiosk: NamedDependency[None],
    letter: Letter,
    data: JSONBody[HandOver],
) -> Taken:
    """Take over the numbers that a kiosk gave by itself; again is no harm."""
    result = reception.door.do(TakeOver(kiosk=letter, tickets=data.tickets), FACE)
    assert isinstance(result, TakenResult)
    return Taken(request_ids=result.request_ids)


@post(
    "/kiosks/{letter:str}/bookings",
    responses=problems(400, 401, 404, 409, 503),
    operation_id="check_in_for_kiosk",
)
async def check_in_for_kiosk(
    reception: NamedDependency[Reception],
    is_kiosk: NamedDependency[None],
    letter: Letter,
    data: JSONBody[BookingWish],
) -> TicketCard:
    """Give the number of a booking to another kiosk, which prints its slip itself."""
    wanted = CheckInBooking(
        kiosk=letter, code=data.code, priority=data.priority, language=data.language
    )
    result = reception.door.do(wanted, FACE)
    assert isinstance(result, TicketResult)
    return result.card


@post(
    "/kiosks/{letter:str}/calls",
    status_code=204,
    responses=problems(400, 401, 404, 409, 503),
    operation_id="call_clerk_for_kiosk",
)
async def call_clerk_for_kiosk(
    reception: NamedDependency[Reception],
    is_kiosk: NamedDependency[None],
    letter: Letter,
    data: JSONBody[Whereabouts],
) -> None:
    """A citizen at another kiosk wants a person: the consoles sound."""
    reception.door.do(CallClerk(kiosk=letter, page=data.page), FACE)


@get(
    "/kiosks/{letter:str}/site",
    responses=problems(400, 401, 404, 409, 503),
    operation_id="site_for_kiosk",
)
async def site_for_kiosk(
    reception: NamedDependency[Reception],
    is_kiosk: NamedDependency[None],
    letter: Letter,
) -> SiteResult:
    """Services and hall as another kiosk is to show them now."""
    result = reception.door.do(AskSite(kiosk=letter), FACE)
    assert isinstance(result, SiteResult)
    return result


@get(
    "/kiosks/{letter:str}/bookings",
    responses=problems(400, 401, 404, 409, 503),
    operation_id="bookings_for_kiosk",
)
async def bookings_for_kiosk(
    reception: NamedDependency[Reception],
    is_kiosk: NamedDependency[None],
    letter: Letter,
) -> BookingsCopy:
    """The bookings, for another kiosk to check them in while this one is away."""
    result = reception.door.do(CopyBookings(kiosk=letter), FACE)
    assert isinstance(result, BookingsCopy)
    return result


kiosks_api = Router(
    "/",
    route_handlers=[
        issue_for_kiosk,
        check_in_for_kiosk,
        hand_over,
        call_clerk_for_kiosk,
        site_for_kiosk,
        bookings_for_kiosk,
    ],
    dependencies={"is_kiosk": Provide(kiosk_of)},
    tags=["kiosks"],
)
