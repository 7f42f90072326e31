"""One procedure: what to bring, what it costs, how it goes, and what can be done about it here."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.guide.procedure import Procedure, in_english
from kiosk.link.frames import Failure
from kiosk.screen import leaflet
from kiosk.screen.hall_view import HallView
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.lines_model import LinesModel
from kiosk.screen.link_view import LinkView
from kiosk.screen.rows_model import Row, RowsModel
from kiosk.screen.translator import Translator
from kiosk.words import (
    PrintChecklist,
    ProcedureLine,
    ProcedureResult,
    Result,
    ServiceState,
    ShowProcedure,
)

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

PAGE = "procedure"
PRINT_WITHIN_MS = 30_000  # then the button is free again, whatever became of the paper
SECTION_OF = {"documents": "documents", "steps": "steps"}
"""The section that answers an aspect of a question; all others are answered by the facts."""


@QmlElement
class ProcedureView(QObject):
    """The procedure of the present page. Those looked at stay for the visit.

    A text of the catalogue that is missing is said so: "please ask a clerk".
    """

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
        self._link = link
        self._texts = texts
        self._kiosk = kiosk
        self._hall = hall
        self._code = ""
        self._section = "documents"
        self._known: dict[str, ProcedureResult] = {}
        self._printing = QTimer(self, singleShot=True, interval=PRINT_WITHIN_MS)
        self._printing.timeout.connect(self.changed)
        self._documents = RowsModel(
            leaflet.DOCUMENT_ROLES, self._rows(lambda p: leaflet.document_rows(p, texts)), self
        )
        self._facts = RowsModel(
            leaflet.FACT_ROLES,
            self._rows(lambda p: leaflet.fact_rows(p, self._service(), texts)),
            self,
        )
        self._steps = RowsModel(
            leaflet.STEP_ROLES, self._rows(lambda p: leaflet.step_rows(p, texts)), self
        )
        self._companions = LinesModel(self._companion_lines, texts, self)
        texts.switched.connect(self._tell)
        hall.changed.connect(self._tell)
        kiosk.changed.connect(self._follow)
        kiosk.left.connect(self._forget)

    # What QML shows.

    @Property(bool, notify=changed)
    def here(self) -> bool:
        """The procedure has come."""
        return self._code in self._known

    @Property(str, notify=changed)
    def title(self) -> str:
        """Its short name."""
        known = self._procedure()
        return self._texts.pick(known.short, known.short_en) if known else ""

    @Property(str, notify=changed)
    def about(self) -> str:
        """Who it is for; in English, what it is."""
        known = self._procedure()
        return self._texts.pick(known.who, known.about_en) if known else ""

    @Property(str, notify=changed)
    def portal(self) -> str:
        """The address of its page on the national portal."""
        known = self._procedure()
        return known.portal if known else ""

    @Property(str, notify=changed)
    def online(self) -> str:
        """How much of it can be done there."""
        known = self._procedure()
        return self._texts.text(leaflet.ONLINE[known.online]) if known else ""

    @Property(str, notify=changed)
    def note(self) -> str:
        """In English, that what is shown is in Vietnamese; "" where it is not."""
        known = self._procedure()
        if not known or self._texts.chosen == "vi" or in_english(known):
            return ""
        if self._section == "documents" and all(one.name_en for one in known.documents):
            return ""
        return self._texts.text("procedure.vietnamese")

    @Property(str, notify=changed)
    def section(self) -> str:
        """documents, facts, steps or companions."""
        return self._section

    @Property(bool, notify=changed)
    def hasCompanions(self) -> bool:
        """Whether people usually do something else with it."""
        return bool(self._companion_lines())

    @Property(str, notify=changed)
    def service(self) -> str:
        """The code of the service that it queues for, or ""."""
        service = self._service()
        return service.code if service else ""

    @Property(bool, notify=changed)
    def printing(self) -> bool:
        """The checklist is on its way to the printer."""
        return self._printing.isActive()

    @Property(QObject, notify=changed)
    def documents(self) -> RowsModel:
        """What to bring."""
        return self._documents

    @Property(QObject, notify=changed)
    def facts(self) -> RowsModel:
        """Fee, time, place, result."""
        return self._facts

    @Property(QObject, notify=changed)
    def steps(self) -> RowsModel:
        """How it goes."""
        return self._steps

    @Property(QObject, notify=changed)
    def companions(self) -> LinesModel:
        """What people usually do with it."""
        return self._companions

    # What a citizen does.

    @Slot(str)
    def open(self, code: str) -> None:
        """To a procedure's page, from wherever its name stands."""
        self.open_at(code, "documents")

    def open_at(self, code: str, aspect: str) -> None:
        """To a procedure's page, at the section that answers an aspect of it."""
        if self._kiosk.current_page() == "welcome":
            return
        if code not in self._known:
            self._link.ask(ShowProcedure(code=code), self._came, self._failed, resend=True)
        self._kiosk.show(PAGE, lambda: {"name": self._name()}, subject=code)
        self.turnTo(SECTION_OF.get(aspect, "facts"))

    @Slot(str)
    def turnTo(self, section: str) -> None:
        """Show another section."""
        self._section = section
        self.changed.emit()

    @Slot()
    def printChecklist(self) -> None:
        """The checklist on paper."""
        if self._printing.isActive() or not self._procedure():
            return
        self._printing.start()
        self.changed.emit()
        command = PrintChecklist(code=self._code, language=self._texts.chosen)
        self._link.ask(command, on_failure=self._not_printed)

    # What the core tells.

    def _came(self, result: Result) -> None:
        if isinstance(result, ProcedureResult):
            self._known[result.procedure.code] = result
            self._tell()

    def _failed(self, failure: Failure) -> None:
        log.warning("no procedure to show: %s %s", failure.code, failure.detail)
        self._kiosk.apologise()

    def _not_printed(self, failure: Failure) -> None:
        log.warning("no checklist was printed: %s %s", failure.code, failure.detail)
        self._end_print("checklist.photograph", "camera")

    def checklist_changed(self, code: str, state: str) -> None:
        """A checklist is on paper, or is not; only this page's matters."""
        if not self._printing.isActive() or code != self._code:
            return
        if state == "printed":
            self._kiosk.visit.had("checklist")
            self._end_print("checklist.printed", "receipt-text")
        else:
            self._end_print("checklist.photograph", "camera")

    def _end_print(self, words: str, icon: str) -> None:
        self._printing.stop()
        self.changed.emit()
        self._kiosk.tell(self._texts.text(words), icon)

    def _follow(self) -> None:
        code = self._kiosk.subject_of(PAGE)
        if code and code != self._code:
            self._code, self._section = code, "documents"
            self._kiosk.visit.become(topic=code)
            self._printing.stop()
            self._tell()

    def _tell(self) -> None:
        for model in (self._documents, self._facts, self._steps, self._companions):
            model.refresh()
        self.changed.emit()

    # What is known of it.

    def _procedure(self) -> Procedure | None:
        known = self._known.get(self._code)
        return known.procedure if known else None

    def _name(self) -> str:
        known = self._procedure()
        return self._texts.pick(known.short, known.short_en) if known else ""

    def _service(self) -> ServiceState | None:
        """As the hall knows it now."""
        known = self._known.get(self._code)
        return self._hall.service(known.service.code) if known and known.service else None

    def _rows(self, describe: Callable[[Procedure], list[Row]]) -> Callable[[], list[Row]]:
        """Rows of the procedure of now; none before it has come."""

        def rows() -> list[Row]:
            known = self._procedure()
            return describe(known) if known else []

        return rows

    def _forget(self) -> None:
        self._known.clear()
        self._printing.stop()
        self._code = ""

    def _companion_lines(self) -> tuple[ProcedureLine, ...]:
        known = self._known.get(self._code)
        return known.companions if known else ()
