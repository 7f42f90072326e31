"""The classes of people who are served before others, as cards."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from kiosk.screen.hall_view import HallView
from kiosk.screen.rows_model import Row, RowsModel
from kiosk.screen.translator import Translator

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PrioritiesModel(RowsModel):
    """One row a class, in the order of config.toml."""

    def __init__(self, hall: HallView, texts: Translator, parent: QObject | None = None) -> None:
        super().__init__(("code", "name", "iconName"), self._all_rows, parent)
        self._hall = hall
        self._texts = texts
        hall.changed.connect(self.refresh)

    def _all_rows(self) -> list[Row]:
        return [
            {"code": p.code, "name": self._texts.pick(p.name_vi, p.name_en), "iconName": p.icon}
            for p in self._hall.priorities()
        ]
