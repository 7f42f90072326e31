"""A whole screen in this process, unseen, in front of a small real core."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from album import Album
from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QGuiApplication
from stand_in import StandInCore
from surroundings import config, state
from visitor import OpenScreen, Visitor

from kiosk.screen import app, link_view
from tools.demo.touch import PATIENCE_S, wait_until

ONCE = {
    "large": (app.PORTRAIT, "vi"),
    "contrast": (app.LANDSCAPE, "en"),
    "low": (app.LANDSCAPE, "vi"),
}
"""Where each single mode is walked."""


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app.prepare_surroundings()
    return QGuiApplication


@pytest.fixture(scope="session")
def album() -> Album:
    return Album()


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The link waits for its core however slowly a crowded machine measures a page."""
    monkeypatch.setattr(link_view, "FROZEN_S", PATIENCE_S)


@pytest.fixture
def core(tmp_path: Path) -> Iterator[StandInCore]:
    made = StandInCore(tmp_path / "core.sock", state())
    made.start()
    yield made
    made.end()


@pytest.fixture
def open_screen(qapp: QGuiApplication, core: StandInCore) -> Iterator[OpenScreen]:
    """Opens screens and closes them again; keywords are those of config.toml's [screen]."""
    opened: list[app.Screen] = []

    def open_one(
        size: tuple[int, int] = app.PORTRAIT,
        *,
        leave_s: int = 20,
        heard: bool = True,
        centre: str = "",
        technician_leave_s: int = 180,
        **keys: object,
    ) -> Visitor:
        house = config()
        house = msgspec.structs.replace(
            house,
            screen=msgspec.structs.replace(house.screen, **keys),
            centre=msgspec.structs.replace(house.centre, url=centre),
        )
        screen = app.build(
            house, core.path, size=size, leave_s=leave_s, technician_leave_s=technician_leave_s
        )
        opened.append(screen)
        if heard:
            wait_until(lambda: screen.link.here)
        return Visitor(screen)

    yield open_one
    for screen in opened:
        screen.close()
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


@pytest.fixture
def visitor(open_screen: OpenScreen) -> Visitor:
    """A citizen in front of a portrait screen."""
    return open_screen()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A sample of the walks in which each orientation meets each language, plain and in all modes.

    All modes at once are the hardest: what fits there fits without them. Each single mode is walked
    once, of other monitors one size each. Whoever makes the album (`make gallery`) walks all of it.
    """
    if os.environ.get("KIOSK_ALBUM"):
        return
    spared = [item for item in items if _is_for_the_album(item)]
    config.hook.pytest_deselected(items=spared)
    items[:] = [item for item in items if item not in spared]


def _is_for_the_album(item: pytest.Item) -> bool:
    drawn = getattr(getattr(item, "callspec", None), "params", {})
    upright = drawn.get("size") == app.PORTRAIT
    usual = drawn.get("language") == ("vi" if upright else "en")
    match item.path.name, getattr(item, "originalname", ""):
        case "test_technician_looks.py", "test_every_page":
            return not usual
        case "test_pages.py", "test_every_page" if drawn["mode"] in ONCE:
            return bool((drawn["size"], drawn["language"]) != ONCE[drawn["mode"]])
        case "test_pages.py", "test_every_page" | "test_every_procedure_fits":
            return usual != (drawn["mode"] == "plain")
        case "test_pages.py", "test_other_monitors_keep_the_millimetres":
            return bool(drawn["diagonal_inch"] != (21.5 if upright else 43.0))
    return False
