"""The site's pages served from the core's loop, for as long as the core lives.

The network may come later than the core, or go: the address is tried again until it is there, and
nothing else waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from litestar.types import ASGIApp

from kiosk.site.wire import Conversation

log = logging.getLogger(__name__)

RETRY_S = 2.0
RETRY_AT_MOST_S = 30.0
IDLE_CONNECTION_S = 20
CLOSING_S = 1
CLOSED_WITHIN_S = 3.0
UNANSWERED_MS = 20_000  # a browser that fell asleep: its connection ends so long after
MAX_CONNECTIONS = 400


class _Server(uvicorn.Server):
    """uvicorn without a hand on the signals (they are the core's) and without a ticking loop."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._ended = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        await self._ended.wait()

    def end(self) -> None:
        """Hang up; `serve` returns soon after."""
        self.should_exit = True
        self._ended.set()


class SiteServer:
    """Serves `app` at host and port; port 0 picks a free one. TLS where a certificate is given."""

    def __init__(
        self, app: ASGIApp, host: str, port: int, *, certificate: str = "", private_key: str = ""
    ) -> None:
        self._app = app
        self._host = host
        self._port = port
        self._certificate = certificate
        self._private_key = private_key
        self._server: _Server | None = None
        self.bound = asyncio.Event()
        self._closed = asyncio.Event()

    @property
    def port(self) -> int:
        """The port, once it is `bound`."""
        return self._port

    async def run(self) -> None:
        """Serve until cancelled or closed."""
        listening = await self._bind()
        server = self._server = _Server(self._config())
        self._port = listening.getsockname()[1]
        self.bound.set()
        log.info("the site's pages are at %s", self.url)
        try:
            await server.serve(sockets=[listening])
        finally:
            self.bound.clear()
            self._closed.set()
            listening.close()

    @property
    def url(self) -> str:
        """Where the pages are, by the address that they are bound to."""
        name = f"[{self._host}]" if ":" in self._host else self._host
        return f"{'https' if self._certificate else 'http'}://{name}:{self._port}"

    async def close(self) -> None:
        """Hang up on everybody; ends within CLOSED_WITHIN_S."""
        if self._server is None:
            return
        self._server.end()
        try:
            async with asyncio.timeout(CLOSED_WITHIN_S):
                await self._closed.wait()
        except TimeoutError:
            log.warning("a browser does not let go: it is left")

    def _config(self) -> uvicorn.Config:
        secured = bool(self._certificate)
        return uvicorn.Config(
            self._app,
            http=Conversation,
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=IDLE_CONNECTION_S,
            timeout_graceful_shutdown=CLOSING_S,
            limit_concurrency=MAX_CONNECTIONS,
            ssl_certfile=Path(self._certificate) if secured else None,
            ssl_keyfile=Path(self._private_key) if secured else None,
        )

    async def _bind(self) -> socket.socket:
        """A listening socket, as soon as the address is there. Logs once when it is not."""
        pause = RETRY_S
        while True:
            try:
                return listening_socket(self._host, self._port)
            except OSError as error:
                if pause == RETRY_S:
                    log.warning("%s:%d cannot be served yet: %s", self._host, self._port, error)
            await asyncio.sleep(pause)
            pause = min(RETRY_AT_MOST_S, 2 * pause)


def listening_socket(host: str, port: int) -> socket.socket:
    """Bound, not blocking. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends at once (TCP_NODELAY) only where the protocol is named: 40 ms an answer else.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if sys.platform == "linux":  # what is accepted has it too
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNANSWERED_MS)
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise
    listening.setblocking(False)
    return listening
