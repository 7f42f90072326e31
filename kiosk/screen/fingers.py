"""Every finger that comes down on the glass, also while another one rests there.

Qt Quick gives a handler one point at a time: a wet bag on the glass would hide the citizen who
goes on touching beside it, and the screen would ask them whether they are still there.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QEventPoint, QPointerEvent
from PySide6.QtQuick import QQuickWindow

KINDS = frozenset({QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.MouseButtonPress})


class Fingers(QObject):
    """`down` for each finger, or mouse button, that comes down anywhere on a window."""

    down = Signal()

    def watch(self, window: QQuickWindow) -> None:
        """Look at this window from now on; what is touched is touched all the same."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's question: whether this event has been dealt with. Never."""
        if event.type() in KINDS and isinstance(event, QPointerEvent):
            for point in event.points():
                if point.state() == QEventPoint.State.Pressed:
                    self.down.emit()
        return False
