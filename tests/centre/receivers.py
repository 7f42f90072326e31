"""A mail server and a webhook's receiver on loopback: real sockets, in threads of their own."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from dataclasses import dataclass, field
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class _Talk(socketserver.StreamRequestHandler):
    """One conversation by RFC 5321, as much of it as a sender needs."""

    timeout = 20

    def handle(self) -> None:
        place: MailPlace = self.server.place  # type: ignore[attr-defined]
        place.connections += 1
        if place.is_dumb:
            self.rfile.readline()
            return
        self._say("220 here")
        while line := self.rfile.readline().decode("latin-1").strip():
            verb = line.partition(" ")[0].upper()
            if verb == "EHLO":
                self._say("250-here")
                self._say("250 8BITMIME")
            elif verb == "RCPT" and place.refuses:
                self._say(f"{place.refuses} no")
            elif verb == "DATA":
                self._say("354 go on")
                place.mails.append(self._mail())
                self._say("250 taken")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _mail(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return email.message_from_bytes(b"".join(lines), policy=email.policy.default)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@dataclass
class MailPlace:
    """A mail server; `refuses` is the code that recipients get, `is_dumb` says nothing at all."""

    mails: list[EmailMessage] = field(default_factory=list)
    refuses: int = 0
    is_dumb: bool = False
    connections: int = 0

    def __enter__(self) -> Self:
        self._server = _MailServer(("127.0.0.1", 0), _Talk)
        self._server.place = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """As the settings name it."""
        port = self._server.server_address[1]
        return f"smtp://127.0.0.1:{port}?from=letan@hanoi.example"


class _Posted(BaseHTTPRequestHandler):
    timeout = 20

    def do_POST(self) -> None:
        place: HookPlace = self.server.place  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["content-length"]))
        place.posts.append((dict(self.headers.items()), body))
        self.send_response(place.answers)
        if place.answers in (301, 307):
            self.send_header("location", "/elsewhere")
        self.end_headers()

    def log_message(self, *words: Any) -> None:
        """Nothing."""


@dataclass
class HookPlace:
    """Takes posts and answers with a status."""

    posts: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: int = 204

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Posted)
        self._server.place = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Where posts go."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/hook"
