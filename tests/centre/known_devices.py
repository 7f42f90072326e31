"""A centre of the devices' handlers alone, with sites and devices that are known to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Self, TypeVar

from centre_loop import change, closing, in_a_loop
from litestar import Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import JSONBody
from litestar.testing import TestClient
from litestar.types import ControllerRouterHandler
from signing_device import ROOT, Moving, SigningDevice
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.api import documents, identity
from centre.application import application
from centre.clock import provide_now
from centre.documents.feed import FeedReader
from centre.identity.caller import Caller
from centre.identity.gate import devices_alone, provide_caller
from centre.identity.surroundings import identity_state
from centre.settings import Settings
from centre.store import Database
from centre.store.tables.devices import Device, Site

T = TypeVar("T")
SITES = {"hoan-kiem": "pilot", "tay-ho": ""}
"""Each with its group."""


@get("/v1/whoami")
async def get_whoami(caller: NamedDependency[Caller]) -> dict[str, str]:
    """Who the gate says that it was."""
    return {"device": caller.device, "site": caller.site, "group": caller.group}


@post("/v1/echo", status_code=200)
async def post_echo(
    data: JSONBody[dict[str, Any]], caller: NamedDependency[Caller]
) -> dict[str, Any]:
    """What came, of whom."""
    return {"device": caller.device, **data}


class Worker:
    """One worker's application in its own loop; `client` reaches it. A context manager."""

    def __init__(
        self,
        settings: Settings,
        clock: Moving,
        more: Sequence[ControllerRouterHandler] = (),
        look_every_s: float = 0.0,
    ) -> None:
        self.settings, self.clock = settings, clock
        database = Database(settings.database_url, pool=5)
        devices = Router(
            "/",
            guards=[devices_alone],
            dependencies={"caller": Provide(provide_caller)},
            route_handlers=[
                identity.post_key,
                *documents.handlers,
                get_whoami,
                post_echo,
                *more,
            ],
        )
        timed = Router(
            "/",
            dependencies={"now": Provide(provide_now)},
            route_handlers=[devices, identity.post_enrolment],
        )
        app = application(
            database,
            [timed],
            state={
                "now": clock,
                **identity_state(database, settings, clock),
                "feed": FeedReader(database, look_every_s=look_every_s),
            },
        )
        self.client = TestClient(app, base_url=ROOT)

    def __enter__(self) -> Self:
        self.client.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.client.__exit__(*error)

    def device(self, **facts: Any) -> SigningDevice:
        """A device that reaches this worker, its clock right; not known yet."""
        return SigningDevice(self.client, Moving(self.clock()), **facts)


def in_a_change(database: Database, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    """Do the work in one transaction, through a connection of its own."""
    asked = Database(database.url, pool=1)

    async def make() -> T:
        async with asked.changing() as connection:
            return await work(connection)

    return in_a_loop(closing(asked, make))


def make_sites(database: Database, clock: Moving) -> None:
    """Two sites, one of them in the group "pilot"."""
    rows = [
        {"code": code, "name_vi": code, "name_en": code, "group": group, "made_at": clock()}
        for code, group in SITES.items()
    ]
    change(database, insert(Site).values(rows))


def make_known(database: Database, device: SigningDevice, site: str = "hoan-kiem") -> SigningDevice:
    """As if it had been enrolled."""
    device.name = f"{site}-{device.public_key[:10]}"
    row = {
        "id": device.name,
        "site": site,
        "name": "Sảnh tầng 1",
        "public_key": bytes.fromhex(device.public_key),
        "key_since": device.clock(),
        "enrolled_at": device.clock(),
    }
    change(database, insert(Device).values(row))
    return device
