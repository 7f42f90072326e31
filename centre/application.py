"""The centre's application: what devices, city systems and browsers may ask for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.datastructures import State
from litestar.types import ControllerRouterHandler, LifespanHook

from centre.problems import tell_problem
from centre.store import Database

MAX_BODY = 8 * 1024 * 1024


def application(
    database: Database,
    handlers: Sequence[ControllerRouterHandler],
    *,
    state: dict[str, object] | None = None,
    on_startup: Sequence[LifespanHook] = (),
    on_shutdown: Sequence[LifespanHook] = (),
) -> Litestar:
    """An application over one database. `state` is what handlers find in `request.app.state`."""

    @asynccontextmanager
    async def opened(_app: Litestar) -> AsyncIterator[None]:
        await database.bring_up()
        try:
            yield
        finally:
            await database.close()

    return Litestar(
        list(handlers),
        state=State({"database": database, **(state or {})}),
        exception_handlers={Exception: tell_problem},
        lifespan=[opened],
        on_startup=list(on_startup),
        on_shutdown=list(on_shutdown),
        request_max_body_size=MAX_BODY,
        openapi_config=None,
        logging_config=None,
    )
