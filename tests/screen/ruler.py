"""Measures what is on a screen: words, touch targets, contrast."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Collection, Iterator

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.screen.stops import above, stops

DIAGONAL_INCH = 32.0
TARGET_MM, APART_MM = 16.0, 4.0
CONTRAST = 7.0
MARKS = re.compile(r"[^\W\d_a-z]", re.IGNORECASE)


def rect(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def millimetre(window: QQuickWindow, diagonal_inch: float = DIAGONAL_INCH) -> float:
    """Pixels in one."""
    return math.hypot(window.width(), window.height()) / (diagonal_inch * 25.4)


class Sight:
    """What can be seen in a window at one moment; looked at once for all rulers."""

    def __init__(self, window: QQuickWindow) -> None:
        self.window = window
        self.picture = window.grabWindow()  # first: drawing puts layouts in order
        self.seen = list(_in_sight(window.contentItem(), ()))
        self.words = [i for i in self.seen if i.inherits("QQuickText") and i.property("text")]
        self.targets = [i for i in self.seen if i.property("touchTarget") and i.isEnabled()]

    @property
    def whole(self) -> QRectF:
        return QRectF(0, 0, self.window.width(), self.window.height())


def _in_sight(item: QQuickItem, frames: tuple[QRectF, ...]) -> Iterator[QQuickItem]:
    """Visible items that no scrolled list, with its edges in `frames`, hides."""
    for child in item.childItems():
        if not child.isVisible():
            continue  # and so is all that is in it
        place = rect(child)
        if child.width() and child.height() and all(frame.contains(place) for frame in frames):
            yield child
        scrolls = child.inherits("QQuickFlickable")
        yield from _in_sight(child, (*frames, place) if scrolls else frames)


def cut_off(sight: Sight) -> list[str]:
    """Texts that do not fit their place, their sheet or the window."""
    found = []
    for item in sight.words:
        text = item.property("text")
        too_wide = item.property("contentWidth") > item.width() + 1
        too_high = item.property("contentHeight") > item.height() * 1.2 + 1
        if item.property("truncated") or too_wide or too_high:
            found.append(f"{text!r} does not fit its place")
        holder = _holder(item)
        bounds = rect(holder) if holder else sight.whole
        if not bounds.adjusted(-1, -1, 1, 1).contains(_ink(item)):
            found.append(f"{text!r} leaves its sheet: {_ink(item)} in {bounds}")
    return found


def _holder(item: QQuickItem) -> QQuickItem | None:
    parent = item.parentItem()
    while parent:
        kind = parent.metaObject().className()
        if parent.property("touchTarget") or kind.startswith(("Sheet", "TicketSheet", "Panel")):
            return parent
        parent = parent.parentItem()
    return None


def _ink(item: QQuickItem) -> QRectF:
    """Where the letters are: a line's box has air above and below."""
    area = rect(item)
    air = item.property("font").pixelSize() * 0.15
    return area.adjusted(0, air, 0, -air)


def overlapping(sight: Sight) -> list[str]:
    """Texts that lie on each other."""
    return [
        f"{a.property('text')!r} lies on {b.property('text')!r}"
        for a, b in itertools.combinations(sight.words, 2)
        if _ink(a).intersects(_ink(b))
    ]


def unspoken(sight: Sight) -> list[str]:
    """Touch targets that have no name to be spoken, or that the keys do not reach."""
    found = [f"{one.objectName()} has no name" for one in sight.targets if not _name(one)]
    if above(sight.window) is not None:
        return found
    reached = [stop.item for stop in stops(sight.window)]
    away = [one for one in sight.targets if one not in reached]
    return found + [f"{one.objectName()} is out of the keys' reach" for one in away]


def _name(item: QQuickItem) -> str:
    return str(item.property("spokenName") or "").strip()


