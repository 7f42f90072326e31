"""A finger and an eye for a screen in this process: find, tap, photograph, wait.

Taps are real touch sequences through Qt's event delivery, as from a touch panel.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QPoint, QPointF
from PySide6.QtGui import QPointingDevice
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

PATIENCE_S = 30.0
"""When a wait gives up: long enough for a crowded machine, for nobody reads it as a figure."""

_panel: list[QPointingDevice] = []


def panel() -> QPointingDevice:
    """The one touch panel of this process."""
    if not _panel:
        _panel.append(QTest.createTouchDevice())
    return _panel[0]


def items(root: QQuickItem) -> Iterator[QQuickItem]:
    """All items below `root`, Loaders' and Repeaters' children too."""
    for child in root.childItems():
        yield child
        yield from items(child)


def visible(root: QQuickItem) -> Iterator[QQuickItem]:
    """The visible items below `root`; what is in an invisible one is invisible too."""
    for child in root.childItems():
        if child.isVisible():
            yield child
            yield from visible(child)


def seek(window: QQuickWindow, name: str) -> QQuickItem | None:
    """The visible item with that objectName, or None."""
    return next((one for one in visible(window.contentItem()) if one.objectName() == name), None)


def find(window: QQuickWindow, name: str) -> QQuickItem:
    """The visible item with that objectName. Raises LookupError."""
    item = seek(window, name)
    if item is None:
        raise LookupError(f"nothing visible is called {name!r}")
    return item


def centre(item: QQuickItem) -> QPoint:
    """The middle of an item in its window."""
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()


def tap(window: QQuickWindow, *targets: QQuickItem) -> None:
    """One finger on each of the targets, all down at once, then all up."""
    points = [centre(target) for target in targets]
    sequence = QTest.touchEvent(window, panel(), False)
    for number, point in enumerate(points):
        sequence.press(number, point, window)
    sequence.commit()
    sequence = QTest.touchEvent(window, panel(), False)
    for number, point in enumerate(points):
        sequence.release(number, point, window)
    sequence.commit()


def grab(window: QQuickWindow, path: Path) -> None:
    """A photograph of the window as a PNG. Raises OSError where it cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not window.grabWindow().save(str(path), quality=80):  # quick rather than small
        raise OSError(f"cannot write {path}")


def settle(window: QQuickWindow) -> None:
    """Wait for one more frame: layouts are put in order before it is drawn."""
    drawn: list[bool] = []
    connection = window.frameSwapped.connect(lambda: drawn.append(True))
    window.update()
    wait_until(lambda: drawn)
    window.frameSwapped.disconnect(connection)


def wait_until(predicate: Callable[[], object], timeout: float = PATIENCE_S) -> None:
    """Let Qt work until `predicate` holds. Raises TimeoutError after `timeout` seconds."""
    deadline = time.monotonic() + timeout
    while not predicate():
        if time.monotonic() > deadline:
            raise TimeoutError("it did not come true in time")
        _let_qt_work()


def wait_for(seconds: float) -> None:
    """Let Qt work for a while: until what slides has come to rest."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        _let_qt_work()


def _let_qt_work() -> None:
    """What is due now. Then a rest: who is waited for needs the processor too."""
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    time.sleep(0.001)
