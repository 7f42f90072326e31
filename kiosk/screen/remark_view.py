"""A citizen's own words on their visit, typed or spoken; what was heard can be put right."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.feedback.answer import LONGEST
from kiosk.screen.dictation import Dictation
from kiosk.screen.hall_view import HallView
from kiosk.screen.keystrokes import press
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.link_view import LinkView
from kiosk.screen.translator import Translator

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

PAGE = "remark"


@QmlElement
class RemarkView(QObject):
    """The words so far; they leave with the answer alone, and are forgotten with the visit."""

    changed = Signal()

    def __init__(
        self,
        link: LinkView,
        texts: Translator,
        kiosk: KioskView,
        hall: HallView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._texts = texts
        self._kiosk = kiosk
        self._hall = hall
        self.said = ""
        self._telex = False
        self._dictation = Dictation(link, texts, self._is_shown, self)
        self._dictation.changed.connect(self.changed)
        self._dictation.changed.connect(self._stay)
        self._dictation.heard.connect(self._write_down)
        kiosk.changed.connect(self._dictation.follow)
        hall.changed.connect(self.changed)
        texts.switched.connect(self.changed)

    @Property(str, notify=changed)
    def words(self) -> str:
        """What has been written."""
        return self.said

    @Property(bool, notify=changed)
    def telex(self) -> bool:
        """Whether letters write marks (aa: â)."""
        return self._telex

    @Property(bool, notify=changed)
    def hears(self) -> bool:
        """Whether words can be spoken now."""
        return self._hall.is_ready("hearing")

    @Property(str, notify=changed)
    def voice(self) -> str:
        """off, waiting, listening or thinking."""
        return self._dictation.state

    @Property(str, notify=changed)
    def voiceText(self) -> str:
        """What the microphone's button says."""
        match self._dictation.state:
            case "listening":
                key = "remark.listening"
            case "off":
                key = "remark.again" if self._dictation.failed else "remark.speak"
            case _:
                key = "remark.wait"
        return self._texts.text(key)

    @Slot(str)
    def press(self, key: str) -> None:
        """A key of the keyboard: "telex", "search" (that is all), or one of keystrokes."""
        match key:
            case "telex":
                self._telex = not self._telex
            case "search":
                self._kiosk.back()
            case _:
                self.said = press(self.said, key, telex=self._telex, longest=LONGEST)
        self.changed.emit()

    @Slot()
    def speak(self) -> None:
        """The microphone was touched."""
        if self._is_shown() and self._hall.is_ready("hearing"):
            self._dictation.press()

    def forget(self) -> None:
        """Nothing was said."""
        self.said, self._telex = "", False
        self.changed.emit()

    def _write_down(self, text: str) -> None:
        """What was said, behind what was written."""
        self.said = f"{self.said} {text}".strip()[:LONGEST].rstrip()
        self.changed.emit()

    def _is_shown(self) -> bool:
        return self._kiosk.current_page() == PAGE

    def _stay(self) -> None:
        if self._is_shown():
            self._kiosk.stay()
