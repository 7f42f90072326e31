"""A core in this process, on a real disk."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from house import House

from kiosk.core import guiding, printer_edge, printing


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Printer and catalogue are looked after twenty times a second, and hang sooner."""
    monkeypatch.setattr(printing, "STATUS_EVERY_S", 0.05)
    monkeypatch.setattr(printer_edge, "STATUS_WITHIN_S", 3.0)
    monkeypatch.setattr(guiding, "FIRST_PAGE_S", 0.0)
    monkeypatch.setattr(guiding, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(guiding, "RETRY_S", 0.05)


@pytest.fixture
def start(tmp_path: Path, write_config) -> Iterator[Callable[..., House]]:
    """Start a core; the one before has ended then."""
    started: list[House] = []

    def begin(changes: dict[str, str] | None = None, **more: Any) -> House:
        for before in started:
            before.close()
        started.append(House(tmp_path, write_config(changes), **more))
        return started[-1]

    yield begin
    for house in started:
        house.close()


@pytest.fixture
def house(start: Callable[..., House]) -> House:
    """A core on Monday at eight."""
    return start()
