"""Where somebody who cannot see the page can stand on it: its words and its buttons, in order.

The panel comes first, then the matter row by row, then the bar under the page; of what lies
above the page (a question) that alone. A stop is an item of the scene and knows how it is spoken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.screen.translator import Translator

STATES = {"on": "stop.on", "off": "stop.off", "chosen": "stop.chosen"}


@dataclass(frozen=True, slots=True)
class Stop:
    """An item, where it lies in the window, and which part of the page it belongs to."""

    item: QQuickItem
    place: QRectF
    part: int

    @property
    def can_act(self) -> bool:
        """Whether it does something when it is pressed."""
        return bool(self.item.property("touchTarget")) and self.item.isEnabled()

    def told(self, texts: Translator) -> str:
        """Its name, what it is, and how it stands, as they are spoken."""
        item = self.item
        if not item.property("touchTarget"):
            return _plain(item.property("text"))
        name = _plain(item.property("spokenName"))
        told = texts.text("stop.button", name=name)
        if state := item.property("spokenState"):
            told = texts.text(STATES[state], name=told)
        if not item.isEnabled():
            told = texts.text("stop.disabled", name=told)
        more = _plain(item.property("spokenMore"))
        return f"{told}. {more}" if more else told


PANEL, MATTER, BAR = range(3)


def above(window: QQuickWindow) -> QQuickItem | None:
    """What lies above the page and comes before it: a question, the modes."""
    found = (item for item, _ in _scene(window.contentItem(), MATTER) if item.property("modal"))
    return next(reversed(list(found)), None)


def stops(window: QQuickWindow) -> list[Stop]:
    """Every stop of what is shown now, in the order in which it is heard."""
    scene = list(_scene(above(window) or window.contentItem(), MATTER))
    found = [Stop(item, _place(item), part) for item, part in scene if _is_stop(item)]
    return [
        stop
        for part in (PANEL, MATTER, BAR)
        for stop in _by_rows([stop for stop in found if stop.part == part])
    ]


def _scene(root: QQuickItem, part: int) -> Iterator[tuple[QQuickItem, int]]:
    """What is visible below `root`; not what is inside a button, for that is spoken as one."""
    for child in root.childItems():
        if not child.isVisible() or child.opacity() == 0 or child.property("aside"):
            continue
        here = {"panel": PANEL, "bar": BAR}.get(str(child.property("part") or ""), part)
        yield child, here
        if not child.property("touchTarget"):
            yield from _scene(child, here)


def _is_stop(item: QQuickItem) -> bool:
    if item.width() <= 0 or item.height() <= 0 or _is_scrolled_away(item):
        return False
    if item.property("touchTarget"):
        return bool(_plain(item.property("spokenName")))
    return item.inherits("QQuickText") and bool(_plain(item.property("text")))


def _is_scrolled_away(item: QQuickItem) -> bool:
    centre = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
    parent = item.parentItem()
    while parent:
        if parent.inherits("QQuickFlickable") and not _place(parent).contains(centre):
            return True
        parent = parent.parentItem()
    return False


def _by_rows(found: Iterable[Stop]) -> Iterator[Stop]:
    """From the top; what begins beside another is of its row, from the left."""
    row: list[Stop] = []
    for stop in sorted(found, key=lambda one: one.place.top()):
        if row and stop.place.top() > row[0].place.center().y():
            yield from sorted(row, key=lambda one: one.place.left())
            row = []
        row.append(stop)
    yield from sorted(row, key=lambda one: one.place.left())


def _place(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def _plain(text: object) -> str:
    return " ".join(str(text or "").split())
