"""The centre's application: what devices, city systems and browsers may ask for.

A database that is away does not keep it from starting: it serves, says that it is not ready, and
goes on trying. What goes is logged once, and once when it is back.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.datastructures import State
from litestar.types import ControllerRouterHandler, LifespanHook

from centre.problems import tell_problem
from centre.store import Database

log = logging.getLogger(__name__)

MAX_BODY = 8 * 1024 * 1024
READY_WITHIN_S = 20.0
AGAIN_S, AGAIN_AT_MOST_S = 1.0, 30.0


def application(
    database: Database,
    handlers: Sequence[ControllerRouterHandler],
    *,
    state: dict[str, object] | None = None,
    on_startup: Sequence[LifespanHook] = (),
    on_shutdown: Sequence[LifespanHook] = (),
) -> Litestar:
    """An application over one database. `state` is what handlers find in `request.app.state`.

    What works beside the requests (`on_startup`) begins once the tables are there, and ends before
    the database is closed (Litestar's own hooks would come after it): a round under way would
    leave a connection behind.
    """

    async def come_up(app: Litestar, tried: asyncio.Event) -> None:
        await bring_up(database, tried)
        for hook in on_startup:
            await _call(hook, app)
        tried.set()

    @asynccontextmanager
    async def opened(app: Litestar) -> AsyncIterator[None]:
        tried = asyncio.Event()
        coming = asyncio.create_task(come_up(app, tried))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(READY_WITHIN_S):
                await tried.wait()
        try:
            yield
        finally:
            coming.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await coming
            for hook in on_shutdown:
                await _call(hook, app)
            await database.close()

    return Litestar(
        list(handlers),
        state=State({"database": database, **(state or {})}),
        exception_handlers={Exception: tell_problem},
        lifespan=[opened],
        request_max_body_size=MAX_BODY,
        openapi_config=None,
        logging_config=None,
    )


async def _call(hook: LifespanHook, app: Litestar) -> None:
    done = hook(app) if inspect.signature(hook).parameters else hook()  # type: ignore[call-arg]
    if inspect.isawaitable(done):
        await done


async def bring_up(database: Database, tried: asyncio.Event) -> None:
    """Bring the tables up, as soon as the database lets us. `tried` is set after a failed try."""
    pause = AGAIN_S
    while not database.is_brought_up:
        try:
            await database.bring_up()
        except Exception as error:
            if pause == AGAIN_S:
                log.error("the database cannot be used yet: %s", error)  # noqa: TRY400 - no bug
            tried.set()
            await asyncio.sleep(pause)
            pause = min(AGAIN_AT_MOST_S, 2 * pause)
    if pause > AGAIN_S:
        log.warning("the database can be used")
