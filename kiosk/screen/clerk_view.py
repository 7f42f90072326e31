"""The call for a person: that it is going out, who comes, and what to do where nobody does.

    press ─▶ calling ──answered──▶ coming ─▶ (over)
               │ └─cancelled, by the citizen─▶ (over)
               └──nobody answers──▶ late ──answered──▶ coming

The call belongs to the place, not to the visit: who goes home has still called somebody.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.link.frames import Failure
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.link_view import LinkView
from kiosk.screen.translator import Translator
from kiosk.words import (
    AskHall,
    CancelCall,
    Event,
    HallChanged,
    HallResult,
    HallState,
    Result,
    StaffCall,
    StaffCallAnswered,
    StaffCallCancelled,
    StaffCalled,
    StaffCallLate,
)

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

PAGE = "clerk"
COMING_MS = 90_000  # by then they are there


@QmlElement
class ClerkView(QObject):
    """The calls of this kiosk that are open, and the one that was answered last."""

    changed = Signal()

    def __init__(
        self, link: LinkView, texts: Translator, kiosk: KioskView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._kiosk = kiosk
        self._open: dict[int, StaffCall] = {}
        self._name = ""
        self._counter = ""  # one that is open, for whom nobody comes to
        self._coming = QTimer(self, singleShot=True, interval=COMING_MS)
        self._coming.timeout.connect(self.changed)
        link.came.connect(self._ask)
        link.happened.connect(self._happened)
        texts.switched.connect(self.changed)

    @Property(str, notify=changed)
    def state(self) -> str:
        """calling, late, coming, or "" for no call."""
        return self._state()

    @Property(str, notify=changed)
    def label(self) -> str:
        """What the button says."""
        key = {"calling": "bar.calling", "late": "bar.calling", "coming": "bar.coming"}
        return self._texts.text(key.get(self._state(), "bar.clerk"))

    @Property(str, notify=changed)
    def headline(self) -> str:
        """How the call goes."""
        return self._headline()

    def _headline(self) -> str:
        match self._state():
            case "coming":
                return self._comes()
            case "late":
                return self._texts.text("clerk.late")
            case "calling":
                return self._texts.text("clerk.calling")
        return self._texts.text("clerk.over")

    @Property(str, notify=changed)
    def advice(self) -> str:
        """What to do meanwhile."""
        if self._state() == "late":
            return self._go()
        return self._texts.text("clerk.stay") if self._state() else ""

    @Slot()
    def press(self) -> None:
        """The button of the bar: call, or see how the call goes."""
        if self._state():
            self._kiosk.show(PAGE, lambda: {"headline": self._headline()}, instead=PAGE)
        else:
            self._kiosk.callClerk()

    @Slot()
    def cancel(self) -> None:
        """Nobody is needed any more."""
        for call_id in list(self._open):
            self._link.ask(CancelCall(call_id=call_id), on_failure=self._not_cancelled)
        self._leave()

    @Slot()
    def goOn(self) -> None:
        """Back to where one was."""
        self._leave()

    def _leave(self) -> None:
        if self._kiosk.current_page() == PAGE:
            self._kiosk.back()

    def _state(self) -> str:
        if any(call.late for call in self._open.values()):
            return "late"
        if self._open:
            return "calling"
        return "coming" if self._coming.isActive() else ""

    def _ask(self) -> None:
        """What happened while the core was away."""
        self._link.ask(AskHall(), self._told)

    def _told(self, result: Result) -> None:
        if isinstance(result, HallResult):
            self._take(result.hall)

    def _take(self, hall: HallState) -> None:
        self._open = {call.id: call for call in hall.staff_calls if not call.kiosk}
        at_work = (one.number for one in hall.counters if one.state == "open")
        self._counter = next(at_work, "")
        self.changed.emit()

    def _happened(self, event: Event) -> None:
        match event:
            case HallChanged(hall=hall):
                self._take(hall)
            case StaffCalled(call=call) if not call.kiosk:
                self._open[call.id] = call
                self._coming.stop()
                self.changed.emit()
            case StaffCallLate(call=call) if not call.kiosk:
                self._open[call.id] = call
                self._tell_late()
            case StaffCallAnswered(call=call) if not call.kiosk:
                self._open.pop(call.id, None)
                self._tell_who_comes(call)
            case StaffCallCancelled(call=call) if not call.kiosk:
                self._open.pop(call.id, None)
                self.changed.emit()

    def _tell_who_comes(self, call: StaffCall) -> None:
        self._name = call.name
        self._coming.start()
        self._kiosk.stay()
        self._kiosk.tell(self._comes())
        if self._name:
            self._kiosk.say("clerk.named", name=self._name)
        else:
            self._kiosk.say("clerk.comes")
        self.changed.emit()

    def _tell_late(self) -> None:
        self._kiosk.stay()
        self._kiosk.tell(f"{self._texts.text('clerk.late')} {self._go()}")
        if self._counter:
            self._kiosk.say("clerk.go_to", counter=self._counter)
        else:
            self._kiosk.say("clerk.go")
        self.changed.emit()

    def _comes(self) -> str:
        if not self._name:
            return self._texts.text("clerk.comes")
        return self._texts.text("clerk.named", name=self._name)

    def _go(self) -> str:
        if not self._counter:
            return self._texts.text("clerk.go")
        return self._texts.text("clerk.go_to", counter=self._counter)

    def _not_cancelled(self, failure: Failure) -> None:
        log.warning("a call is not cancelled: %s %s", failure.code, failure.detail)
