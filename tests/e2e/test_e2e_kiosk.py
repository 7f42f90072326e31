"""The whole kiosk as `kiosk run` starts it: either process dies, the other goes on."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import kiosk, wait_until

from kiosk.link.client import LinkClient
from kiosk.paths import DataFolder
from kiosk.words import IssueTicket


class WholeKiosk:
    """`kiosk run` on a data folder, the screen unseen."""

    def __init__(self, config: Path, root: Path) -> None:
        self.data = DataFolder(root / "data")
        self.log_file = root / "run.log"
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DISPLAY", "WAYLAND_DISPLAY", "NOTIFY_SOCKET")
        }
        with self.log_file.open("wb") as log:
            self.process = subprocess.Popen(
                kiosk(config, self.data.root, "run"),
                stderr=log,
                env=environment | {"QT_QPA_PLATFORM": "offscreen"},
            )

    def wait_for_log(self, words: str, count: int = 1) -> None:
        """Until some process has written `words` so often."""
        wait_until(
            f"{words!r} in\n{self.log_file.read_text()}",
            lambda: self.log_file.read_text().count(words) >= count,
        )

    def processes(self, name: str = "") -> list[int]:
        """The processes that work for this data folder, or the one of that name."""
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = path.read_bytes().decode().split("\0")
            except (FileNotFoundError, ProcessLookupError):
                continue
            if str(self.data.root) in words and name in ("", words[-2]):
                found.append(int(path.parent.name))
        return found

    def kill(self, name: str) -> None:
        """kill -9 one of them."""
        (number,) = self.processes(name)
        os.kill(number, signal.SIGKILL)


@pytest.fixture
def whole(tmp_path: Path, write_config) -> Iterator[WholeKiosk]:
    """The whole kiosk, with the screen connected."""
    started = WholeKiosk(write_config(), tmp_path)
    try:
        started.wait_for_log("the screen is here")
        yield started
    finally:
        started.process.kill()
        started.process.wait()


@pytest.mark.slow
def test_either_process_is_killed_and_both_are_back(whole):
    with LinkClient(whole.data.socket) as client:
        card = client.ask(IssueTicket(request_id="request-1", service="land")).card
    whole.kill("core")
    whole.wait_for_log("the core is back")
    whole.wait_for_log("the screen is here", 2)
    whole.kill("screen")
    whole.wait_for_log("the screen is here", 3)
    with LinkClient(whole.data.socket) as client:
        again = client.ask(IssueTicket(request_id="request-1", service="land")).card
    assert again.ticket == card.ticket
    log = whole.log_file.read_text()
    assert log.count("core started") == 2
    assert log.count("screen started") == 2
    assert log.count("the core is away") == 1  # told once
    assert "Traceback" not in log

    whole.process.terminate()
    assert whole.process.wait(30) == 0
    assert whole.processes() == []
    assert not whole.data.socket.exists()
