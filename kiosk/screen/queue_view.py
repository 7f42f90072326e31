"""The queue now, for a citizen who wants to know before or after taking a number."""

from __future__ import annotations

import logging

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.link.frames import Failure
from kiosk.screen.hall_view import HallView
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.link_view import LinkView
from kiosk.screen.rows_model import Row, RowsModel
from kiosk.screen.services_model import service_status
from kiosk.screen.translator import Translator
from kiosk.words import AskHall, Event, HallChanged, HallResult, HallState, Result

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

PAGE = "queue"


@QmlElement
class QueueView(QObject):
    """One row a service: how many wait, and which numbers are at which counters."""

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
        self._now: HallState | None = None
        roles = ("code", "name", "iconName", "availability", "status", "present")
        self._services = RowsModel(roles, self._rows, self)
        hall.changed.connect(self._services.refresh)
        link.happened.connect(self._happened)
        texts.switched.connect(self.changed)

    @Property(QObject, notify=changed)
    def services(self) -> RowsModel:
        """The services, in the order of config.toml."""
        return self._services

    @Property(bool, notify=changed)
    def stale(self) -> bool:
        """Who is at the counters may be old: the kiosk that leads the site is away."""
        return self._now is not None and self._now.stale

    @Property(str, notify=changed)
    def near(self) -> str:
        """Whose turn is near, in a sentence; "" where nobody's is."""
        near = self._now.near if self._now is not None else ()
        return self._texts.text("board.soon", numbers=", ".join(near)) if near else ""

    @Slot()
    def open(self) -> None:
        """From the welcome page to the queue, or from an answer that sends there."""
        if self._kiosk.current_page() in {"welcome", "answer"}:
            self._link.ask(AskHall(), self._came, self._failed)
            self._kiosk.show(PAGE, self._spoken)

    def _spoken(self) -> dict[str, str]:
        return {"waiting": self._hall.waiting_now() or self._texts.text("hall.nobody")}

    def _came(self, result: Result) -> None:
        if isinstance(result, HallResult):
            self._take(result.hall)

    def _failed(self, failure: Failure) -> None:
        log.warning("who is at the counters is not told: %s %s", failure.code, failure.detail)

    def _happened(self, event: Event) -> None:
        if isinstance(event, HallChanged):
            self._take(event.hall)

    def _take(self, hall: HallState) -> None:
        self._now = hall
        self.changed.emit()
        if self._kiosk.current_page() == PAGE:
            self._services.refresh()

    def _rows(self) -> list[Row]:
        return [
            {
                "code": one.code,
                "name": self._texts.pick(one.name_vi, one.name_en),
                "iconName": one.icon,
                "availability": one.availability,
                "status": service_status(one, self._hall.now(), self._texts),
                "present": self._present(one.code),
            }
            for one in self._hall.services()
        ]

    def _present(self, service: str) -> str:
        """ "A007 – quầy 1, A008 – quầy 2": who is called or served now."""
        here = (
            self._texts.text("queue.present", number=one.ticket.number, counter=one.number)
            for one in (self._now.counters if self._now else ())
            if one.ticket is not None and one.ticket.service == service
        )
        return ", ".join(here)
