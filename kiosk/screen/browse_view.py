"""The procedures of one field, of one life event, or of what is new."""

from __future__ import annotations

import logging
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.link.frames import Failure
from kiosk.screen.guide_view import NEWS_CODE, GuideView
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.lines_model import LinesModel
from kiosk.screen.link_view import LinkView
from kiosk.screen.procedure_view import PRINT_WITHIN_MS, ProcedureView
from kiosk.screen.translator import Translator
from kiosk.words import BrowseProcedures, PrintList, ProcedureLine, ProceduresResult, Result

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

PAGE = "list"
LIFE_EVENT, FIELD, NEWS = "life:", "field:", NEWS_CODE  # a subject is one of these and a code
ABOLISHED = NEWS + "abolished"


@QmlElement
class BrowseView(QObject):
    """A list of procedures. What was looked at stays for the visit, so that back is at once."""

    changed = Signal()

    def __init__(
        self,
        link: LinkView,
        texts: Translator,
        kiosk: KioskView,
        guide: GuideView,
        procedure: ProcedureView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._kiosk = kiosk
        self._guide = guide
        self._procedure = procedure
        self._subject = ""
        self._known: dict[str, tuple[ProcedureLine, ...]] = {}
        self._lines = LinesModel(lambda: self._known.get(self._subject, ()), texts, self)
        self._printing = QTimer(self, singleShot=True, interval=PRINT_WITHIN_MS)
        self._printing.timeout.connect(self.changed)
        texts.switched.connect(self.changed)
        kiosk.changed.connect(self._follow)
        kiosk.left.connect(self._forget)

    # What QML shows.

    @Property(QObject, notify=changed)
    def lines(self) -> LinesModel:
        """The procedures, as cards."""
        return self._lines

    @Property(str, notify=changed)
    def title(self) -> str:
        """The name of the field, of the life event, or of what is new."""
        return self._title()

    @Property(str, notify=changed)
    def about(self) -> str:
        """What can be done here; of news, since when."""
        if self._subject.startswith(NEWS):
            return self._texts.text("list.since", day=self._guide.since())
        return self._texts.text("list.about")

    @Property(bool, notify=changed)
    def printing(self) -> bool:
        """The list is on its way to the printer."""
        return self._printing.isActive()

    # What a citizen does.

    @Slot(str)
    def openLifeEvent(self, code: str) -> None:
        """What one has to do after such an event."""
        self._open(LIFE_EVENT + code)

    @Slot(str)
    def openField(self, code: str) -> None:
        """All procedures of a field, or what is new."""
        self._open(code if code.startswith(NEWS) else FIELD + code)

    @Slot(str)
    def choose(self, code: str) -> None:
        """One of the list; of what was abolished there is no more to see."""
        if self._subject == ABOLISHED:
            self._kiosk.tell(self._texts.text("list.abolished"), "circle-x")
        else:
            self._procedure.open(code)

    @Slot()
    def printList(self) -> None:
        """The list on paper."""
        if self._printing.isActive() or not self._known.get(self._subject):
            return
        self._printing.start()
        self.changed.emit()
        language = self._texts.chosen
        command = PrintList(title=self._title(), language=language, **_shelf(self._subject))
        self._link.ask(command, on_failure=self._not_printed)

    # What the core tells.

    def list_changed(self, state: str) -> None:
        """A list is on paper, or is not."""
        if self._printing.isActive():
            if state == "printed":
                self._kiosk.visit.had("list")
            self._end_print("list.printed" if state == "printed" else "list.not_printed")

    def _not_printed(self, failure: Failure) -> None:
        log.warning("no list was printed: %s %s", failure.code, failure.detail)
        self._end_print("list.not_printed")

    def _end_print(self, words: str) -> None:
        self._printing.stop()
        self.changed.emit()
        self._kiosk.tell(self._texts.text(words), "receipt-text")

    def _open(self, subject: str) -> None:
        if self._kiosk.current_page() != "guide":
            return
        if subject not in self._known:
            command = BrowseProcedures(**_shelf(subject))
            self._link.ask(command, lambda r: self._came(subject, r), self._failed, resend=True)
        self._kiosk.show(PAGE, subject=subject)

    def _came(self, subject: str, result: Result) -> None:
        if isinstance(result, ProceduresResult):
            self._known[subject] = result.lines
            self._lines.refresh()
            self.changed.emit()

    def _failed(self, failure: Failure) -> None:
        log.warning("no list of procedures: %s %s", failure.code, failure.detail)
        self._kiosk.apologise()

    def _follow(self) -> None:
        subject = self._kiosk.subject_of(PAGE)
        if subject and subject != self._subject:
            self._subject = subject
            self._printing.stop()
            self._lines.refresh()
            self.changed.emit()

    def _forget(self) -> None:
        self._known.clear()
        self._printing.stop()
        self._subject = ""

    def _title(self) -> str:
        kind, _, code = self._subject.partition(":")
        match f"{kind}:":
            case "life:":
                return self._guide.life_event_name(code)
            case "news:":
                return self._guide.news_name(code)
            case _:
                return self._guide.field_name(code)


def _shelf(subject: str) -> dict[str, Any]:
    """The words of a command for a subject."""
    kind, _, code = subject.partition(":")
    return {{"life": "life_event"}.get(kind, kind): code}
