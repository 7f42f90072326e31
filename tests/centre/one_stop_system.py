"""A one-stop system for tests: a real server on loopback that can be slow, broken or away."""

from __future__ import annotations

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


class OneStopSystem:
    """Knows `states` by code; `mood` is well, broken, garbage, huge, redirect, drip or silent."""

    def __init__(self) -> None:
        self.states: dict[str, dict[str, object]] = {}
        self.mood = "well"
        self.asked: list[tuple[str, str]] = []
        self.ending = threading.Event()
        system = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                system.answer(self)

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(30)

    @property
    def url(self) -> str:
        """Its address, for a plan."""
        return f"http://127.0.0.1:{self._server.server_port}/dossiers/{{code}}?all=1"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """As its mood is."""
        code = request.path.removeprefix("/dossiers/").partition("?")[0]
        self.asked.append((code, request.headers.get("Authorization", "")))
        known = self.states.get(code)
        body, status = json.dumps({"data": known}).encode(), 200 if known else 404
        match self.mood:
            case "broken":
                status = 500
            case "garbage":
                body = b"<html>" + body
            case "huge":
                body = b'{"data": "' + b"x" * 200_000 + b'"}'
            case "redirect":
                status = 302
            case "silent":
                self.ending.wait(30)
        request.send_response(status)
        if self.mood == "redirect":
            request.send_header("Location", f"http://127.0.0.1:{self._server.server_port}/other")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        with contextlib.suppress(OSError):  # whoever asked may have gone
            self._send(request, body)

    def _send(self, request: BaseHTTPRequestHandler, body: bytes) -> None:
        if self.mood != "drip":
            request.wfile.write(body)
            return
        for number in range(len(body)):
            request.wfile.write(body[number : number + 1])
            if self.ending.wait(0.1):
                return
