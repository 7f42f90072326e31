"""What the city's app may ask for: `/v1/city`, told in docs/centre-api.md."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from litestar import Response, Router, delete, get, patch, post
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody, PathParameter, QueryParameter

from centre.bookings.desk import BookingDesk
from centre.bookings.shapes import CODE, BookableSites, Booked, BookingMove, NewBooking, Slots
from centre.clients.gate import allowed, provide_client
from centre.clients.register import Client
from centre.clock import provide_now
from centre.problems import problems

MAX_BODY = 4096  # bytes

BookingCode = Annotated[str, PathParameter(pattern=r"^[A-Za-z0-9]{4}-?[A-Za-z0-9]{4}$")]
Version = Annotated[int | None, QueryParameter(ge=1, le=2**53, required=False)]
Place = Annotated[str, QueryParameter(pattern=CODE)]
Day = Annotated[date, QueryParameter()]
Desk = NamedDependency[BookingDesk]
Asking = NamedDependency[Client]
Now = NamedDependency[datetime]


@get("/sites", responses=problems(401, 403, 503))
async def ask_sites(desk: Desk, now: Now) -> BookableSites:
    """Which services can be booked at which sites, and for which days."""
    return await desk.sites(now)


@get("/slots", responses=problems(400, 401, 403, 404, 503))
async def ask_slots(desk: Desk, now: Now, site: Place, service: Place, day: Day) -> Slots:
    """The free slots of a service at a site on a day; none before today or after six days."""
    return await desk.slots(site, service, day, now)


@post(
    "/bookings",
    responses={
        200: ResponseSpec(Booked, description="Made before by this", generate_examples=False),
        **problems(400, 401, 403, 409, 413, 422, 503),
    },
)
async def make_booking(
    desk: Desk, client: Asking, now: Now, data: JSONBody[NewBooking]
) -> Response[Booked]:
    """Book a slot. The same request_id finds the booking that it made: ask again without fear."""
    booked, is_new = await desk.create(client.name, data, now)
    return Response(booked, status_code=201 if is_new else 200)


@get("/bookings/{code:str}", responses=problems(400, 401, 403, 404, 503))
async def ask_booking(desk: Desk, client: Asking, code: BookingCode) -> Booked:
    """One of this client's bookings; gone the day after its day."""
    return await desk.read(client.name, code)


@patch(
    "/bookings/{code:str}",
    responses=problems(400, 401, 403, 404, 409, 413, 422, 503),
)
async def move_booking(
    desk: Desk,
    client: Asking,
    now: Now,
    code: BookingCode,
    data: JSONBody[BookingMove],
    version: Version = None,
) -> Booked:
    """Move a booking that is still to come. With a `version`, only where it is still that one."""
    return await desk.change(client.name, code, data, now, version)


@delete(
    "/bookings/{code:str}",
    status_code=200,
    responses=problems(400, 401, 403, 404, 409, 503),
)
async def cancel_booking(
    desk: Desk, client: Asking, now: Now, code: BookingCode, version: Version = None
) -> Booked:
    """Take a booking back; again is no harm."""
    return await desk.cancel(client.name, code, now, version)


def _desk(state: State) -> BookingDesk:
    desk: BookingDesk = state.bookings
    return desk


_DEPENDENCIES = {
    "desk": Provide(_desk, sync_to_thread=False),
    "now": Provide(provide_now),
    "client": Provide(provide_client, sync_to_thread=False),
}
_BEARER = [{"client": list[str]()}]

handlers = [
    Router(
        "/v1/city",
        route_handlers=[ask_sites, ask_slots],
        guards=[allowed("bookings", "slots")],
        dependencies=_DEPENDENCIES,
        security=_BEARER,
        tags=["city"],
    ),
    Router(
        "/v1/city",
        route_handlers=[make_booking, ask_booking, move_booking, cancel_booking],
        guards=[allowed("bookings")],
        dependencies=_DEPENDENCIES,
        security=_BEARER,
        tags=["city"],
        request_max_body_size=MAX_BODY,
    ),
]
