"""The self-tests as a technician runs them: one at a time, asked about what no machine can tell."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.paths import ASSETS
from kiosk.screen.parts_view import finding_row
from kiosk.screen.rows_model import Row, RowsModel
from kiosk.screen.technician_link import TechnicianLink
from kiosk.screen.translator import Translator
from kiosk.texts import Texts
from kiosk.words import (
    TESTING,
    AnswerSelfTest,
    Event,
    LevelHeard,
    PartFinding,
    RunSelfTest,
    SelfTest,
    SelfTestChanged,
    StopSelfTest,
)
from kiosk.words.technician import SELF_TESTS

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

ICONS: Mapping[SelfTest, str] = {
    "print": "printer",
    "paper": "scroll-text",
    "cut": "scissors",
    "speaker": "volume-2",
    "microphone": "mic",
    "echo": "audio-lines",
    "touch": "grid-3x3",
    "screens": "monitor",
    "sensor": "eye",
    "dispensers": "glass-water",
    "scanner": "scan-line",
    "network": "network",
    "centre": "globe",
    "clock": "clock",
    "disk": "hard-drive",
    "temperature": "thermometer",
}
HEARING = frozenset({"microphone", "echo"})
CELLS = 60  # of the touch grid
STOPPED = "stopped"  # before its end: that says nothing of the device


@QmlElement
class SelfTestView(QObject):
    """`test` is the one that is shown, "" for none; `step` is running, asks or ended."""

    changed = Signal()
    levelled = Signal()

    def __init__(
        self, link: TechnicianLink, texts: Translator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._names: Texts | None = None
        self._test: SelfTest | None = None
        self._step = ""
        self._found: dict[SelfTest, PartFinding] = {}  # since the technician came
        self._level = 0.0
        self._touched: set[int] = set()
        roles = ("code", "name", "iconName", "verdict", "verdictText")
        self._rows = RowsModel(roles, self._describe, self)
        self._cells = RowsModel(("code", "lit"), self._describe_cells, self)
        link.happened.connect(self._happened)
        texts.switched.connect(self._tell)

    @Property(QObject, notify=changed)
    def rows(self) -> RowsModel:
        """One row a test, and what it came to."""
        return self._rows

    @Property(QObject, notify=changed)
    def cells(self) -> RowsModel:
        """The touch grid: `lit` is "yes" for a cell that has been touched."""
        return self._cells

    @Property(str, notify=changed)
    def test(self) -> str:
        """The test that is shown, or ""."""
        return self._test or ""

    @Property(str, notify=changed)
    def step(self) -> str:
        """running, asks or ended."""
        return self._step

    @Property(str, notify=changed)
    def name(self) -> str:
        """The test's name."""
        return self._name(self._test) if self._test else ""

    @Property(str, notify=changed)
    def iconName(self) -> str:
        """The test's picture."""
        return ICONS[self._test] if self._test else ""

    @Property(str, notify=changed)
    def told(self) -> str:
        """What is going on, what to do, or what is asked."""
        match self._step:
            case "running":
                return self._texts.text(f"tech_test.{self._test}_runs")
            case "asks":
                return self._texts.text(f"tech_test.{self._test}_asks")
            case _:
                return self._result("means")

    @Property(str, notify=changed)
    def verdict(self) -> str:
        """ok, warning, fault or skipped; "" before the end."""
        return self._result("verdict")

    @Property(str, notify=changed)
    def verdictText(self) -> str:
        """The same in words."""
        return self._result("verdictText")

    @Property(str, notify=changed)
    def advice(self) -> str:
        """What to do, or ""."""
        return self._result("advice")

    @Property(bool, notify=changed)
    def hears(self) -> bool:
        """Whether the microphone's level is of interest now."""
        return self._test in HEARING and self._step == "running"

    @Property(float, notify=levelled)
    def level(self) -> float:
        """How loud it is, 0 to 1."""
        return self._level

    @Property(bool, notify=changed)
    def grid(self) -> bool:
        """Whether the touch grid covers the screen."""
        return self._test == "touch" and self._step == "asks"

    @Property(bool, notify=changed)
    def picture(self) -> bool:
        """Whether the test picture covers the screen."""
        return self._test == "screens" and self._step == "asks"

    @Slot(str)
    def run(self, code: str) -> None:
        """Begin a test, or begin it anew."""
        test: SelfTest = next(one for one in SELF_TESTS if one == code)
        self._test = test
        self._found.pop(test, None)
        self._step, self._level = "running", 0.0
        self._touched.clear()
        self._cells.refresh()
        self._link.ask(
            RunSelfTest(test=test, language=self._texts.chosen),
            on_failure=lambda _: self.close(),
        )
        self._tell()

    @Slot(bool)
    def answer(self, good: bool) -> None:
        """It was as it should be, or was not."""
        if self._step == "asks":
            self._step = "running"
            self._link.ask(AnswerSelfTest(good=good))

    @Slot(str)
    def touch(self, cell: str) -> None:
        """A finger lies on a cell of the grid; the last one ends the test."""
        if int(cell) in self._touched:
            return
        self._touched.add(int(cell))
        self._cells.refresh()
        if len(self._touched) == CELLS:
            self.answer(True)

    @Slot()
    def close(self) -> None:
        """Back to all tests; one that goes on is stopped."""
        if self._step in {"running", "asks"}:
            self._link.ask(StopSelfTest())
        self._test, self._step = None, ""
        self._tell()

    def forget(self) -> None:
        """The technician has gone; whoever closed the door stopped the test too."""
        self._test, self._step = None, ""
        self._found.clear()
        self._tell()

    def show(self, *, shown: bool) -> None:
        """The page is turned to, or left."""
        if shown:
            self._rows.refresh()
        elif self._test:
            self.close()

    def _happened(self, event: Event) -> None:
        if isinstance(event, LevelHeard) and event.face == TESTING:
            self._level = event.level
            self.levelled.emit()
        elif isinstance(event, SelfTestChanged):
            self._take(event)

    def _take(self, event: SelfTestChanged) -> None:
        if event.finding is not None and event.finding.code != STOPPED:
            self._found[event.test] = event.finding
        if event.test == self._test:
            self._step = event.step
        self._tell()

    def _tell(self) -> None:
        if self._names is not None:
            self._rows.refresh()
        self.changed.emit()

    def _name(self, test: SelfTest) -> str:
        if self._names is None:  # read when a technician wants it
            self._names = Texts(ASSETS / "i18n", "doctor")
        return self._names.get(f"test.{test}", self._texts.chosen)

    def _result(self, role: str) -> str:
        found = self._found.get(self._test) if self._test else None
        if found is None or self._step != "ended":
            return ""
        return finding_row(found, self._texts)[role]

    def _describe(self) -> list[Row]:
        return [self._row(test) for test in SELF_TESTS]

    def _row(self, test: SelfTest) -> Row:
        found = self._found.get(test)
        return {
            "code": test,
            "name": self._name(test),
            "iconName": ICONS[test],
            "verdict": found.state if found else "",
            "verdictText": self._texts.text(f"tech_part.{found.state if found else 'untried'}"),
        }

    def _describe_cells(self) -> list[Row]:
        return [
            {"code": str(number), "lit": "yes" if number in self._touched else ""}
            for number in range(CELLS)
        ]
