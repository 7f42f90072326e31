"""The screen's end of the local socket: asks, listens, and comes back by itself for ever.

A core that is silent for `FROZEN_S` is as good as gone: the socket is dropped and dialled again.
What was asked with `resend` (safe to ask twice) is asked again with the same words after that.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalSocket

from kiosk.errors import FrameError
from kiosk.link.frames import (
    MAX_FROM_FACE,
    VERSION,
    Failure,
    FromCore,
    FromFace,
    Goodbye,
    Happened,
    Hello,
    Ping,
    Reply,
    Request,
    Welcome,
    encode,
    reader_at_face,
)
from kiosk.words import AnyCommand, Result

log = logging.getLogger(__name__)

FACE = "screen"  # as the core knows the face in front of the citizen

BEAT_MS = 250
FROZEN_S = 1.5  # without any message; Pongs come every beat
ANSWER_S = 8.0  # a plain request is given up after this
PATIENT_ANSWER_S = 30.0  # one that is asked again after a reconnect
MAX_ASKED = 32
RETRY_FIRST_S, RETRY_LAST_S = 0.05, 1.0

OnResult = Callable[[Result], None]
OnFailure = Callable[[Failure], None]


def _ignore(_: object) -> None:
    """For those who ask without waiting for an answer."""


@dataclass(slots=True)
class _Asked:
    command: AnyCommand
    on_result: OnResult
    on_failure: OnFailure
    resend: bool
    give_up_at: float


class LinkView(QObject):
    """A client of the core. `here` is true between a Welcome and the loss of the socket."""

    welcomed = Signal(object)  # KioskState
    happened = Signal(object)  # an event of kiosk.words
    came = Signal()
    went = Signal()

    def __init__(
        self, socket_path: Path, parent: QObject | None = None, *, face: str = "screen"
    ) -> None:
        super().__init__(parent)
        self._face = face
        self.here = False
        self._path = str(socket_path)
        self._reader = reader_at_face()
        self._asked: dict[int, _Asked] = {}
        self._last_id = 0
        self._heard_at = self._beaten_at = 0.0
        self._retry_s = RETRY_FIRST_S
        self._said_gone = False
        self._socket = QLocalSocket(self)
        self._socket.connected.connect(self._greet)
        self._socket.readyRead.connect(self._read)
        self._socket.disconnected.connect(self._lost)
        self._socket.errorOccurred.connect(self._lost)
        self._redial = QTimer(self, singleShot=True)
        self._redial.timeout.connect(self._dial)
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(self._on_beat)

    def open(self) -> None:
        """Start dialling; returns at once."""
        self._beat.start()
        self._dial()

    def close(self) -> None:
        """Hang up for good."""
        self._beat.stop()
        self._redial.stop()
        self._socket.blockSignals(True)
        self._socket.abort()
        self.here = False

    def ask(
        self,
        command: AnyCommand,
        on_result: OnResult = _ignore,
        on_failure: OnFailure = _ignore,
        *,
        resend: bool = False,
    ) -> None:
        """Send a command; exactly one of the two callbacks follows, from the event loop.

        The local failure code is "link": no answer came in time, or the core was away.
        """
        if len(self._asked) >= MAX_ASKED or not (self.here or resend):
            failure = Failure(id=0, code="link", detail="the core is away")
            QTimer.singleShot(0, self, lambda: on_failure(failure))
            return
        self._last_id += 1
        wait_s = PATIENT_ANSWER_S if resend else ANSWER_S
        asked = _Asked(command, on_result, on_failure, resend, time.monotonic() + wait_s)
        self._asked[self._last_id] = asked
        if self.here:
            self._send(Request(id=self._last_id, command=command))

    def _dial(self) -> None:
        self._socket.abort()
        self._redial.stop()  # which the abort may have started
        self._reader = reader_at_face()
        self._heard_at = time.monotonic()
        self._socket.connectToServer(self._path)

    def _greet(self) -> None:
        self._heard_at = time.monotonic()
        self._send(Hello(version=VERSION, face=self._face))

    def _send(self, message: FromFace) -> None:
        self._socket.write(encode(message, limit=MAX_FROM_FACE))

    def _read(self) -> None:
        self._heard_at = time.monotonic()
        try:
            messages = self._reader.feed(self._socket.readAll().data())
        except FrameError as error:
            log.warning("the core sent what is no message: %s", error.detail)
            self._socket.abort()
            return
        for message in messages:
            self._take(message)

    def _take(self, message: FromCore) -> None:
        match message:
            case Welcome(state=state):
                self._arrive()
                self.welcomed.emit(state)
            case Happened(event=event):
                self.happened.emit(event)
            case Reply(id=number, result=result):
                if asked := self._asked.pop(number, None):
                    asked.on_result(result)
            case Failure(id=number):
                if asked := self._asked.pop(number, None):
                    asked.on_failure(message)
            case Goodbye(code=code, detail=detail):
                log.error("the core will not talk: %s %s", code, detail)

    def _arrive(self) -> None:
        self.here = True
        self._retry_s = RETRY_FIRST_S
        if self._said_gone:
            log.info("the core is back")
            self._said_gone = False
        for number, asked in self._asked.items():
            self._send(Request(id=number, command=asked.command))
        self.came.emit()

    def _lost(self, _error: object = None) -> None:
        if self.here:
            self.here = False
            self.went.emit()
        if not self._said_gone:
            log.warning("the core is away: %s", self._socket.errorString())
            self._said_gone = True
        self._fail([number for number, asked in self._asked.items() if not asked.resend])
        if not self._redial.isActive():
            self._redial.start(round(self._retry_s * random.uniform(500, 1000)))  # noqa: S311
            self._retry_s = min(self._retry_s * 2, RETRY_LAST_S)

    def _fail(self, numbers: list[int]) -> None:
        for number in numbers:
            asked = self._asked.pop(number)
            asked.on_failure(Failure(id=number, code="link", detail="no answer"))

    def _on_beat(self) -> None:
        now = time.monotonic()
        was_busy = now - self._beaten_at > FROZEN_S / 2  # it was this screen that did not listen
        self._beaten_at = now
        self._fail([number for number, asked in self._asked.items() if now > asked.give_up_at])
        if self._socket.state() == QLocalSocket.LocalSocketState.UnconnectedState:
            return
        if now - self._heard_at > FROZEN_S and not was_busy:
            self._socket.abort()
        elif self.here:
            self._last_id += 1
            self._send(Ping(id=self._last_id))