def too_small(sight: Sight, diagonal_inch: float = DIAGONAL_INCH) -> list[str]:
    """Touch targets under 16 mm."""
    least = TARGET_MM * millimetre(sight.window, diagonal_inch) - 0.5
    return [
        f"{item.objectName()} is {item.width():.0f} x {item.height():.0f}, not {least:.0f}"
        for item in sight.targets
        if item.width() < least or item.height() < least
    ]


def half_seen(sight: Sight) -> list[str]:
    """Touch targets whose words an edge of a scrolled list cuts."""
    seen = set(sight.words)
    return [
        f"{target.objectName()}: {words.property('text')!r} is cut"
        for target in sight.targets
        for words in _words_of(target)
        if words not in seen
    ]


def _words_of(item: QQuickItem) -> Iterator[QQuickItem]:
    for child in item.childItems():
        if child.isVisible():
            if child.inherits("QQuickText") and child.property("text"):
                yield child
            yield from _words_of(child)


def too_near(sight: Sight, diagonal_inch: float = DIAGONAL_INCH) -> list[str]:
    """Pairs of touch targets nearer than 4 mm to each other."""
    apart = APART_MM * millimetre(sight.window, diagonal_inch) - 0.5
    return [
        f"{a.objectName()} is too near to {b.objectName()}"
        for a, b in itertools.combinations(sight.targets, 2)
        if rect(a).adjusted(-apart, -apart, apart, apart).intersects(rect(b))
    ]


def vietnamese(sight: Sight, wanted: Collection[str]) -> list[str]:
    """Words that are not English, but for keys and whatever holds one of the `wanted` texts."""
    shown = [item for item in sight.words if MARKS.search(item.property("text"))]
    return [
        f"{item.property('text')!r} is not English"
        for item in shown
        if not _on_key(item) and not any(one in item.property("text") for one in wanted)
    ]


def _on_key(item: QQuickItem) -> bool:
    parent = item.parentItem()
    while parent and not parent.metaObject().className().startswith("Key_"):
        parent = parent.parentItem()
    return parent is not None


def too_high(sight: Sight) -> list[str]:
    """Touch targets in the upper half."""
    half = sight.window.height() / 2 - 0.5
    return [item.objectName() for item in sight.targets if rect(item).top() < half]


def too_pale(sight: Sight) -> list[str]:
    """Texts with a contrast under 7:1 to the commonest other colour around them, on the picture."""
    picture = pixels(sight.picture)
    found = []
    for item in sight.words:
        area = rect(item).toAlignedRect()
        rows = slice(max(0, area.top()), area.bottom() + 1, 3)
        columns = slice(max(0, area.left()), area.right() + 1, 3)
        colour = item.property("color")
        ink = (colour.red(), colour.green(), colour.blue())
        ratio = contrast(ink, ground(picture[rows, columns].reshape(-1, 3), ink))
        if ratio < CONTRAST:
            found.append(f"{item.property('text')!r} has {ratio:.1f}:1")
    return found


def ground(part: np.ndarray, ink: tuple[int, int, int]) -> np.ndarray:
    """The commonest colour that is not the ink's: of 16 steps a channel, for a ground may fade."""
    others = part[np.abs(part.astype(int) - ink).sum(axis=1) > 48]
    steps = (others // 16).astype(int) @ (256, 16, 1)
    commonest = np.bincount(steps).argmax()
    return others[steps == commonest].mean(axis=0)


def pixels(image: QImage) -> np.ndarray:
    """Red, green and blue of each; a copy, for `constBits` does not keep its image alive."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    raw = np.frombuffer(image.constBits(), np.uint8)
    rows = raw.reshape(image.height(), image.bytesPerLine())[:, : image.width() * 3]
    return rows.reshape(image.height(), image.width(), 3).copy()


def contrast(one: tuple[int, int, int], other: np.ndarray) -> float:
    """As WCAG 2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[int, int, int] | np.ndarray) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (float(part) / 255 for part in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
