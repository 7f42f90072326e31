"""Row 6: from a finger on the glass until the next page's first frame (software renderer).

A real touch on the real screen in this process, with a real core behind it; the frame is the first
that Qt has swapped after the page has turned.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

from bench.figures import Figure, p50, p99
from kiosk.config import load_config
from kiosk.paths import DEFAULT_CONFIG, DEFAULT_DATA, DataFolder

ROUNDS = 100


def measure() -> list[Figure]:
    """Back and forth between welcome and services, many times, in both orientations."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - after the platform is chosen

    from kiosk.screen import app as screen_app  # noqa: PLC0415
    from tools.demo.__main__ import running_core  # noqa: PLC0415

    application = QGuiApplication.instance() or QGuiApplication(["bench"])
    DEFAULT_DATA.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=DEFAULT_DATA))
    data = DataFolder(folder)
    data.make()
    times: list[float] = []
    bare: list[float] = []
    try:
        with running_core(data):
            for size in (screen_app.PORTRAIT, screen_app.LANDSCAPE):
                screen = screen_app.build(load_config(DEFAULT_CONFIG), data.socket, size=size)
                times += turn_pages(screen)
                bare += repaints(screen)
                screen.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        application.processEvents()
    return [
        Figure(row=6, what="touch to next page's first frame, p50", value=p50(times), unit="ms",
               floor=p50(bare)),
        Figure(row=6, what="touch to next page's first frame, p99", value=p99(times), unit="ms",
               at_most=50.0, floor=p99(bare), note="floor: the same page once more"),
    ]  # fmt: skip


def turn_pages(screen: object) -> list[float]:
    """Milliseconds of each turn."""
    from kiosk.screen.app import Screen  # noqa: PLC0415
    from tools.demo import touch  # noqa: PLC0415

    assert isinstance(screen, Screen)
    touch.wait_until(lambda: bool(screen.hall.services()), 15.0)
    frames: list[float] = []
    screen.window.frameSwapped.connect(lambda: frames.append(time.perf_counter()))
    times = []
    for number in range(ROUNDS):
        there, name = ("services", "door.ticket") if number % 2 == 0 else ("welcome", "bar.back")
        touch.wait_until(lambda name=name: touch.seek(screen.window, name))
        touch.wait_for(0.4)  # nothing moves any more
        target = touch.find(screen.window, name)
        frames.clear()
        begin = time.perf_counter()
        touch.tap(screen.window, target)
        touch.wait_until(lambda there=there: screen.kiosk.current_page() == there and frames, 5.0)
        times.append((frames[0] - begin) * 1000)
    return times


def repaints(screen: object) -> list[float]:
    """Milliseconds until the page that stands was drawn once more, all of it."""
    from PySide6.QtCore import Qt  # noqa: PLC0415
    from PySide6.QtGui import QColor  # noqa: PLC0415

    from kiosk.screen.app import Screen  # noqa: PLC0415
    from tools.demo import touch  # noqa: PLC0415

    assert isinstance(screen, Screen)
    frames: list[float] = []
    screen.window.frameSwapped.connect(lambda: frames.append(time.perf_counter()))
    times = []
    for number in range(ROUNDS):
        frames.clear()
        begin = time.perf_counter()
        screen.window.setColor(QColor(Qt.GlobalColor.white if number % 2 else Qt.GlobalColor.black))
        touch.wait_until(lambda: bool(frames), 5.0)
        times.append((frames[0] - begin) * 1000)
    return times
