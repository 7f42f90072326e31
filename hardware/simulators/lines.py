"""Lines to a simulated printer from other programs: a TCP port, and a pty for serial drivers.

Each line has one thread. Pulling the machine's cable (`unplugged`) ends its connection: a TCP
client is hung up on and refused, a pty goes away as a USB adapter does and comes back under the
same name.
"""

import contextlib
import os
import pty
import selectors
import socket
import threading
import tty
from pathlib import Path

from hardware.transport.loopback import Device

LOOK_S = 0.02
"""How often a line looks whether the cable is in and whether it should end."""
CHUNK = 4096


class TcpLine:
    """The machine on a TCP port of this computer, one client at a time, as on port 9100."""

    def __init__(self, machine: Device, *, host: str = "127.0.0.1", port: int = 0) -> None:
        """Port 0 takes a free one: see `port`. Raises `OSError` when the port is taken."""
        self._machine = machine
        self._ending = threading.Event()
        self._door = socket.create_server((host, port))
        self._door.settimeout(LOOK_S)
        self.port: int = self._door.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name="printer-tcp", daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while not self._ending.is_set():
            try:
                client, _ = self._door.accept()
            except TimeoutError:
                continue
            with client:
                if self._machine.plugged:
                    _carry(self._machine, client.fileno(), self._ending)

    def close(self) -> None:
        """Hang up and stop listening."""
        self._ending.set()
        self._thread.join()
        self._door.close()


class PtyLine:
    """The machine behind a pty; `link` is a name for it that stays when it is plugged again."""

    def __init__(self, machine: Device, link: Path) -> None:
        self._machine = machine
        self._ending = threading.Event()
        self.link = link
        self._pair = self._plug()
        self._thread = threading.Thread(target=self._serve, name="printer-pty", daemon=True)
        self._thread.start()

    def _plug(self) -> tuple[int, int]:
        """A new pty under the old name. Its far end is kept open here too, so that a driver that
        leaves does not look like a cable that is out."""
        near, far = pty.openpty()
        tty.setraw(far)
        fresh = self.link.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(far))
        fresh.replace(self.link)
        return near, far

    def _unplug(self) -> None:
        self.link.unlink(missing_ok=True)
        for fd in self._pair:
            os.close(fd)

    def _serve(self) -> None:
        while not self._ending.is_set():
            _carry(self._machine, self._pair[0], self._ending)
            self._unplug()
            while not self._machine.plugged and not self._ending.wait(LOOK_S):
                pass
            if not self._ending.is_set():
                self._pair = self._plug()

    def close(self) -> None:
        """Take the pty away."""
        self._ending.set()
        self._thread.join()


def _carry(machine: Device, fd: int, ending: threading.Event) -> None:
    """Carry bytes both ways until the cable is out, the other end hangs up, or all ends."""
    os.set_blocking(fd, False)
    machine.attach(lambda answer: _send(fd, answer))
    try:
        with selectors.DefaultSelector() as watch:
            watch.register(fd, selectors.EVENT_READ)
            while machine.plugged and not ending.is_set():
                if watch.select(LOOK_S) and not _take(machine, fd, ending):
                    return
    except OSError:
        return  # hung up
    finally:
        machine.detach()


def _take(machine: Device, fd: int, ending: threading.Event) -> bool:
    """One chunk into the machine, at its pace; False when the other end has hung up."""
    data = os.read(fd, CHUNK)
    if not data:
        return False
    while data and machine.plugged and not ending.is_set():
        taken = machine.receive(data)
        data = data[taken:]
        if not taken:
            ending.wait(LOOK_S / 4)
    return True


def _send(fd: int, answer: bytes) -> None:
    with contextlib.suppress(OSError):  # nobody listens; a real printer does not mind either
        os.write(fd, answer)
