"""A face without a loop: asks the core one thing after the other (command line, tests)."""

from __future__ import annotations

import itertools
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from kiosk.errors import CommandRefused, LinkError
from kiosk.link.frames import (
    MAX_FROM_FACE,
    VERSION,
    Failure,
    FromCore,
    FromFace,
    Goodbye,
    Happened,
    Hello,
    Reply,
    Request,
    Welcome,
    encode,
    reader_at_face,
)
from kiosk.words import AnyCommand, AnyEvent, KioskState, Result

CHUNK = 64 * 1024


class LinkClient:
    """A conversation with the core. Every call ends within `timeout_s` or raises LinkError."""

    def __init__(self, path: Path, *, face: str = "cli", timeout_s: float = 10.0) -> None:
        self._timeout = timeout_s
        self._reader = reader_at_face()
        self._inbox: list[FromCore] = []
        self._ids = itertools.count(1)
        self.events: list[AnyEvent] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(timeout_s)
        try:
            self._socket.connect(str(path))
            self._send(Hello(version=VERSION, face=face))
            self.welcome_state = self._welcome()
        except OSError as error:
            self._socket.close()
            raise LinkError(f"the core does not answer at {path}: {error}") from error
        except LinkError:
            self._socket.close()
            raise

    welcome_state: KioskState

    def ask(self, command: AnyCommand) -> Result:
        """Carry out a command. Raises CommandRefused with the core's code, or LinkError."""
        number = next(self._ids)
        self._send(Request(id=number, command=command))
        for message in self._messages():
            if isinstance(message, Reply) and message.id == number:
                return message.result
            if isinstance(message, Failure) and message.id == number:
                raise CommandRefused(message.detail, code=message.code, opens_at=message.opens_at)
        raise LinkError("the core did not answer in time")

    def wait_for_events(self, seconds: float) -> Iterator[AnyEvent]:
        """The events of the next `seconds`, those that came meanwhile first."""
        yield from self.events
        self.events.clear()
        for _ in self._messages(seconds):
            yield from self.events
            self.events.clear()

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _welcome(self) -> KioskState:
        for message in self._messages():
            if isinstance(message, Welcome):
                return message.state
        raise LinkError("the core did not answer in time")

    def _send(self, message: FromFace) -> None:
        try:
            self._socket.sendall(encode(message, limit=MAX_FROM_FACE))
        except ConnectionError as error:
            for _ in self._messages():
                pass  # a goodbye said before the core hung up lies here still, and tells why
            raise LinkError(f"the core has hung up: {error}") from error
        except OSError as error:
            raise LinkError(f"the core does not listen: {error}") from error

    def _messages(self, within_s: float | None = None) -> Iterator[FromCore]:
        """Messages as they come; ends when the time is over. Events are put aside."""
        ends = time.monotonic() + (self._timeout if within_s is None else within_s)
        while True:
            while self._inbox:
                message = self._inbox.pop(0)
                if isinstance(message, Goodbye):
                    raise LinkError(f"the core says goodbye: {message.code}: {message.detail}")
                if isinstance(message, Happened):
                    self.events.append(message.event)
                yield message
            left = ends - time.monotonic()
            if left <= 0:
                return
            self._inbox += self._receive(left)

    def _receive(self, within_s: float) -> list[FromCore]:
        self._socket.settimeout(within_s)
        try:
            data = self._socket.recv(CHUNK)
        except TimeoutError:
            return []
        except OSError as error:
            raise LinkError(f"the core has hung up: {error}") from error
        if not data:
            raise LinkError("the core has hung up")
        return self._reader.feed(data)
