"""A call back: what is agreed to, the telephone number, and the agreement itself."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.feedback.phone import grouped, phone_number
from kiosk.feedback.survey import Consent
from kiosk.screen.digits import dialled
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.translator import Translator
from kiosk.words import CallBackWish

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

PAGE = "callback"
LONGEST = 11


@QmlElement
class CallBackView(QObject):
    """Nothing is agreed to beforehand, and another number is another agreement."""

    changed = Signal()

    def __init__(self, texts: Translator, kiosk: KioskView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._kiosk = kiosk
        self._consent: Consent | None = None
        self._figures = ""
        self._agreed = False
        texts.switched.connect(self._read_again)

    @Property(str, notify=changed)
    def consent(self) -> str:
        """What is agreed to."""
        return self.read()

    @Property(str, notify=changed)
    def phone(self) -> str:
        """The telephone number so far."""
        return grouped(self._figures)

    @Property(bool, notify=changed)
    def fits(self) -> bool:
        """Whether it is one."""
        return bool(phone_number(self._figures))

    @Property(bool, notify=changed)
    def agreed(self) -> bool:
        """The citizen has agreed to be called back."""
        return self._agreed

    def open(self, consent: Consent) -> None:
        """To the page, with what is to be agreed to."""
        self._consent = consent
        self.changed.emit()
        self._kiosk.show(PAGE, lambda: {"consent": self.read()})

    def read(self) -> str:
        """`consent`, for Python."""
        known = self._consent
        return self._texts.pick(known.text_vi, known.text_en) if known else ""

    @Slot(str)
    def dial(self, key: str) -> None:
        """A figure, "erase" or "clear"."""
        self._figures = dialled(self._figures, key, longest=LONGEST)
        self._agreed = False
        self.changed.emit()

    @Slot()
    def agree(self) -> None:
        """The citizen says yes to the text above; without a number nothing is agreed to."""
        if self._kiosk.current_page() != PAGE:
            return
        if not phone_number(self._figures):
            self._kiosk.tell(self._texts.text("callback.incomplete"), "phone")
            return
        self._agreed = True
        self.changed.emit()
        self._kiosk.back()

    @Slot()
    def decline(self) -> None:
        """No call back; the number is forgotten at once."""
        self.forget()
        if self._kiosk.current_page() == PAGE:
            self._kiosk.back()

    def wish(self) -> CallBackWish | None:
        """What the citizen agreed to."""
        if not self._agreed or self._consent is None:
            return None
        return CallBackWish(phone=self._figures, consent=self._consent.version)

    def forget(self) -> None:
        """Nothing was written."""
        self._figures, self._agreed = "", False
        self.changed.emit()

    def _read_again(self) -> None:
        """In the other language it is another text: who agreed to the first is asked anew."""
        self._agreed = False
        self.changed.emit()
