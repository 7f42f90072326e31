"""The services as cards: what each is for, who waits, when it opens."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from kiosk.screen import moments
from kiosk.screen.hall_view import HallView, people_waiting
from kiosk.screen.rows_model import Row, RowsModel
from kiosk.screen.translator import Translator
from kiosk.words import ServiceState

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

SHUT = {"closed": "services.closed", "full": "services.full"}


@QmlElement
class ServicesModel(RowsModel):
    """One row a service, in the order of config.toml."""

    def __init__(self, hall: HallView, texts: Translator, parent: QObject | None = None) -> None:
        roles = ("code", "name", "about", "iconName", "availability", "status", "brief")
        super().__init__(roles, self._all_rows, parent)
        self._hall = hall
        self._texts = texts
        hall.changed.connect(self.refresh)

    def _all_rows(self) -> list[Row]:
        return [self._row(service) for service in self._hall.services()]

    def _row(self, service: ServiceState) -> Row:
        return {
            "code": service.code,
            "name": self._texts.pick(service.name_vi, service.name_en),
            "about": self._texts.pick(service.about_vi, service.about_en),
            "iconName": service.icon,
            "availability": service.availability,
            "status": service_status(service, self._hall.now(), self._texts),
            "brief": _brief(service, self._texts),
        }


def service_status(service: ServiceState, now: datetime, texts: Translator) -> str:
    """How many wait for a service and how long, or when it opens."""
    brief = _brief(service, texts)
    if service.availability == "open" and service.waiting and service.estimate_minutes:
        minutes = service.estimate_minutes
        return texts.text("services.estimate", waiting=brief, minutes=minutes)
    if service.availability == "closed" and service.opens_at:
        when = moments.opening(service.opens_at, now, texts)
        return texts.text("services.opens", when=when)
    return brief


def _brief(service: ServiceState, texts: Translator) -> str:
    if service.availability == "open":
        return people_waiting(service.waiting, texts)
    return texts.text(SHUT[service.availability])
