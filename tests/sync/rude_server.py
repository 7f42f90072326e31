"""A server that answers as a test says, well or badly: on loopback, one thread a connection."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass
class Asked:
    """A request as it came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    connection: socket.socket = field(repr=False)


Behaviour = Callable[[Asked], bytes | None]
"""What goes back; None hangs up."""


def answer(status: int, body: object = b"", **headers: str) -> bytes:
    """A whole answer; anything but bytes becomes JSON."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(data)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + data


class RudeServer:
    """Each request is answered by the next of the behaviours; the last one goes on."""

    def __init__(self, *behaviours: Behaviour | bytes, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self._behaviours = list(behaviours)
        self.asked: list[Asked] = []
        self.connections = 0
        self._open: list[socket.socket] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.2)
        self._ended = False
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def url(self) -> str:
        scheme = "https" if self._tls else "http"
        return f"{scheme}://127.0.0.1:{self._server.getsockname()[1]}"

    def close(self) -> None:
        self._ended = True
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._server.close()

    def _serve(self) -> None:
        threads = []
        while not self._ended:
            with contextlib.suppress(TimeoutError):
                connection, _ = self._server.accept()
                self.connections += 1
                self._open.append(connection)
                threads.append(threading.Thread(target=self._converse, args=[connection]))
                threads[-1].start()
        for thread in threads:
            thread.join()

    def _converse(self, connection: socket.socket) -> None:
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError, EOFError):
            stack.enter_context(connection)
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
                stack.enter_context(connection)
                self._open.append(connection)
            for asked in _requests(connection):
                self.asked.append(asked)
                behave = self._behaviours[0]
                if len(self._behaviours) > 1:
                    self._behaviours.pop(0)
                told = behave if isinstance(behave, bytes) else behave(asked)
                if told is None:
                    return
                connection.sendall(told)


def _requests(connection: socket.socket) -> Iterator[Asked]:
    with connection.makefile("rb") as lines:
        while first := lines.readline().decode():
            method, target, _ = first.split()
            headers = {}
            while line := lines.readline().decode().strip():
                name, _, value = line.partition(":")
                headers[name.lower()] = value.strip()
            body = lines.read(int(headers.get("content-length", 0)))
            yield Asked(method, target, headers, body, connection)
