"""The number of a slip, typed by somebody who does not hold it to the scanner."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.queueing.series import number_text
from kiosk.screen.digits import dialled
from kiosk.screen.hall_view import HallView
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.translator import Translator

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

LONGEST = 4


@QmlElement
class SlipNumberView(QObject):
    """A letter and figures; `wanted` tells the number once it is typed."""

    changed = Signal()
    wanted = Signal(str)

    def __init__(
        self, texts: Translator, kiosk: KioskView, hall: HallView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._texts = texts
        self._kiosk = kiosk
        self._hall = hall
        self._letter, self._figures = "", ""
        hall.changed.connect(self.changed)

    @Property(str, notify=changed)
    def typed(self) -> str:
        """What has been typed."""
        return self._letter + self._figures

    @Property(bool, notify=changed)
    def complete(self) -> bool:
        """Whether it can be looked for."""
        return bool(self._letter) and int(self._figures or 0) > 0

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]
    def letters(self) -> list[str]:
        """With which letters numbers begin here."""
        return sorted({service.series for service in self._hall.services()})

    @Slot(str)
    def type(self, key: str) -> None:
        """A letter, a figure, "erase" or "clear"."""
        if len(key) == 1 and key.isalpha():
            self._letter = key
        elif key == "clear" or (key == "erase" and not self._figures):
            self._letter, self._figures = "", ""
        else:
            self._figures = dialled(self._figures, key, longest=LONGEST)
        self.changed.emit()

    @Slot()
    def find(self) -> None:
        """That is the number; what is none is asked for again."""
        if self._letter and int(self._figures or 0) > 0:
            self.wanted.emit(number_text(self._letter, int(self._figures)))
        else:
            self._kiosk.tell(self._texts.text("slipnumber.incomplete"), "ticket")

    def forget(self) -> None:
        """Nothing was typed."""
        self._letter, self._figures = "", ""
        self.changed.emit()
