"""Procedures as cards: search results, a field, a life event, companions, choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement

from kiosk.screen.rows_model import Row, RowsModel
from kiosk.screen.translator import Translator
from kiosk.words import ProcedureLine

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

ROLES = ("code", "name", "iconName")

Lines = Callable[[], Iterable[ProcedureLine]]


@QmlElement
class LinesModel(RowsModel):
    """One row a procedure, in the order in which the core gave them."""

    def __init__(self, lines: Lines, texts: Translator, parent: QObject | None = None) -> None:
        super().__init__(ROLES, lambda: [_row(line, texts) for line in lines()], parent)
        texts.switched.connect(self.refresh)


def _row(line: ProcedureLine, texts: Translator) -> Row:
    return {
        "code": line.code,
        "name": texts.pick(line.short_vi, line.short_en),
        "iconName": line.icon or "file-text",
    }
