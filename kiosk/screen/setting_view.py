"""One key of the configuration while it is changed: typed or chosen, checked, then saved.

typed ─▶ a moment of rest ─▶ the core checks the whole file with it ─▶ may be saved
"""

from __future__ import annotations

import json
import tomllib

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.config.applying import applies_at_once
from kiosk.config.keys import Key, as_toml
from kiosk.link.frames import Failure
from kiosk.screen.rows_model import Row, RowsModel
from kiosk.screen.technician_keys import press
from kiosk.screen.technician_link import TechnicianLink
from kiosk.screen.translator import Translator
from kiosk.settings.explaining import Explanations
from kiosk.words import ChangeSetting, Result, SettingsResult

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

REST_MS = 350
SWITCH = (("true", "tech_set.on"), ("false", "tech_set.off"))


@QmlElement
class SettingView(QObject):
    """`saved` tells what is set now, and a line on what that means."""

    changed = Signal()
    saved = Signal(object, str)

    def __init__(
        self, link: TechnicianLink, texts: Translator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._key: Key | None = None
        self._name, self._was = "", ""
        self._book: Explanations | None = None
        self._typed = ""
        self._listed: list[str] = []
        self._shift = self._telex = False
        self._state, self._detail = "", ""
        self._asked = 0  # checks, so that an old answer is no news
        self._options = RowsModel(("code", "name", "chosen"), self._describe_options, self)
        self._entries = RowsModel(("code", "name"), self._describe_entries, self)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._check)
        texts.switched.connect(self._refresh)

    # What is shown.

    @Property(bool, notify=changed)
    def open(self) -> bool:
        """Whether a key is being changed."""
        return self._key is not None

    @Property(str, notify=changed)
    def name(self) -> str:
        """Its dotted name."""
        return self._name

    @Property(str, notify=changed)
    def kind(self) -> str:
        """switch, choice, number, list or text: how it is changed."""
        if self._key is None:
            return ""
        return {"whole": "number", "table": "text"}.get(self._key.kind, self._key.kind)

    @Property(str, notify=changed)
    def means(self) -> str:
        """What it means, with its range."""
        if self._key is None or self._book is None:
            return ""
        return self._book.of(self._key, self._texts.chosen)

    @Property(str, notify=changed)
    def was(self) -> str:
        """What is set now."""
        return self._was or "–"

    @Property(str, notify=changed)
    def unit(self) -> str:
        """Its unit, or ""."""
        return self._key.unit if self._key else ""

    @Property(str, notify=changed)
    def typed(self) -> str:
        """What has been typed."""
        return self._typed

    @Property(QObject, notify=changed)
    def options(self) -> RowsModel:
        """Of a switch or a choice what can be chosen."""
        return self._options

    @Property(QObject, notify=changed)
    def entries(self) -> RowsModel:
        """Of a list what is in it."""
        return self._entries

    @Property(str, notify=changed)
    def standard(self) -> str:
        """The default, in words; "" where there is none to go back to."""
        key = self._key
        if key is None or key.required:
            return ""
        if key.whole_house:
            return self._texts.text("tech_set.as_the_house")
        value = key.default if isinstance(key.default, str) else as_toml(key.default)
        return self._texts.text("tech_set.default", value=value or "–")

    @Property(bool, notify=changed)
    def shift(self) -> bool:
        """Whether letters are capitals."""
        return self._shift

    @Property(bool, notify=changed)
    def telex(self) -> bool:
        """Whether letters write marks (aa: â)."""
        return self._telex

    @Property(str, notify=changed)
    def state(self) -> str:
        """same, checking, good or wrong."""
        return self._state

    @Property(str, notify=changed)
    def told(self) -> str:
        """What the check has come to."""
        if self._state == "good":
            assert self._key is not None, "a key was checked"
            when = "at_once" if applies_at_once(self._key.path) else "after_restart"
            return self._texts.text(f"tech_set.good_{when}")
        if self._state == "wrong":
            return self._detail
        return self._detail

    # What is done.

    def begin(self, key: Key, name: str, value: str, book: Explanations) -> None:
        """Change this key, which has this value now."""
        self._key, self._name, self._was, self._book = key, name, value, book
        self._shift = False
        self._telex = key.name.endswith("_vi")
        self._start_over()

    @Slot(str)
    def choose(self, value: str) -> None:
        """One of a few."""
        self._typed = value
        self._edited()

    @Slot(str)
    def press(self, key: str) -> None:
        """A key of the keyboard or of the number pad: "shift" and "telex" too."""
        match key:
            case "shift":
                self._shift = not self._shift
                self.changed.emit()
            case "telex":
                self._telex = not self._telex
                self.changed.emit()
            case _:
                self._typed = press(self._typed, key, shift=self._shift, telex=self._telex)
                self._edited()

    @Slot()
    def add(self) -> None:
        """Put what was typed into the list."""
        if self._typed:
            self._listed.append(self._typed)
            self._typed = ""
            self._edited()

    @Slot(str)
    def remove(self, code: str) -> None:
        """Take an entry out of the list."""
        del self._listed[int(code)]
        self._edited()

    @Slot()
    def save(self) -> None:
        """Save it, if it is good."""
        if self._state == "good":
            command = ChangeSetting(name=self._name, value=self._value())
            self._link.ask(command, self._came, self._failed)

    @Slot()
    def reset(self) -> None:
        """Take the key out of the file: its default counts."""
        self._link.ask(ChangeSetting(name=self._name, default=True), self._came, self._failed)

    @Slot()
    def close(self) -> None:
        """Leave it as it was."""
        self._key = None
        self._rest.stop()
        self.changed.emit()

    def _start_over(self) -> None:
        self._state, self._detail = "same", ""
        self._typed, self._listed = self._was, []
        if self._key is not None and self._key.kind == "list":
            self._typed, self._listed = "", _entries_of(self._was)
        self._refresh()

    def _edited(self) -> None:
        same = self._value() == self._was
        self._state, self._detail = ("same", "") if same else ("checking", "")
        self._asked += 1
        if same:
            self._rest.stop()
        else:
            self._rest.start()
        self._refresh()

    def _value(self) -> str:
        """As the core is told it."""
        if self._key is None or self._key.kind != "list":
            return self._typed
        numbers = self._key.low is not None
        entries = [*self._listed, *([self._typed] if self._typed else [])]
        return f"[{', '.join(one if numbers else _quoted(one) for one in entries)}]"

    def _check(self) -> None:
        asked = self._asked

        def came(_result: Result) -> None:
            if asked == self._asked:
                self._state = "good"
                self.changed.emit()

        def failed(failure: Failure) -> None:
            if asked == self._asked:
                self._failed(failure)

        command = ChangeSetting(name=self._name, value=self._value(), save=False)
        self._link.ask(command, came, failed)

    def _came(self, result: Result) -> None:
        assert isinstance(result, SettingsResult), "that is what is answered"
        key = self._key
        waits = key is not None and key.path in result.restart
        told = self._texts.text("tech_set.saved_waits" if waits else "tech_set.saved")
        self.close()
        self.saved.emit(result, f"{self._name}: {told}")

    def _failed(self, failure: Failure) -> None:
        self._state = "wrong"
        if failure.code in {"read_only", "slow", "link"}:
            self._state, self._detail = (
                "refused",
                self._texts.text("tech_set.disk", detail=failure.detail),
            )
        else:
            self._detail = self._why(failure)
        self.changed.emit()

    def _why(self, failure: Failure) -> str:
        """What this key wants; where it is another that does not go with it, the file's words."""
        from kiosk.settings.editing import (  # noqa: PLC0415 - its library is for a refusal alone
            is_value,
        )

        if self._key is None or is_value(self._key, self._value()):
            return self._texts.text("tech_set.clash", detail=failure.detail)
        return self._texts.text("tech_set.wrong", wanted=self.means)

    def _refresh(self) -> None:
        self._options.refresh()
        self._entries.refresh()
        self.changed.emit()

    def _describe_options(self) -> list[Row]:
        key = self._key
        if key is None:
            return []
        if key.kind == "switch":
            known = [(value, self._texts.text(text)) for value, text in SWITCH]
        else:
            known = [(str(one), str(one)) for one in key.choices]
        return [
            {"code": value, "name": name, "chosen": "yes" if value == self._typed else ""}
            for value, name in known
        ]

    def _describe_entries(self) -> list[Row]:
        return [{"code": str(at), "name": name} for at, name in enumerate(self._listed)]


def _entries_of(value: str) -> list[str]:
    found = tomllib.loads(f"value = {value or '[]'}")["value"]
    return [one if isinstance(one, str) else as_toml(one) for one in found]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
