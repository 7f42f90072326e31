"""How every part of the kiosk is, in words: what works, what does not, since when, what to do."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.screen.hall_view import HallView
from kiosk.screen.rows_model import Row, RowsModel
from kiosk.screen.technician_link import TechnicianLink
from kiosk.screen.translator import Translator
from kiosk.words import (
    AskParts,
    DeviceState,
    Event,
    PartFinding,
    PartsExamined,
    SetMaintenance,
    StateChanged,
)
from kiosk.words.technician import Verdict

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

WORST_FIRST: tuple[Verdict, ...] = ("fault", "warning", "ok", "skipped")
AGAIN_MS = 2500  # after a device has changed: others change with it
ROLES = ("code", "name", "verdict", "verdictText", "means", "advice", "since")


@QmlElement
class PartsView(QObject):
    """The newest findings; looked for anew whenever a device changes while they are shown."""

    changed = Signal()

    def __init__(
        self,
        link: TechnicianLink,
        texts: Translator,
        hall: HallView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._hall = hall
        self._findings: tuple[PartFinding, ...] = ()
        self._devices: tuple[DeviceState, ...] = ()
        self._wrong_pins, self._version = 0, ""
        self._busy = False
        self._shown = False
        self._rows = RowsModel(ROLES, self._describe, self)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self.look)
        link.happened.connect(self._happened)
        texts.switched.connect(self._rows.refresh)
        texts.switched.connect(self.changed)
        hall.changed.connect(self.changed)

    @Property(QObject, notify=changed)
    def rows(self) -> RowsModel:
        """One row a part, the worst first."""
        return self._rows

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether the parts are being looked at."""
        return self._busy

    @Property(str, notify=changed)
    def faults(self) -> str:
        """ "2 hỏng"; "" where there are none, and so the two that follow."""
        return self._counted("fault")

    @Property(str, notify=changed)
    def warnings(self) -> str:
        """ "1 cần để ý"."""
        return self._counted("warning")

    @Property(str, notify=changed)
    def well(self) -> str:
        """ "20 tốt"."""
        return self._counted("ok")

    @Property(str, notify=changed)
    def guesses(self) -> str:
        """How many wrong PINs were tried since the last entry, in words; "" for none."""
        count = self._wrong_pins
        return self._texts.text("tech_part.guesses", count=count) if count else ""

    @Property(str, notify=changed)
    def version(self) -> str:
        """Of the kiosk's software, in words."""
        known = self._version
        return self._texts.text("tech_part.version", version=known) if known else ""

    @Property(bool, notify=changed)
    def maintained(self) -> bool:
        """Whether citizens are told that the kiosk is being seen to."""
        return self._hall.is_maintained()

    @Slot()
    def look(self) -> None:
        """Look at every part now."""
        self._busy = True
        self._link.ask(AskParts(), on_failure=lambda _: self._end())
        self.changed.emit()

    @Slot()
    def toggleMaintenance(self) -> None:
        """Citizens are sent elsewhere from now on, or served again."""
        self._link.ask(SetMaintenance(on=not self._hall.is_maintained()))

    def show(self, *, shown: bool) -> None:
        """The page is turned to, or left."""
        if shown and not self._shown:
            self.look()
        self._shown = shown

    def forget(self) -> None:
        """The technician has gone."""
        self._shown = self._busy = False
        self._findings = ()
        self._again.stop()
        self._rows.refresh()

    def _happened(self, event: Event) -> None:
        if isinstance(event, PartsExamined):
            self._findings = event.findings
            self._wrong_pins, self._version = event.wrong_pins, event.version
            self._rows.refresh()
            self._end()
        elif isinstance(event, StateChanged) and event.state.devices != self._devices:
            self._devices = event.state.devices
            if self._shown:
                self._again.start()

    def _end(self) -> None:
        self._busy = False
        self.changed.emit()

    def _counted(self, state: Verdict) -> str:
        count = sum(one.state == state for one in self._findings)
        return self._texts.text(f"tech_part.count_{state}", count=count) if count else ""

    def _describe(self) -> list[Row]:
        worst_first = sorted(self._findings, key=lambda one: WORST_FIRST.index(one.state))
        return [finding_row(one, self._texts) for one in worst_first]


def finding_row(one: PartFinding, texts: Translator) -> Row:
    """A finding in the language of now."""
    return {
        "code": one.part,
        "name": texts.pick(one.name_vi, one.name_en),
        "verdict": one.state,
        "verdictText": texts.text(f"tech_part.{one.state}"),
        "means": texts.pick(one.means_vi, one.means_en),
        "advice": texts.pick(one.do_vi, one.do_en),
        "since": since_text(one.since, texts),
    }


def since_text(moment: str, texts: Translator) -> str:
    """ "từ 08:00 ngày 23/11", or ""."""
    if not moment:
        return ""
    when = datetime.fromisoformat(moment)
    return texts.text("tech_part.since", time=f"{when:%H:%M}", day=f"{when:%d/%m}")
