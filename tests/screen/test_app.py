"""The screen as a process of its own."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo
from stand_in import StandInCore
from visitor import OpenScreen

from kiosk.paths import DEFAULT_CONFIG
from kiosk.screen import alarms
from kiosk.screen.icon_provider import IconProvider
from tools.demo.touch import find, wait_until

RUN = "import sys; from pathlib import Path; from kiosk.screen.app import run; sys.exit(run({}))"


def test_it_runs_until_it_is_asked_to_end(core: StandInCore, tmp_path: Path) -> None:
    arguments = f"Path({str(DEFAULT_CONFIG)!r}), Path({str(tmp_path)!r})"
    process = subprocess.Popen(
        [sys.executable, "-c", RUN.format(arguments)], stderr=subprocess.PIPE
    )
    try:
        wait_until(lambda: core.faces)
        process.send_signal(signal.SIGTERM)
        _, words = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0, words.decode()
    assert b"Traceback" not in words


def test_it_shows_our_own_letters(open_screen: OpenScreen) -> None:
    visitor = open_screen()
    font = find(visitor.screen.window, "page.title").property("font")
    assert QFontInfo(font).family() == "Be Vietnam Pro"


@pytest.mark.parametrize(
    ("size", "orientation", "turned"),
    [((1080, 1920), "landscape", True), ((1080, 1920), "portrait", False)],
)
def test_a_monitor_hung_the_other_way_is_turned(
    open_screen: OpenScreen, size: tuple[int, int], orientation: str, turned: bool
) -> None:
    window = open_screen(size).screen.window
    window.setProperty("orientation", orientation)
    assert window.property("turned") is turned


def test_none_keeps_its_references(open_screen: OpenScreen) -> None:
    """PySide6 6.12.0 lost one with every void call, until the process died."""
    window = open_screen().screen.window
    before = sys.getrefcount(None)
    for _ in range(200):
        window.update()
    assert abs(sys.getrefcount(None) - before) < 50


def test_an_icon_that_is_missing_leaves_its_place_empty(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    image = IconProvider(tmp_path).requestImage("nothing?48#a3161f", None, None)
    assert image.width() == 48
    assert image.pixelColor(24, 24).alpha() == 0
    assert "icon nothing cannot be read" in caplog.text


def test_a_raising_slot_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(alarms, "qInstallMessageHandler", lambda handler: None)
    alarms.install()
    with caplog.at_level(logging.CRITICAL):
        sys.excepthook(ValueError, ValueError("a slot raised"), None)
    assert "a slot raised" in caplog.text
