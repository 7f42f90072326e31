"""The last lines of a log, live while the page is shown."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.screen.rows_model import Row, RowsModel
from kiosk.screen.technician_link import TechnicianLink
from kiosk.screen.translator import Translator
from kiosk.words import AskLog, LogLine, LogName, LogResult, Result

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

EVERY_MS = 2000
LINES = 200
NAMES: tuple[LogName, ...] = ("core", "screen", "board", "run")


@QmlElement
class LogView(QObject):
    """One log at a time, the newest line first."""

    changed = Signal()

    def __init__(
        self, link: TechnicianLink, texts: Translator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._name: LogName = "core"
        self._lines: tuple[LogLine, ...] = ()
        self._fails = False
        self._paused = False
        self._rows = RowsModel(("code", "time", "level", "words"), self._describe, self)
        self._tick = QTimer(self, interval=EVERY_MS)
        self._tick.timeout.connect(self._ask)

    @Property(QObject, notify=changed)
    def rows(self) -> RowsModel:
        """One row a line."""
        return self._rows

    @Property(str, notify=changed)
    def name(self) -> str:
        """Whose log: core, screen, board or run."""
        return self._name

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # QML knows no list of no type
    def names(self) -> list[str]:
        """The logs that there may be."""
        return list(NAMES)

    @Property(bool, notify=changed)
    def paused(self) -> bool:
        """Whether it stands still, to be read."""
        return self._paused

    @Property(str, notify=changed)
    def told(self) -> str:
        """Why there are no lines, or ""."""
        if self._lines:
            return ""
        return self._texts.text("tech_log.fails" if self._fails else "tech_log.empty")

    @Slot(str)
    def choose(self, name: str) -> None:
        """Another log."""
        self._name = next(one for one in NAMES if one == name)
        self._take(())
        self._ask()

    @Slot()
    def pause(self) -> None:
        """Stand still, or go on."""
        self._paused = not self._paused
        self.changed.emit()

    def show(self, *, shown: bool) -> None:
        """The page is turned to, or left."""
        if shown:
            self._paused = False
            self._ask()
            self._tick.start()
        else:
            self._tick.stop()

    def forget(self) -> None:
        """The technician has gone."""
        self._tick.stop()
        self._take(())

    def _ask(self) -> None:
        if not self._paused:
            self._link.ask(AskLog(name=self._name, limit=LINES), self._came, self._failed)

    def _came(self, result: Result) -> None:
        if isinstance(result, LogResult):
            self._fails = False
            self._take(result.lines)

    def _failed(self, _failure: object) -> None:
        self._fails = True
        self._take(())

    def _take(self, lines: tuple[LogLine, ...]) -> None:
        self._lines = lines
        self._rows.refresh()
        self.changed.emit()

    def _describe(self) -> list[Row]:
        return [
            {
                "code": f"{number} {one.at} {one.text}",
                "time": one.at[11:],
                "level": one.level,
                "words": one.text,
            }
            for number, one in enumerate(reversed(self._lines))
        ]
