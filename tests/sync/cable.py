"""The cable between a kiosk and the centre: pulled, slow, or cut in the middle of an answer."""

from __future__ import annotations

import contextlib
import socket
import threading
import time


class Cable:
    """A TCP proxy to `port` of this computer; a kiosk calls it by `url`."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.1)
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._ended = False
        self.is_in = True
        self.delay_s = 0.0  # before each piece of an answer
        self.cut_after: int | None = None  # bytes of answers; then it is pulled
        self.swallow = False  # answers go nowhere, and nobody hangs up
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.getsockname()[1]}"

    def pull(self) -> None:
        """Out it is: what is under way breaks off."""
        self.is_in = False
        ends, self._ends = self._ends, []
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def plug_in(self) -> None:
        """In again."""
        self.cut_after, self.delay_s, self.swallow = None, 0.0, False
        self.is_in = True

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
            with contextlib.suppress(TimeoutError):
                here, _ = self._server.accept()
                if not self.is_in:
                    here.close()
                    continue
                self._threads.append(threading.Thread(target=self._join, args=[here]))
                self._threads[-1].start()

    def _join(self, here: socket.socket) -> None:
        with here, contextlib.suppress(OSError):
            there = socket.create_connection(("127.0.0.1", self._port), 5)
            with there:
                there.settimeout(None)
                self._ends += [here, there]
                up = threading.Thread(target=self._pump, args=[here, there])
                up.start()
                self._answers(there, here)
                up.join()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                target.sendall(piece)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)

    def _answers(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(4096):
                time.sleep(self.delay_s)
                if self.swallow:
                    continue
                if self.cut_after is not None:
                    piece = piece[: self.cut_after]
                    self.cut_after -= len(piece)
                target.sendall(piece)
                if self.cut_after == 0:
                    self.pull()
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)
