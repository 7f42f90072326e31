"""The gate before every page: who may speak to us, how much, and what browsers are told.

Host      a name of ours or a bare address. A foreign name that points here (DNS rebinding) is
          refused; a bare address cannot be one.                                           421
Origin    a browser that changes something, or listens, does so from a page of ours.       403
body      MAX_BODY bytes (413), within BODY_WITHIN_S seconds (the caller is hung up on)

The same gate stands before the pages of the centre, with bodies of another size, and with the
origin under which a proxy shows them.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import logging
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, ReceiveMessage, Scope, Send

log = logging.getLogger(__name__)

MAX_BODY = 64 * 1024
MAX_HANDOVER = 4 * 1024 * 1024  # a day's tickets of a kiosk that was cut off
BODY_WITHIN_S = 10.0
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
STREAMS = "/events"

CONTENT_POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "connect", "media")),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS: tuple[tuple[bytes, bytes], ...] = tuple(
    (name.encode(), value.encode())
    for name, value in {
        "content-security-policy": CONTENT_POLICY,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
    }.items()
)
STAY_ENCRYPTED = (b"strict-transport-security", b"max-age=31536000")
UNCACHED = (b"cache-control", b"no-store")


def _cap(path: str) -> int:
    return MAX_HANDOVER if path.endswith("/handover") else MAX_BODY


class Gate:
    """Wraps the application. `names` are the host names under which browsers may ask for us,
    `origins` where our pages stand besides (a proxy's), `cap` how many bytes a path may take."""

    def __init__(
        self,
        app: ASGIApp,
        names: Collection[str],
        *,
        origins: Collection[str] = (),
        cap: Callable[[str], int] = _cap,
    ) -> None:
        self._app = app
        self._names = frozenset(name.lower() for name in names)
        self._origins = frozenset(origins)
        self._cap = cap

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != ScopeType.HTTP:
            return  # nothing else is served: uvicorn is told so
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        body = _Body(receive, self._cap(scope["path"]))
        guarded = _with_headers(send, body, secure=scope["scheme"] == "https")
        if refusal := self._refusal(scope, headers):
            status, code = refusal
            log.info("%s from %s refused: %s", scope["path"], _address(scope), code)
            await _refuse(guarded, status, code)
            return
        await self._app(scope, body, guarded)

    def _refusal(self, scope: HTTPScope, headers: dict[bytes, str]) -> tuple[int, str] | None:
        host = headers.get(b"host", "")
        if not self._is_ours(host):
            return 421, "unknown_host"
        changes = scope["method"] not in SAFE_METHODS
        if changes or scope["path"].endswith(STREAMS):
            origin = headers.get(b"origin", "")
            if origin and origin not in {f"{scope['scheme']}://{host}", *self._origins}:
                return 403, "other_origin"
            if headers.get(b"sec-fetch-site", "same-origin") not in ("same-origin", "none"):
                return 403, "other_origin"
        length = headers.get(b"content-length", "0")
        if not length.isdecimal() or int(length) > self._cap(scope["path"]):
            return 413, "too_large"
        return None

    def _is_ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self._names or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _address(scope: Scope) -> str:
    client = scope["client"]
    return client[0] if client else "?"


class _Body:
    """A request's body on its way in: one past `cap`, or too slow, ends as if the caller had left.

    Whatever is answered then, the connection is not used again.
    """

    def __init__(self, receive: Receive, cap: int) -> None:
        self._receive = receive
        self._room = cap
        self._ended = False
        self.cut = False

    async def __call__(self) -> ReceiveMessage:
        """The next message."""
        if self._ended:
            return await self._receive()  # only whether the caller leaves: streams wait for hours
        try:
            async with asyncio.timeout(BODY_WITHIN_S):
                message = await self._receive()
        except TimeoutError:
            return self._cut_off()
        if message["type"] == "http.request":
            self._room -= len(message.get("body", b""))
            self._ended = not message.get("more_body", False)
            if self._room < 0:
                return self._cut_off()
        return message

    def _cut_off(self) -> ReceiveMessage:
        self._ended = self.cut = True
        return {"type": "http.disconnect"}


def _with_headers(send: Send, body: _Body, *, secure: bool) -> Send:
    """Every answer carries the same strict headers; what says nothing of caching is not kept."""
    strict = [*HEADERS, *([STAY_ENCRYPTED] if secure else [])]

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [*message.get("headers", []), *strict]
            if not any(name.lower() == b"cache-control" for name, _ in headers):
                headers.append(UNCACHED)
            if body.cut:
                headers.append((b"connection", b"close"))
            message["headers"] = headers
        await send(message)

    return guarded


async def _refuse(send: Send, status: int, code: str) -> None:
    body = json.dumps({"code": code, "detail": ""}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
