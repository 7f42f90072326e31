"""The screen's texts, for QML (`qsTrId("welcome.title")`) and for the views alike."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTranslator, Signal

from kiosk.texts import Texts
from kiosk.words import Language

BOOK = "screen"


class Translator(QTranslator):
    """Gives texts in the language of now; Qt asks it for every id that QML shows."""

    switched = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.chosen: Language = "vi"
        self._texts = Texts(folder, BOOK)

    def isEmpty(self) -> bool:
        """Always false: the book has texts."""
        return False

    def translate(
        self,
        context: bytes | bytearray | memoryview | str,
        sourceText: bytes | bytearray | memoryview | str,
        disambiguation: bytes | bytearray | memoryview | str | None = None,
        n: int = -1,
    ) -> str | None:
        """Qt's question: the text of an id; None, Qt's null string, for Qt's own texts."""
        key = str(sourceText)
        return self.text(key) if self._texts.has(key) else None

    def text(self, key: str, **values: object) -> str:
        """A text with its places filled. Raises OurFault for an unknown id."""
        return self._texts.get(key, self.chosen, **values)

    def english(self, key: str, **values: object) -> str:
        """A text in English, for what is shown in both languages at once."""
        return self._texts.get(key, "en", **values)

    def pick(self, vi: str, en: str) -> str:
        """The one of two texts that fits the language; Vietnamese where there is no English."""
        return (en or vi) if self.chosen == "en" else vi

    def switch(self, language: Language) -> None:
        """Speak another language from now on."""
        if language != self.chosen:
            self.chosen = language
            self.switched.emit()
