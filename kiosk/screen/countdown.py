"""Seconds that run out, for all to see."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal


class Countdown(QObject):
    """`changed` with every second, `over` at the end. `left` is 0 while nothing counts."""

    changed = Signal()
    over = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.left = 0
        self._second = QTimer(self)
        self._second.timeout.connect(self._count)

    def start(self, seconds: float) -> None:
        """Count from the beginning; less than a second counts as one short step."""
        self.left = max(1, round(seconds))
        self._second.start(min(1000, round(seconds * 1000)))
        self.changed.emit()

    def stop(self) -> None:
        """Count no more."""
        self._second.stop()
        if self.left:
            self.left = 0
            self.changed.emit()

    def _count(self) -> None:
        self.left -= 1
        self.changed.emit()
        if not self.left:
            self._second.stop()
            self.over.emit()
