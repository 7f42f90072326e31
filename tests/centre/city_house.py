"""A city with one ward, its bookable services, and a client that books: for tests."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from centre_loop import closing, in_a_loop
from litestar.testing import TestClient
from sqlalchemy import insert

from centre.application import application
from centre.bookings.city import handlers
from centre.bookings.desk import BookingDesk
from centre.bookings.shapes import NewBooking
from centre.clients.register import Scope, add_client
from centre.store import Database
from centre.store.tables.bookings import Quota
from centre.store.tables.devices import Site
from kiosk.queueing.hours import HANOI

SECRET = bytes(range(32))
MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=HANOI)
WEEK = [["07:30-11:30", "13:30-17:00"]] * 5 + [["07:30-11:30"], []]
PERSON = "001088012345"


def at(clock: str, day: int = 0) -> datetime:
    """A moment of Monday, or of a day after it."""
    hour, minute = (int(part) for part in clock.split(":"))
    return MONDAY.replace(hour=hour, minute=minute) + timedelta(days=day)


def said(clock: str, day: int = 0) -> str:
    """The same, as the app writes it."""
    return at(clock, day).isoformat()


def wish(request_id: str, **more: Any) -> NewBooking:
    """A wish for land matters at nine."""
    values = {"site": "tan-an", "service": "land", "at": said("09:00"), "person": PERSON}
    return NewBooking(request_id=request_id, **(values | more))


async def settle(database: Database) -> BookingDesk:
    """Two sites; land (2 a slot), birth and marriage (one field); land at the other."""
    plans = [
        ("tan-an", "land", "land", 2),
        ("tan-an", "birth", "civil-status", 1),
        ("tan-an", "marriage", "civil-status", 1),
        ("ba-dinh", "land", "land", 1),
    ]
    async with database.changing() as connection:
        for code, name in (("tan-an", "Tân An"), ("ba-dinh", "Ba Đình")):
            made = {"code": code, "name_vi": name, "name_en": code.title()}
            await connection.execute(insert(Site).values(made_at=datetime.now(UTC), **made))
        for site, service, field, a_slot in plans:
            values = {"site": site, "service": service, "field": field, "a_slot": a_slot}
            await connection.execute(insert(Quota).values(slot_min=30, week=WEEK, **values))
    return BookingDesk(database=database, secret=SECRET)


async def add_clients(database: Database) -> dict[str, str]:
    """The tokens of the clients app (bookings), other (bookings) and board (slots)."""
    scopes: dict[str, Scope] = {"app": "bookings", "other": "bookings", "board": "slots"}
    return {
        name: await add_client(database, name, [scope], "test", MONDAY)
        for name, scope in scopes.items()
    }


class City:
    """The centre's part for the city's systems, as a client meets it; its clock stands at `now`."""

    def __init__(self, web: TestClient[Any], desk: BookingDesk, tokens: dict[str, str]) -> None:
        self.web, self.desk, self.tokens = web, desk, tokens
        self.now = MONDAY

    def ask(self, method: str, path: str, *, by: str = "app", **more: Any) -> httpx.Response:
        """A request with a client's token ("" for none)."""
        headers = {"Authorization": f"Bearer {self.tokens[by]}"} if by else {}
        headers |= more.pop("headers", {})
        return self.web.request(method, f"/v1/city{path}", headers=headers, **more)

    def book(self, request_id: str, *, by: str = "app", **more: Any) -> httpx.Response:
        """Wish for land matters at nine."""
        values = {"request_id": request_id, "site": "tan-an", "service": "land"}
        values |= {"at": said("09:00"), "person": PERSON}
        return self.ask("POST", "/bookings", by=by, json=values | more)


@contextmanager
def open_city(database: Database) -> Iterator[City]:
    """Two sites and three clients, and the application over them."""

    async def prepare(apart: Database) -> dict[str, str]:
        await settle(apart)
        return await add_clients(apart)

    apart = Database(database.url, pool=1)
    tokens = in_a_loop(closing(apart, lambda: prepare(apart)))
    desk = BookingDesk(database=database, secret=SECRET)
    state: dict[str, object] = {"bookings": desk, "now": lambda: city.now}
    served = application(database, handlers, state=state)
    with TestClient(served, raise_server_exceptions=False) as web:
        city = City(web, desk, tokens)
        yield city


def in_loop(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run a test of coroutines to its end."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


def with_desk(test: Callable[[BookingDesk], Awaitable[None]]) -> Callable[[Database], None]:
    """Hand a test a desk with its clients, and close the database in the loop that opened it."""

    def run(database: Database) -> None:
        asyncio.run(hand(database))

    async def hand(database: Database) -> None:
        try:
            desk = await settle(database)
            await add_clients(database)
            await test(desk)
        finally:
            await database.close()

    run.__name__ = test.__name__
    return run
