"""The modes of the accessibility button; they combine, and end with the visit."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.screen.visit_view import VisitView
from kiosk.words import Mode

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ComfortView(QObject):
    """Large text, high contrast, low reach (all that is touched lies in the lower half), slow
    speech; and whether the citizen goes by sound and keys."""

    changed = Signal()

    def __init__(self, visit: VisitView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        visit.changed.connect(self.changed)

    @Property(bool, notify=changed)
    def largeText(self) -> bool:
        """Text a quarter larger."""
        return "largeText" in self._visit.now.modes

    @Property(bool, notify=changed)
    def highContrast(self) -> bool:
        """Black, white and yellow."""
        return "highContrast" in self._visit.now.modes

    @Property(bool, notify=changed)
    def lowReach(self) -> bool:
        """For a wheelchair or a child."""
        return "lowReach" in self._visit.now.modes

    @Property(bool, notify=changed)
    def slowSpeech(self) -> bool:
        """Everything is spoken slowly, and more time is given."""
        return "slowSpeech" in self._visit.now.modes

    @Slot(str)
    def toggle(self, mode: str) -> None:
        """Turn one mode on or off, by its property's name."""
        self._visit.toggle(next(one for one in get_args(Mode) if one == mode))

    def reset(self) -> None:
        """All modes off."""
        self._visit.become(modes=frozenset())
