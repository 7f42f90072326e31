"""The search page: what is typed, and the procedures that it may mean."""

from __future__ import annotations

import logging

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.link.frames import Failure
from kiosk.screen.answer_view import AnswerView
from kiosk.screen.keystrokes import press
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.lines_model import LinesModel
from kiosk.screen.link_view import LinkView
from kiosk.screen.translator import Translator
from kiosk.words import ProcedureLine, ProceduresResult, Result, SuggestProcedures

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)


@QmlElement
class SearchView(QObject):
    """What is typed is looked up at once, one look-up at a time, the newest text next: a fast
    typist never waits for results of a text that has gone, and a slow core is never flooded."""

    changed = Signal()

    def __init__(
        self,
        link: LinkView,
        texts: Translator,
        kiosk: KioskView,
        answer: AnswerView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._kiosk = kiosk
        self._answer = answer
        self._text = ""
        self._telex = False
        self._asked: str | None = None  # the text of the look-up under way
        self._answered = ""  # the text that the lines belong to
        self._found: tuple[ProcedureLine, ...] = ()
        self._lines = LinesModel(lambda: self._found, texts, self)
        texts.switched.connect(self._look_up_again)
        kiosk.left.connect(self._forget)

    @Property(QObject, notify=changed)
    def lines(self) -> LinesModel:
        """The procedures found, as cards."""
        return self._lines

    @Property(str, notify=changed)
    def text(self) -> str:
        """What has been typed."""
        return self._text

    @Property(bool, notify=changed)
    def telex(self) -> bool:
        """Whether letters write marks (aa: â)."""
        return self._telex

    @Property(str, notify=changed)
    def state(self) -> str:
        """empty (nothing typed), found, or nothing (typed, and nothing found)."""
        if not self._text.strip():
            return "empty"
        return "found" if self._found or self._answered != self._text else "nothing"

    @Slot()
    def open(self) -> None:
        """To the search page; what was typed before is still there."""
        if self._kiosk.current_page() == "guide":
            self._kiosk.show("search")

    def correct(self, text: str) -> None:
        """What was heard, to be put right by hand."""
        self._kiosk.show("search")
        self._put(text)

    @Slot(str)
    def press(self, key: str) -> None:
        """A key of the keyboard: "telex", "search", or one of keystrokes."""
        match key:
            case "telex":
                self._telex = not self._telex
                self.changed.emit()
            case "search":
                self._answer.ask(self._text)
            case _:
                self._put(press(self._text, key, telex=self._telex))

    def _put(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self._look_up()
            self.changed.emit()

    def _look_up(self) -> None:
        wanted = self._text.strip()
        if not wanted:
            self._show((), self._text)
        elif self._asked is None and self._text != self._answered:
            asked = self._asked = self._text
            self._link.ask(
                SuggestProcedures(text=wanted, language=self._texts.chosen),
                lambda result: self._came(asked, result),
                lambda failure: self._failed(asked, failure),
                resend=True,
            )

    def _look_up_again(self) -> None:
        """Another language finds other lines; what is still awaited in the old one is let go."""
        self._asked, self._answered = None, ""
        self._look_up()
        self.changed.emit()

    def _came(self, asked: str, result: Result) -> None:
        if asked != self._asked:  # the citizen has left meanwhile
            return
        self._asked = None
        if isinstance(result, ProceduresResult) and self._text.strip():
            self._show(result.lines, asked)
        self._look_up()

    def _failed(self, asked: str, failure: Failure) -> None:
        log.warning("no search while typing: %s %s", failure.code, failure.detail)
        if asked == self._asked:
            self._asked = None
            self._kiosk.apologise()

    def _show(self, lines: tuple[ProcedureLine, ...], text: str) -> None:
        self._found, self._answered = lines, text
        self._lines.refresh()
        self.changed.emit()

    def _forget(self) -> None:
        self._text, self._telex, self._asked = "", False, None
        self._show((), "")
