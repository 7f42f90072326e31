"""HTTP on one connection: uvicorn's own conversation with httptools, and two rules of ours.

head     MAX_HEAD bytes; a request whose head is longer is hung up on (httptools itself has no end)
answer   its head waits for its body: one packet and one system call in place of two
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 16 * 1024
_ANSWER = b"HTTP/1.1 "


class Conversation(HttpToolsProtocol):
    """One browser's connection."""

    _head = 0  # bytes of the head that is being read
    _in_head = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A browser is here."""
        super().connection_made(cast("asyncio.Transport", _InOnePiece(transport, self.loop)))

    def data_received(self, data: bytes) -> None:
        """Some of a request."""
        super().data_received(data)
        if self._in_head:
            self._head += len(data)
            if self._head > MAX_HEAD:
                self.transport.abort()

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        self._head, self._in_head = 0, True
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """A line of the head; raises ValueError, which answers 400, where there are too many."""
        super().on_header(name, value)
        self._head += len(name) + len(value)
        if self._head > MAX_HEAD:
            raise ValueError("the head is too long")

    def on_headers_complete(self) -> None:
        """The head has ended."""
        self._in_head = False
        super().on_headers_complete()


class _InOnePiece:
    """A transport that holds the head of an answer back until what follows, or the turn's end."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._held = b""

    def write(self, data: bytes) -> None:
        """Send it, behind what was held."""
        if not self._held and data.startswith(_ANSWER):
            self._held = data
            self._loop.call_soon(self._send)
        else:
            data, self._held = self._held + data, b""
            self._transport.write(data)

    def close(self) -> None:
        """Hang up when all is sent."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._held:
            self.write(b"")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
