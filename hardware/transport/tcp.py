"""A TCP line, as network printers offer it on port 9100."""

import socket

from hardware.errors import NotConnected
from hardware.transport.descriptor import DescriptorTransport

CONNECT_S = 1.0
UNHEARD_MS = 4000
"""A cable that is out is silent. Bytes that nobody has acknowledged for so long end the connection,
and the next use opens a new one; the system alone would go on for a quarter of an hour, asking ever
more rarely, and the printer would stay away for minutes after the cable is back."""


class TcpTransport(DescriptorTransport):
    """A client connection to `host` (an address, so that no name server is waited for)."""

    def __init__(self, host: str, port: int, *, connect_s: float = CONNECT_S) -> None:
        super().__init__(f"tcp:{host}:{port}")
        self._address = (host, port)
        self._connect_s = connect_s
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """See `Transport.open`; waits at most `connect_s` seconds."""
        if self._socket is not None:
            return
        try:
            line = socket.create_connection(self._address, timeout=self._connect_s)
        except OSError as error:
            raise NotConnected(f"{self.name}: {error}") from error
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNHEARD_MS)
        self._socket = line
        self._attach(line.fileno())

    def _release(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None
