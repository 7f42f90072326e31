"""The technician at the kiosk's own screen: the hidden corner, the PIN, the pages behind it.

    corner held ─▶ "pin" ─▶ right ─▶ "parts" ⇄ "tests" ⇄ "settings" ⇄ "log" ⇄ "first"
                                        └─ leave, or nobody touches ─▶ "" and all is forgotten

A badge before the scanner opens it too. The citizen's visit is forgotten first.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.screen.countdown import Countdown
from kiosk.screen.digits import dialled
from kiosk.screen.first_start_view import FirstStartView
from kiosk.screen.hall_view import HallView
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.link_view import LinkView
from kiosk.screen.log_view import LogView
from kiosk.screen.parts_view import PartsView
from kiosk.screen.self_test_view import SelfTestView
from kiosk.screen.settings_view import SettingsView
from kiosk.screen.technician_link import TechnicianLink
from kiosk.screen.translator import Translator
from kiosk.words import (
    DoorResult,
    EnterTechnician,
    Event,
    KnockTechnician,
    LeaveTechnician,
    RestartKiosk,
    Result,
    TechnicianEntered,
)

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

LEAVE_S = 180  # nobody touched
FIRST_START_S = 900  # a box is being unpacked meanwhile
PIN_S = 40
TOLD_S = 30  # the last seconds are told
LONGEST_PIN = 12
Show = Callable[..., None]


@QmlElement
class TechnicianView(QObject):
    """`page` is "" while no technician is here."""

    changed = Signal()
    ticked = Signal()

    def __init__(
        self,
        link: LinkView,
        texts: Translator,
        kiosk: KioskView,
        hall: HallView,
        parent: QObject | None = None,
        *,
        leave_s: int = LEAVE_S,
    ) -> None:
        """`leave_s`: the pages close after so long without a touch."""
        super().__init__(parent)
        self._texts = texts
        self._kiosk = kiosk
        self._leave_s = leave_s
        self._link = TechnicianLink(link, self)
        self._page = ""
        self._pin, self._told = "", ""
        self._wait = Countdown(self)
        self._wait.changed.connect(self.changed)
        self._quiet = Countdown(self)
        self._quiet.changed.connect(self.ticked)
        self._quiet.over.connect(self.leave)
        self._parts = PartsView(self._link, texts, hall, self)
        self._tests = SelfTestView(self._link, texts, self)
        self._settings = SettingsView(self._link, texts, self)
        self._logs = LogView(self._link, texts, self)
        self._first_start = FirstStartView(self._link, texts, self)
        self._first_start.tested.connect(lambda: self._tests.run("print"))
        self._link.outside.connect(self._close)
        link.went.connect(self._close)
        link.happened.connect(self._happened)
        kiosk.touched.connect(self._stay)
        texts.switched.connect(self.changed)

    @Property(str, notify=changed)
    def page(self) -> str:
        """pin, parts, tests, settings, log, first; "" while no technician is here."""
        return self._page

    @Property(str, notify=changed)
    def pin(self) -> str:
        """What has been typed, as dots."""
        return "•" * len(self._pin)

    @Property(bool, notify=changed)
    def waiting(self) -> bool:
        """Whether no PIN may be tried now."""
        return self._wait.left > 0

    @Property(str, notify=changed)
    def told(self) -> str:
        """What the door says: wrong, or how long to wait."""
        left = self._wait.left
        if not left:
            return self._told
        if left < 90:
            return self._texts.text("tech_pin.wait", seconds=left)
        return self._texts.text("tech_pin.wait_minutes", minutes=-(-left // 60))

    @Property(str, notify=ticked)
    def leaving(self) -> str:
        """In how many seconds it closes by itself; "" while that is far."""
        left = self._quiet.left
        return self._texts.text("tech.leaving", seconds=left) if 0 < left <= TOLD_S else ""

    @Property(QObject, notify=changed)
    def parts(self) -> QObject:
        """A PartsView."""
        return self._parts

    @Property(QObject, notify=changed)
    def tests(self) -> QObject:
        """A SelfTestView."""
        return self._tests

    @Property(QObject, notify=changed)
    def settings(self) -> QObject:
        """A SettingsView."""
        return self._settings

    @Property(QObject, notify=changed)
    def logs(self) -> QObject:
        """A LogView."""
        return self._logs

    @Property(QObject, notify=changed)
    def firstStart(self) -> QObject:
        """A FirstStartView."""
        return self._first_start

    @Slot()
    def hold(self) -> None:
        """The hidden corner was held."""
        if not self._page:
            self._link.ask(KnockTechnician(), self._knocked)

    @Slot(str)
    def type(self, key: str) -> None:
        """A figure, "erase" or "clear"."""
        if not self._wait.left:
            self._pin = dialled(self._pin, key, longest=LONGEST_PIN)
            self._told = ""
            self.changed.emit()

    @Slot()
    def enter(self) -> None:
        """That is the PIN."""
        if self._pin and not self._wait.left:
            pin, self._pin = self._pin, ""
            self._link.ask(EnterTechnician(pin=pin), self._answered, lambda _: self.leave())
            self.changed.emit()

    @Slot(str)
    def turnTo(self, page: str) -> None:
        """Another of the pages."""
        if not self._page or page == self._page:
            return
        before, self._page = self._page, page
        for name, show in self._shows().items():
            if name in {before, page}:
                show(shown=name == page)
        self._stay()
        self.changed.emit()

    @Slot()
    def switchLanguage(self) -> None:
        """Vietnamese to English and back."""
        self._kiosk.switchLanguage()

    @Slot()
    def restart(self) -> None:
        """Core and screens end and are started again."""
        self._link.ask(RestartKiosk())

    @Slot()
    def leave(self) -> None:
        """The technician has gone."""
        if self._page:
            self._link.ask(LeaveTechnician())
            self._close()

    def follow(self, *, first_start: bool) -> None:
        """Whether whoever is let in by the command line sets the kiosk up here."""
        if first_start and not self._page:
            self._open("first")

    def _shows(self) -> dict[str, Show]:
        return {
            "parts": self._parts.show,
            "tests": self._tests.show,
            "settings": self._settings.show,
            "log": self._logs.show,
            "first": self._first_start.show,
        }

    def _knocked(self, result: Result) -> None:
        if isinstance(result, DoorResult) and result.has_pin and not self._page:
            self._open("pin")
            self._take(result)

    def _answered(self, result: Result) -> None:
        if not isinstance(result, DoorResult) or self._page != "pin":
            return
        if result.inside:
            self.turnTo("parts")
            return
        self._told = self._texts.text("tech_pin.wrong")
        self._take(result)

    def _take(self, door: DoorResult) -> None:
        if door.wait_s:
            self._wait.start(door.wait_s)
        self.changed.emit()

    def _happened(self, event: Event) -> None:
        if isinstance(event, TechnicianEntered):
            if self._page:
                self.turnTo("parts")
            else:
                self._open("parts")

    def _open(self, page: str) -> None:
        self._kiosk.occupy(occupied=True)
        self._page = page
        self._pin = self._told = ""
        if show := self._shows().get(page):
            show(shown=True)
        self._stay()
        self.changed.emit()

    def _stay(self) -> None:
        """Somebody is still there."""
        if self._page:
            self._quiet.start({"pin": PIN_S, "first": FIRST_START_S}.get(self._page, self._leave_s))

    def _close(self) -> None:
        if not self._page:
            return
        self._page = self._pin = self._told = ""
        self._quiet.stop()
        self._wait.stop()
        for part in (self._parts, self._tests, self._settings, self._logs, self._first_start):
            part.forget()
        self._kiosk.occupy(occupied=False)
        self.changed.emit()
