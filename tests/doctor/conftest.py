"""Premises of a kiosk in order, which each test spoils in one way."""

import socket
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.config import load_config
from kiosk.doctor.premises import Premises
from kiosk.paths import DataFolder
from kiosk.queueing.hours import HANOI
from kiosk.queueing.ticket import Ticket
from kiosk.store import Store, StoreFolders


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """A data folder as a core makes it."""
    folder = DataFolder(tmp_path / "data")
    folder.make()
    return folder


@pytest.fixture
def premises(data: DataFolder, write_config, tmp_path: Path) -> Callable[..., Premises]:
    """Premises without a core: `premises({"printer.port": ...}, state=...)`."""

    def make(changes: dict[str, str] | None = None, **parts) -> Premises:
        kernel = {name: tmp_path / "kernel" / name for name in ("sys", "proc", "dev")}
        config = load_config(write_config(changes))
        return Premises(**({"data": data, "config": config} | kernel | parts))

    return make


@pytest.fixture
def keep(data: DataFolder) -> Callable[..., None]:
    """Keep so many tickets in a real store, and close it."""

    def make(tickets: int = 0, *, back_up: bool = False, now: datetime | None = None) -> None:
        moment = now or datetime.now(HANOI)
        store = Store(
            StoreFolders(database=data.database, backups=data.backups, journal=data.journal),
            min_free_mb=0,
        )
        store.open(moment)
        store.remember(moment.isoformat())
        for number in range(tickets):
            store.issue(a_ticket(number, moment), visit=False)
        if back_up:
            store.back_up(moment, 14)
        store.close()

    return make


def a_ticket(number: int, moment: datetime) -> Ticket:
    return Ticket(
        id=0,
        number="",
        running=0,
        series="A",
        service="civil-status",
        business_day=moment.date().isoformat(),
        issued_at=moment.isoformat(timespec="milliseconds"),
        token=f"token-{number}",
        request_id=f"request-{number:04d}",
    )


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, str], Path]:
    """Put a file where the kernel would: `written("sys/class/drm/card0-HDMI-A-1/status", …)`."""

    def write(path: str, text: str) -> Path:
        file = tmp_path / "kernel" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    return write


@pytest.fixture
def dead_port() -> Iterator[int]:
    """A port of this computer at which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]
