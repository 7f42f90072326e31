"""A line without answers: an ordinary file, or a printer's raw node such as /dev/usb/lp0."""

import fcntl
import os
import stat
from pathlib import Path

from hardware.errors import LineLost, NotConnected
from hardware.transport.descriptor import DescriptorTransport


class FileTransport(DescriptorTransport):
    """Appends to `path`, held alone. What was written is on the disk when `write` returns."""

    one_way = True

    def __init__(self, path: Path) -> None:
        super().__init__(f"file:{path}")
        self._path = path

    def open(self) -> None:
        """See `Transport.open`. A missing device node is never created as a file."""
        if self._fd is not None:
            return
        flags = os.O_WRONLY | os.O_APPEND | os.O_NONBLOCK | os.O_CLOEXEC
        if not self._path.is_relative_to("/dev"):
            flags |= os.O_CREAT
        try:
            fd = os.open(self._path, flags, 0o644)
        except OSError as error:
            raise NotConnected(f"{self.name}: {error}") from error
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(fd)
            raise NotConnected(f"{self.name}: another program has it") from error
        self._attach(fd)

    def write(self, data: bytes, deadline_s: float) -> None:
        """See `Transport.write`."""
        super().write(data, deadline_s)
        fd = self._opened()
        try:
            if stat.S_ISREG(os.fstat(fd).st_mode):
                os.fsync(fd)
        except OSError as error:
            raise LineLost(f"{self.name}: {error}", len(data)) from error

    def read(self, max_bytes: int, timeout_s: float) -> bytes:
        """Nothing ever comes back."""
        del max_bytes, timeout_s
        self._opened()
        return b""
