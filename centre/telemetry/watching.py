"""Every request is counted and timed, by the pattern of its path; one that takes long is logged."""

from __future__ import annotations

import logging
import time

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from centre.telemetry.metrics import REQUESTS

log = logging.getLogger(__name__)

SLOW_S = 5.0
NOWHERE = "-"
"""The pattern of a path that leads nowhere."""


class Watching:
    """Wraps the application of one worker."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through, and count."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        status = 0
        begun = time.perf_counter()

        async def heard(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, heard)
        finally:
            took = time.perf_counter() - begun
            route = scope.get("path_template") or NOWHERE
            method = scope["method"] if route != NOWHERE else NOWHERE
            REQUESTS.labels(method, route, str(status)).observe(took)
            if took > SLOW_S:
                log.warning("%s %s took %.1f s, answered %d", method, route, took, status)
