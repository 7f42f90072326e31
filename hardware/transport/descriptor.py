"""Lines that the operating system shows as a file descriptor: TCP, serial ports, files."""

import os
import select
import time

from hardware.errors import LineLost, LineStalled, NotConnected


class DescriptorTransport:
    """The writing and reading loops over a non-blocking descriptor.

    A subclass opens the descriptor and gives it to `_attach`; it overrides `_release` to close it.
    Partial writes are counted here and not by the libraries above, because none of them tells how
    much had gone out when the time was over.
    """

    one_way = False

    def __init__(self, name: str) -> None:
        self.name = name
        self._fd: int | None = None

    def _attach(self, fd: int) -> None:
        os.set_blocking(fd, False)
        self._fd = fd

    def _release(self) -> None:
        """Close the descriptor; may raise `OSError`."""
        if self._fd is not None:
            os.close(self._fd)

    def _opened(self) -> int:
        if self._fd is None:
            raise NotConnected(f"{self.name} is not open")
        return self._fd

    def write(self, data: bytes, deadline_s: float) -> None:
        """See `Transport.write`."""
        fd = self._opened()
        end = time.monotonic() + deadline_s
        view = memoryview(data)
        sent = 0
        while sent < len(data):
            try:
                _, writable, _ = select.select([], [fd], [], max(0.0, end - time.monotonic()))
                if not writable:
                    raise LineStalled(f"{self.name} takes no more bytes", sent)
                sent += os.write(fd, view[sent:])
            except BlockingIOError:
                continue
            except (OSError, ValueError) as error:  # ValueError: closed under our feet
                raise LineLost(f"{self.name}: {error}", sent) from error

    def read(self, max_bytes: int, timeout_s: float) -> bytes:
        """See `Transport.read`."""
        fd = self._opened()
        try:
            readable, _, _ = select.select([fd], [], [], timeout_s)
            if not readable:
                return b""
            data = os.read(fd, max_bytes)
        except BlockingIOError:
            return b""
        except (OSError, ValueError) as error:
            raise LineLost(f"{self.name}: {error}") from error
        if not data:
            raise LineLost(f"{self.name}: the other end hung up")
        return data

    def close(self) -> None:
        """See `Transport.close`."""
        try:
            self._release()
        except (OSError, ValueError, TypeError):
            pass  # the line was already gone
        finally:
            self._fd = None
