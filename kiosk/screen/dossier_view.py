"""How far a dossier is: its code typed or held before the scanner, the state and the day shown.

    dossier         the code, typed
    dossierstate    asking ─▶ a state with its days, or kindly why there is none

The code and the answer are known for as long as the visit lasts, and never written or logged.
"""

from __future__ import annotations

import logging
import uuid
from datetime import datetime

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.guide.dossier_code import MAX_LENGTH, dossier_code
from kiosk.link.frames import Failure
from kiosk.screen import moments
from kiosk.screen.hall_view import HallView
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.link_view import LinkView
from kiosk.screen.rows_model import Row, RowsModel
from kiosk.screen.translator import Translator
from kiosk.words import AskDossier, CodeScanned, DossierTold, Event

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

PAGE, STATE_PAGE = "dossier", "dossierstate"
LETTERS = ("H", "G", ".", "-")
"""With H begin the offices of provinces, with G those of ministries."""
ENTRIES = frozenset({"welcome", "guide", "search", "answer", "queue", "thanks", PAGE, STATE_PAGE})
"""Pages from which a scanned code leads here; elsewhere something else is under way."""
ANSWER_WITHIN_MS = 15_000  # the core answers sooner, unless it goes away meanwhile
UNDER_WAY = frozenset({"received", "in_progress"})
TEXTS = {
    "asking": ("dossier_state.asking", "dossier_advice.asking", "hourglass"),
    "received": ("dossier_state.received", "dossier_advice.received", "stamp"),
    "in_progress": ("dossier_state.in_progress", "dossier_advice.in_progress", "hourglass"),
    "more_papers": ("dossier_state.more_papers", "dossier_advice.more_papers", "files"),
    "payment": ("dossier_state.payment", "dossier_advice.payment", "banknote"),
    "ready": ("dossier_state.ready", "dossier_advice.ready", "file-check"),
    "returned": ("dossier_state.returned", "dossier_advice.returned", "circle-check"),
    "refused": ("dossier_state.refused", "dossier_advice.refused", "hand-helping"),
    "stopped": ("dossier_state.stopped", "dossier_advice.stopped", "hand-helping"),
    "late": ("dossier_state.late", "dossier_advice.late", "calendar-clock"),
    "unknown": ("dossier_state.unknown", "dossier_advice.unknown", "file-question-mark"),
    "away": ("dossier_state.away", "dossier_advice.away", "hand-helping"),
    "too_many": ("dossier_state.too_many", "dossier_advice.too_many", "hourglass"),
}
"""Of each state what is told, what is advised, and its picture."""


