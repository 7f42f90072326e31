"""The screen's texts, for QML (`qsTrId("welcome.title")`) and for the views alike.

Ids that begin with "tech" are the technician's: a book of its own, read when one is wanted.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTranslator, Signal

from kiosk.texts import Texts
from kiosk.words import Language

BOOK, TECHNICIANS = "screen", "technician"


class Translator(QTranslator):
    """Gives texts in the language of now; Qt asks it for every id that QML shows."""

    switched = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.chosen: Language = "vi"
        self._folder = folder
        self._texts = Texts(folder, BOOK)
        self._technicians: Texts | None = None

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
        return self.text(key) if self._book(key).has(key) else None

    def text(self, key: str, **values: object) -> str:
        """A text with its places filled. Raises OurFault for an unknown id."""
        return self._book(key).get(key, self.chosen, **values)

    def english(self, key: str, **values: object) -> str:
        """A text in English, for what is shown in both languages at once."""
        return self._texts.get(key, "en", **values)

    def pick(self, vi: str, en: str) -> str:
        """The one of two texts that fits the language; Vietnamese where there is no English."""
        return (en or vi) if self.chosen == "en" else vi

    def _book(self, key: str) -> Texts:
        if not key.startswith("tech"):
            return self._texts
        if self._technicians is None:
            self._technicians = Texts(self._folder, TECHNICIANS)
        return self._technicians

    def switch(self, language: Language) -> None:
        """Speak another language from now on."""
        if language != self.chosen:
            self.chosen = language
            self.switched.emit()
