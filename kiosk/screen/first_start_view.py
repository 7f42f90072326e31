"""The first start on the screen: the steps of kiosk.first_start, asked one after the other."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.first_start.outcome import wards_of_hanoi
from kiosk.first_start.steps import unmarked
from kiosk.link.frames import Failure
from kiosk.screen.rows_model import Row, RowsModel
from kiosk.screen.technician_keys import press
from kiosk.screen.technician_link import TechnicianLink
from kiosk.screen.translator import Translator
from kiosk.texts import LANGUAGES
from kiosk.words import (
    AnswerFirstStart,
    AskFirstStart,
    BackFirstStart,
    Event,
    FirstStartMoved,
    FirstStartResult,
    Result,
    SkipFirstStart,
)

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

FIELDS = ("value", "pin", "technician_pin")
WARDS_SHOWN = 12
SURE = {"save", "test"}  # steps that are answered with yes
TYPED = {"ward", "printer", "board", "scanner", "screen", "pages", "staff", "centre"}
NAMES = {"ward", "staff"}  # where letters with marks are typed


@QmlElement
class FirstStartView(QObject):
    """The step now, what can be chosen, and what is being typed."""

    changed = Signal()
    tested = Signal()

    def __init__(
        self, link: TechnicianLink, texts: Translator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._now: FirstStartResult | None = None
        self._wards: Mapping[str, str] = {}
        self._typed = dict.fromkeys(FIELDS, "")
        self._field = "value"
        self._shift = self._telex = False
        self._told = ""
        self._busy = self._waits = False
        self._choices = RowsModel(("code", "name", "about", "chosen"), self._describe, self)
        link.happened.connect(self._happened)
        texts.switched.connect(self._refresh)

    # What is shown.

    @Property(str, notify=changed)
    def step(self) -> str:
        """The step that is asked, "" before and after."""
        return self._now.step if self._now else ""

    @Property(bool, notify=changed)
    def done(self) -> bool:
        """Whether all steps are done."""
        return self._now is not None and not self._now.step

    @Property(int, notify=changed)
    def number(self) -> int:
        """Of the step, from 1."""
        return self._now.number if self._now else 0

    @Property(int, notify=changed)
    def count(self) -> int:
        """Of all steps."""
        return self._now.count if self._now else 1

    @Property(str, notify=changed)
    def title(self) -> str:
        """What the step is about."""
        return self._texts.text(f"tech_step.{self._step()}")

    @Property(str, notify=changed)
    def about(self) -> str:
        """What is asked, and what comes of it."""
        return self._texts.text(f"tech_ask.{self._step()}")

    @Property(QObject, notify=changed)
    def choices(self) -> RowsModel:
        """What can be chosen."""
        return self._choices

    @Property(bool, notify=changed)
    def types(self) -> bool:
        """Whether something can be typed."""
        return self._step() in TYPED

    @Property(bool, notify=changed)
    def people(self) -> bool:
        """Whether a manager and PINs are asked for."""
        return self._step() == "staff"

    @Property(str, notify=changed)
    def field(self) -> str:
        """Which field is being typed: value, pin or technician_pin."""
        return self._field

    @Property(str, notify=changed)
    def typed(self) -> str:
        """What has been typed as the answer."""
        return self._typed["value"]

    @Property(str, notify=changed)
    def pin(self) -> str:
        """The manager's PIN as dots."""
        return "•" * len(self._typed["pin"])

    @Property(str, notify=changed)
    def technicianPin(self) -> str:
        """The technician's PIN as dots."""
        return "•" * len(self._typed["technician_pin"])

    @Property(str, notify=changed)
    def told(self) -> str:
        """Why an answer was not taken, or ""."""
        return self._told

    @Property(str, notify=changed)
    def waiting(self) -> str:
        """What is waited for, or ""."""
        return self._texts.text("tech_first.waits") if self._waits else ""

    @Property(bool, notify=changed)
    def shift(self) -> bool:
        """Whether letters are capitals."""
        return self._shift

    @Property(bool, notify=changed)
    def telex(self) -> bool:
        """Whether letters write marks (aa: â)."""
        return self._telex

    @Property(str, notify=changed)
    def nextText(self) -> str:
        """What the button says that goes on."""
        step = self._step()
        return self._texts.text(f"tech_first.{step}" if step in SURE else "tech_first.next")

    # What is done.

    @Slot(str)
    def choose(self, value: str) -> None:
        """Take one of the choices, and go on."""
        if self._step() == "language" and value in LANGUAGES:
            self._texts.switch("en" if value == "en" else "vi")
        self._answer(value)

    @Slot(str)
    def turnTo(self, field: str) -> None:
        """Type into another field."""
        self._field = field
        self.changed.emit()

    @Slot(str)
    def press(self, key: str) -> None:
        """A key of the keyboard: "shift" and "telex" too."""
        if key == "shift":
            self._shift = not self._shift
        elif key == "telex":
            self._telex = not self._telex
        else:
            secret = self._field != "value"
            self._typed[self._field] = press(
                self._typed[self._field], key, shift=self._shift, telex=self._telex and not secret
            )
            self._told = ""
        self._refresh()

    @Slot()
    def next(self) -> None:
        """That is the answer; nothing typed leaves the thing as it is."""
        step = self._step()
        if step in SURE:
            self._answer("yes")
        elif any(self._typed.values()):
            self._answer(self._typed["value"])
        else:
            self.skip()

    @Slot()
    def test(self) -> None:
        """Print the test slip."""
        self.tested.emit()

    @Slot()
    def skip(self) -> None:
        """Leave this thing as it is."""
        self._ask(SkipFirstStart())

    @Slot()
    def back(self) -> None:
        """The step before."""
        self._ask(BackFirstStart())

    def show(self, *, shown: bool) -> None:
        """The page is turned to, or left."""
        if shown:
            self._wards = self._wards or wards_of_hanoi()
            self._ask(AskFirstStart())

    def forget(self) -> None:
        """The technician has gone: nothing was typed."""
        self._now = None
        self._busy = self._waits = False
        self._typed = dict.fromkeys(FIELDS, "")
        self._told = ""
        self._refresh()

    def _step(self) -> str:
        if self._now is None:
            return "wait"
        return self._now.step or "done"

    def _answer(self, value: str) -> None:
        people = self._step() == "staff"
        self._ask(
            AnswerFirstStart(
                value=value,
                pin=self._typed["pin"] if people else "",
                technician_pin=self._typed["technician_pin"] if people else "",
            )
        )

    def _ask(
        self, command: AskFirstStart | AnswerFirstStart | SkipFirstStart | BackFirstStart
    ) -> None:
        if not self._busy:  # two taps are one answer
            self._busy = True
            self._link.ask(command, self._came, self._failed)

    def _happened(self, event: Event) -> None:
        if not isinstance(event, FirstStartMoved) or not self._waits:
            return
        if event.result is not None:
            self._came(event.result)
        else:
            self._failed(Failure(id=0, code="centre_refuses", detail=event.detail))

    def _came(self, result: Result) -> None:
        if not isinstance(result, FirstStartResult):
            self._busy = self._waits = False
            return
        self._busy = self._waits = result.waits
        if result.waits:
            self._told = ""
            self._refresh()
            return
        if self._now is None or self._now.step != result.step:
            self._typed = dict.fromkeys(FIELDS, "")
            self._field, self._shift = "value", False
            self._telex = result.step in NAMES
            self._typed["value"] = self._known(result)
        self._now, self._told = result, ""
        self._refresh()

    def _known(self, result: FirstStartResult) -> str:
        """The answer given before, as it would be typed."""
        return self._wards.get(result.answer, result.answer) if result.step in TYPED else ""

    def _failed(self, failure: Failure) -> None:
        self._busy = self._waits = False
        known = {"bad_pin", "wrong_answer", "read_only", "slow", "centre_refuses"}
        code = failure.code if failure.code in known else "refused"
        if code == "wrong_answer":
            wanted = self._texts.text(f"tech_wants.{self._step()}")
            self._told = self._texts.text("tech_first.wrong_answer", wanted=wanted)
        else:
            self._told = self._texts.text(f"tech_first.{code}", detail=failure.detail)
        self.changed.emit()

    def _refresh(self) -> None:
        self._choices.refresh()
        self.changed.emit()

    def _describe(self) -> list[Row]:
        if self._now is None:
            return []
        if self._now.step == "ward":
            return self._matching_wards()
        return [
            {
                "code": one.value,
                "name": self._name(one.value, self._texts.pick(one.about_vi, one.about_en)),
                "about": self._about(one.value, self._texts.pick(one.about_vi, one.about_en)),
                "chosen": "yes" if one.value == self._now.answer else "",
            }
            for one in self._now.choices
        ]

    def _matching_wards(self) -> list[Row]:
        assert self._now is not None, "it was asked"
        wanted = unmarked(self._typed["value"]).casefold()
        found = [
            (code, name)
            for code, name in self._wards.items()
            if wanted in unmarked(name).casefold()
        ]
        return [
            {
                "code": code,
                "name": name,
                "about": "",
                "chosen": "yes" if code == self._now.answer else "",
            }
            for code, name in found[:WARDS_SHOWN]
        ]

    @staticmethod
    def _is_port(value: str) -> bool:
        return ":" in value

    def _name(self, value: str, about: str) -> str:
        """A port by its own name, everything else in words."""
        return value if self._is_port(value) else about

    def _about(self, value: str, about: str) -> str:
        return about if self._is_port(value) else ""
