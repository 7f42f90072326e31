"""Who may come in at once: what a worker takes on stays bounded, whatever ten thousand want.

A city that comes back after an outage all asks together. Beyond AT_ONCE requests of devices and
systems in one worker the next is told at once to come later, and when is drawn by lot so that they
do not all come back together. A body has BODY_WITHIN_S seconds. Until the tables are there nobody
is let in.
"""

from __future__ import annotations

import asyncio
import http
import random

import msgspec
from litestar.types import ASGIApp, Receive, ReceiveMessage, Scope, Send

from centre.problems import MEDIA_TYPE
from centre.store import Database

AT_ONCE = 256
BODY_WITHIN_S = 30.0
COME_BACK_S = (2, 30)
ASKED = "/v1/"
LIFE = ("/healthz", "/readyz")


class Admission:
    """Wraps the application of one worker."""

    def __init__(self, app: ASGIApp, database: Database, *, at_once: int = AT_ONCE) -> None:
        self._app = app
        self._database = database
        self._at_once = at_once
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it in, or tell it when to come back."""
        kind: str = scope["type"]
        if kind == "lifespan" or scope["path"] in LIFE:
            await self._app(scope, receive, send)
        elif kind != "http":
            return  # nothing else is served: uvicorn is told so
        elif not self._database.is_brought_up:
            await _send_away(send, "store", "the database is not ready yet")
        elif not scope["path"].startswith(ASKED):
            await self._app(scope, receive, send)
        elif self._inside >= self._at_once:
            await _send_away(send, "busy", "too many at once")
        else:
            self._inside += 1
            try:
                await self._app(scope, _Punctual(receive), send)
            finally:
                self._inside -= 1


class _Punctual:
    """A request's body on its way in; one that takes too long ends as if the caller had left."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._until = asyncio.get_running_loop().time() + BODY_WITHIN_S
        self._ended = False

    async def __call__(self) -> ReceiveMessage:
        if self._ended:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            self._ended = True
            return {"type": "http.disconnect"}
        self._ended = message["type"] != "http.request" or not message.get("more_body", False)
        return message


async def _send_away(send: Send, code: str, detail: str) -> None:
    status = http.HTTPStatus.SERVICE_UNAVAILABLE
    problem = {"type": "about:blank", "title": status.phrase, "status": status.value}
    body = msgspec.json.encode(problem | {"code": code, "detail": detail})
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"retry-after", str(random.randint(*COME_BACK_S)).encode()),  # noqa: S311 - no secret
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status.value, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
