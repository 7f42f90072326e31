"""A core in this process, on a real disk."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from house import House
from two_kiosks import Threadless, Wire

from kiosk.core import following, guiding, printer_edge, printing
from kiosk.core.following import Following
from kiosk.paths import DEFAULT_CONFIG


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


@pytest.fixture
def site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[House, House, Wire, Following]]:
    """A leader, who follows it, and the wire between."""
    monkeypatch.setattr(following, "DeviceThread", Threadless)
    text = DEFAULT_CONFIG.read_text()
    leading = tmp_path / "leading.toml"
    leading.write_text(
        text.replace("\nkiosks = []", '\nkiosks = ["X"]').replace('key_file = ""', 'key_file = "k"')
    )
    leader = House(tmp_path / "leader", leading)
    follower = House(tmp_path / "follower", DEFAULT_CONFIG)
    wire = Wire(leader)
    tie = follower.engine.follow(lambda: wire, letter="X", within_s=0.25)
    yield leader, follower, wire, tie
    leader.close()
    follower.close()
