"""What systemd does on a kiosk, by the kiosk's own supervisor: it runs the current release."""

from __future__ import annotations

import contextlib
import select
import socket
import time
from pathlib import Path

from kiosk.notify import ALIVE
from kiosk.paths import PROJECT
from kiosk.supervisor import Watched

SETTLE = PROJECT / "deploy" / "files" / "usr" / "local" / "lib" / "le-tan" / "settle"
STEADY_BEATS = 8  # counted, not timed: a crowded machine changes nothing


class Running:
    """One process, from `current`; it is started again when it dies, as units are."""

    def __init__(self, root: Path, *, patience_s: float = 20.0) -> None:
        self.root = root
        self.patience_s = patience_s
        self.watched: Watched | None = None
        self.starts = 0

    def restart(self) -> None:
        """See kiosk.upgrade.switching.Services."""
        self.end()
        address = self.root / "notices"
        address.unlink(missing_ok=True)
        notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        notices.bind(str(address))
        program = (self.root / "current" / ".venv" / "bin" / "kiosk").resolve()
        self.watched = Watched("core", [str(program), "core"], notices, str(address))
        self.watched.start()
        self.starts += 1

    def fault(self, release: Path) -> str:
        """See kiosk.upgrade.switching.Services."""
        assert self.watched is not None, "it was started before"
        ends = time.monotonic() + self.patience_s
        beats = 0
        while time.monotonic() < ends:
            beats += self._beat(ends - time.monotonic())
            assert self.watched.process is not None, "nobody ends it meanwhile"
            code = self.watched.process.poll()
            if code is not None:
                return f"the core ended with {code}"
            if str(release) not in self.watched.command[0]:
                return f"{self.watched.command[0]} runs instead"
            if beats >= STEADY_BEATS:
                return ""
        return "the core is not ready"

    def _beat(self, within_s: float) -> bool:
        assert self.watched is not None, "it was started before"
        ready, _, _ = select.select([self.watched.notices], [], [], min(0.2, max(0.0, within_s)))
        return bool(ready) and ALIVE in self.watched.notices.recv(4096).decode()

    @property
    def version(self) -> str:
        """Whose core lives; "" for none."""
        if self.watched is None or self.watched.process is None or self.watched.process.poll():
            return ""
        return Path(self.watched.command[0]).parent.parent.parent.name

    def end(self) -> None:
        """End it."""
        if self.watched is not None:
            with contextlib.suppress(ProcessLookupError):
                self.watched.end(5.0)
            self.watched.notices.close()
            self.watched = None