@QmlElement
class DossierView(QObject):
    """One code at a time. `offered`: this kiosk has a centre to ask."""

    changed = Signal()

    def __init__(
        self,
        link: LinkView,
        texts: Translator,
        kiosk: KioskView,
        hall: HallView,
        parent: QObject | None = None,
        *,
        offered: bool,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._kiosk = kiosk
        self._hall = hall
        self._offered = offered
        self._typed = self._code = self._request = ""
        self._told: DossierTold | None = None
        self._days = RowsModel(("code", "name", "text", "iconName", "known"), self._rows, self)
        self._late = QTimer(self, singleShot=True, interval=ANSWER_WITHIN_MS)
        self._late.timeout.connect(self._give_up)
        texts.switched.connect(self._tell)
        hall.changed.connect(self.changed)
        kiosk.left.connect(self._forget)
        link.happened.connect(self._happened)

    @Property(str, notify=changed)
    def typed(self) -> str:
        """What has been typed."""
        return self._typed

    @Property(bool, notify=changed)
    def complete(self) -> bool:
        """Whether it can be looked up."""
        return bool(dossier_code(self._typed))

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]
    def letters(self) -> list[str]:
        """What a code holds beside figures."""
        return list(LETTERS)

    @Property(bool, notify=changed)
    def scans(self) -> bool:
        """Whether a receipt can be held before a scanner here."""
        return self._hall.is_ready("scanner")

    @Property(str, notify=changed)
    def code(self) -> str:
        """The code that was asked for; a line may end after its dashes."""
        return self._code.replace("-", "-\u200b")

    @Property(str, notify=changed)
    def state(self) -> str:
        """One of TEXTS."""
        return self._state()

    @Property(str, notify=changed)
    def headline(self) -> str:
        """How far it is."""
        return self._texts.text(TEXTS[self._state()][0])

    @Property(str, notify=changed)
    def advice(self) -> str:
        """What to do now."""
        return self._texts.text(TEXTS[self._state()][1])

    @Property(str, notify=changed)
    def iconName(self) -> str:
        """The picture of how far it is."""
        return TEXTS[self._state()][2]

    @Property(QObject, notify=changed)
    def days(self) -> RowsModel:
        """When the result is due, and when something last happened, where it is known."""
        return self._days

    def open(self, code: str) -> None:
        """From an answer that sends here; a code that was said is looked up at once."""
        if self._kiosk.current_page() == "answer":
            self._kiosk.show(PAGE)
            if dossier_code(code):
                self._ask(dossier_code(code))

    @Slot(str)
    def type(self, key: str) -> None:
        """A figure, a letter, a dot, a dash, "erase" or "clear"."""
        match key:
            case "clear":
                self._typed = ""
            case "erase":
                self._typed = self._typed[:-1]
            case _ if (key.isdecimal() or key in LETTERS) and len(self._typed) < MAX_LENGTH:
                self._typed += key
        self.changed.emit()

    @Slot()
    def find(self) -> None:
        """That is the code; what is none is asked for again."""
        if code := dossier_code(self._typed):
            self._ask(code)
        else:
            self._kiosk.announce(self._texts.text("dossier.incomplete"), "file-question-mark")

    @Slot()
    def other(self) -> None:
        """Another code: the pad is empty again."""
        self._typed = ""
        self._stop_asking()
        self._kiosk.show(PAGE, instead=STATE_PAGE)
        self.changed.emit()

    def _ask(self, code: str) -> None:
        self._code, self._told = code, None
        self._request = uuid.uuid4().hex
        self._kiosk.show(STATE_PAGE, self._spoken, instead=STATE_PAGE)
        self._late.start()
        self._link.ask(AskDossier(request_id=self._request, code=code), on_failure=self._failed)
        self._tell()

    def _happened(self, event: Event) -> None:
        match event:
            case DossierTold(request_id=request) if request and request == self._request:
                self._stop_asking()
                self._take(event)
            case CodeScanned(form="dossier", dossier=text):
                self._scanned(dossier_code(text))

    def _scanned(self, code: str) -> None:
        page = self._kiosk.current_page()
        if not self._offered or not code:
            self._kiosk.tell(self._texts.text("dossier.to_staff"), "hand-helping")
        elif page in ENTRIES:
            self._ask(code)
        elif page != "maintenance":
            self._kiosk.tell(self._texts.text("dossier.finish_first"), "file-text")

    def _failed(self, failure: Failure) -> None:
        log.info("a dossier cannot be asked for: %s", failure.code)
        self._give_up()

    def _give_up(self) -> None:
        if request := self._request:
            self._stop_asking()
            self._take(DossierTold(request_id=request, outcome="away"))

    def _take(self, told: DossierTold) -> None:
        self._told = told
        self._tell()
        self._kiosk.stay()
        if "byKeys" in self._kiosk.visit.now.modes and self._kiosk.current_page() == STATE_PAGE:
            self._kiosk.read()

    def _stop_asking(self) -> None:
        self._request = ""
        self._late.stop()

    def _state(self) -> str:
        told = self._told
        if told is None:
            return "asking"
        if told.outcome != "known":
            return told.outcome
        today = self._hall.now().date().isoformat()
        if told.stage in UNDER_WAY and told.due_on and told.due_on < today:
            return "late"
        return told.stage or "away"

    def _spoken(self) -> dict[str, str]:
        """For whoever hears it: state, days and advice in one."""
        lines = [self._texts.text(TEXTS[self._state()][0])]
        lines += [f"{row['name']}: {row['text']}" for row in self._rows()]
        return {"told": ". ".join([*lines, self._texts.text(TEXTS[self._state()][1])])}

    def _rows(self) -> list[Row]:
        told = self._told
        days = (("due", told.due_on), ("changed", told.changed_on)) if told else ()
        names = {
            "due": (self._texts.text("dossier.due"), "calendar-days"),
            "changed": (self._texts.text("dossier.changed"), "clock"),
        }
        return [
            {
                "code": code,
                "name": names[code][0],
                "text": self._long_day(day),
                "iconName": names[code][1],
                "known": "yes",
            }
            for code, day in days
            if day
        ]

    def _long_day(self, day: str) -> str:
        moment = datetime.fromisoformat(day)
        date = moments.long_date(moment, self._texts)
        if moment.year == self._hall.now().year:
            return date
        return self._texts.text("dossier.day", date=date, year=moment.year)

    def _forget(self) -> None:
        self._typed = self._code = ""
        self._told = None
        self._stop_asking()
        self._tell()

    def _tell(self) -> None:
        self._days.refresh()
        self.changed.emit()
