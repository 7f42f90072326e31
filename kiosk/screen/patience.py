"""How long the screen waits for a citizen who no longer touches it."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.screen.countdown import Countdown

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class Patience(QObject):
    """`timeout_s` without a touch: `asked`; `question_s` more: `spent`. Both in seconds.

    Who needs more time is waited for `times` as long.
    """

    changed = Signal()
    asked = Signal()
    spent = Signal()

    def __init__(self, timeout_s: float, question_s: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timeout_s, self._question_s = timeout_s, question_s
        self._times = 1
        self._quiet = QTimer(self, singleShot=True, interval=round(timeout_s * 1000))
        self._quiet.timeout.connect(self.ask)
        self._question = Countdown(self)
        self._question.changed.connect(self.changed)
        self._question.over.connect(self.spent)

    @Property(bool, notify=changed)
    def asking(self) -> bool:
        """Whether "more time?" is on the screen."""
        return self._question.left > 0

    @Property(int, notify=changed)
    def left(self) -> int:
        """Seconds until all is forgotten."""
        return self._question.left

    def give(self, times: int) -> None:
        """Wait so many times as long from now on."""
        self._times = times
        self._quiet.setInterval(round(self._timeout_s * times * 1000))

    @Slot()
    def more(self) -> None:
        """The citizen is still there: start again."""
        self._question.stop()
        self._quiet.start()

    def touched(self) -> None:
        """A touch counts, but not as an answer to the question."""
        if self._quiet.isActive():
            self._quiet.start()

    def stop(self) -> None:
        """Nobody is waited for."""
        self._question.stop()
        self._quiet.stop()

    def ask(self) -> None:
        """Put the question now."""
        self._quiet.stop()
        self._question.start(self._question_s * self._times)
        self.asked.emit()
