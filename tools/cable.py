"""The cable between a kiosk and the centre: pulled, slow, swallowing, or cut in mid-answer."""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
import time

NO_LINGER = struct.pack("ii", 1, 0)  # a close is a reset


class Cable:
    """A TCP proxy to `port` of this computer; a kiosk calls it by `url`."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.1)
        self._place = self._server.getsockname()
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._ended = False
        self.is_in = True
        self.refuses = False  # nobody listens at this end: calls are refused
        self.delay_s = 0.0  # before each piece of an answer
        self.latency_s = 0.0  # before whatever comes after a silence, either way
        self.rate = 0.0  # bytes a second, either way; 0 is no limit
        self.cut_after: int | None = None  # bytes of answers; then it is pulled
        self.resets = False  # and the kiosk hears of it by a reset
        self.swallow = False  # answers go nowhere, and nobody hangs up
        self.hole = False  # nothing goes anywhere, and nobody hangs up
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def url(self) -> str:
        """Where a kiosk finds its centre."""
        return f"http://127.0.0.1:{self._place[1]}"

    def pull(self) -> None:
        """Out it is: what is under way breaks off."""
        self.is_in = False
        ends, self._ends = self._ends, []
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def plug_in(self) -> None:
        """In again, and as good as new."""
        self.cut_after, self.delay_s, self.latency_s, self.rate = None, 0.0, 0.0, 0.0
        self.resets = self.swallow = self.hole = False
        self.is_in = True
        self.refuses = False

    def close(self) -> None:
        """Thrown away."""
        self._ended = True
        self.pull()
        self._thread.join()
        for thread in self._threads:
            thread.join()
        self._server.close()

    def _serve(self) -> None:
        while not self._ended:
            if self.refuses:
                self._refuse()
            with contextlib.suppress(TimeoutError):
                here, _ = self._server.accept()
                if not self.is_in:
                    here.close()
                    continue
                self._threads = [one for one in self._threads if one.is_alive()]
                self._threads.append(threading.Thread(target=self._join, args=[here]))
                self._threads[-1].start()

    def _refuse(self) -> None:
        """Do not listen for a while."""
        self._server.close()
        while self.refuses and not self._ended:
            time.sleep(0.02)
        self._server = socket.create_server(self._place)
        self._server.settimeout(0.1)

    def _join(self, here: socket.socket) -> None:
        with here, contextlib.suppress(OSError):
            there = socket.create_connection(("127.0.0.1", self._port), 5)
            with there:
                there.settimeout(None)
                self._ends += [here, there]
                up = threading.Thread(target=self._questions, args=[here, there])
                up.start()
                self._answers(there, here)
                up.join()

    def _questions(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := self._piece(source):
                if not self.hole:
                    target.sendall(piece)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)

    def _answers(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := self._piece(source):
                time.sleep(self.delay_s)
                if self.swallow or self.hole:
                    continue
                if self.cut_after is not None:
                    piece = piece[: self.cut_after]
                    self.cut_after -= len(piece)
                target.sendall(piece)
                if self.cut_after == 0:
                    self._cut(target)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)

    def _piece(self, source: socket.socket) -> bytes:
        """What comes next, as late as this cable brings it."""
        was_silent = not select.select([source], [], [], 0)[0]
        piece = source.recv(512 if self.rate else 4096)
        if was_silent:
            time.sleep(self.latency_s)
        if self.rate:
            time.sleep(len(piece) / self.rate)
        return piece

    def _cut(self, target: socket.socket) -> None:
        if self.resets:
            target.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
            target.shutdown(socket.SHUT_RD)  # the other thread lets go: then a close resets
            target.close()
        self.pull()
