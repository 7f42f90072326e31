"""The configuration on the technician's pages: tables, their keys, and one key to be changed."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.config.applying import applies_at_once
from kiosk.config.keys import Key, keys, tables
from kiosk.link.frames import Failure
from kiosk.paths import ASSETS
from kiosk.screen.rows_model import Row, RowsModel
from kiosk.screen.setting_view import SettingView
from kiosk.screen.technician_link import TechnicianLink
from kiosk.screen.translator import Translator
from kiosk.settings.explaining import Explanations
from kiosk.words import AskSettings, RestoreSettings, Result, SettingsResult

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class SettingsView(QObject):
    """`table` is the one that is shown ("" for all of them), `item` which of many alike."""

    changed = Signal()

    def __init__(
        self, link: TechnicianLink, texts: Translator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._book: Explanations | None = None
        self._set: SettingsResult | None = None
        self._table, self._item = "", 0
        self._told = ""
        self._restarted = False
        self._setting = SettingView(link, texts, self)
        self._setting.saved.connect(self._saved)
        self._tables = RowsModel(("code", "name", "about"), self._describe_tables, self)
        self._items = RowsModel(("code", "name", "chosen"), self._describe_items, self)
        roles = ("code", "name", "value", "unit", "means", "waits")
        self._keys = RowsModel(roles, self._describe_keys, self)
        texts.switched.connect(self._refresh)

    @Property(QObject, notify=changed)
    def tables(self) -> RowsModel:
        """One row a table of config.toml."""
        return self._tables

    @Property(QObject, notify=changed)
    def items(self) -> RowsModel:
        """Of a table that is there many times, one row each."""
        return self._items

    @Property(QObject, notify=changed)
    def rows(self) -> RowsModel:
        """One row a key of the table that is shown."""
        return self._keys

    @Property(QObject, notify=changed)
    def setting(self) -> QObject:
        """The key that is being changed: a SettingView."""
        return self._setting

    @Property(str, notify=changed)
    def table(self) -> str:
        """The table that is shown, or ""."""
        return self._table

    @Property(str, notify=changed)
    def about(self) -> str:
        """What that table is about."""
        return self._explained(self._table) if self._table else ""

    @Property(str, notify=changed)
    def told(self) -> str:
        """What the last deed has come to, or ""."""
        return self._told

    @Property(str, notify=changed)
    def fault(self) -> str:
        """Why the file is wrong and an earlier version counts, or ""."""
        return self._set.fault if self._set else ""

    @Property(str, notify=changed)
    def restart(self) -> str:
        """Which keys wait for a restart, in words; "" for none."""
        waiting = self._set.restart if self._set else ()
        return self._texts.text("tech_set.waiting", keys=", ".join(waiting)) if waiting else ""

    @Property(str, notify=changed)
    def former(self) -> str:
        """Which version "as it was" puts back, in words; "" where there is none."""
        since = self._set.former if self._set else ""
        if not since:
            return ""
        when = datetime.fromisoformat(since).astimezone()
        return self._texts.text("tech_set.former", time=f"{when:%H:%M}", day=f"{when:%d/%m}")

    @Slot(str)
    def openTable(self, table: str) -> None:
        """Show a table; "" shows all of them."""
        self._table, self._item = table, 0
        self._told = ""
        self._refresh()

    @Slot(str)
    def openItem(self, code: str) -> None:
        """Which of many alike."""
        self._item = int(code)
        self._refresh()

    @Slot(str)
    def openKey(self, path: str) -> None:
        """Change a key of the table that is shown."""
        key = keys()[path]
        self._told = ""
        self._setting.begin(key, self._full_name(key), self._value(key), self._explanations())
        self.changed.emit()

    @Slot()
    def restore(self) -> None:
        """As it was: the version before this one counts again."""
        self._link.ask(RestoreSettings(), self._restored, self._failed)

    def show(self, *, shown: bool) -> None:
        """The page is turned to, or left."""
        if shown:
            self._link.ask(AskSettings(), self._take)
        else:
            self._setting.close()
            self.openTable("")

    def forget(self) -> None:
        """The technician has gone."""
        self._set = None
        self._setting.close()
        self.openTable("")

    def _saved(self, result: SettingsResult, told: str) -> None:
        self._told = told
        self._take(result)

    def _restored(self, result: Result) -> None:
        self._told = self._texts.text("tech_set.restored")
        self._take(result)

    def _failed(self, failure: Failure) -> None:
        key = "tech_set.disk" if failure.code in {"read_only", "slow"} else "tech_set.refused"
        self._told = self._texts.text(key, detail=failure.detail)
        self.changed.emit()

    def _take(self, result: Result) -> None:
        if isinstance(result, SettingsResult):
            self._set = result
            self._item = min(self._item, max(0, len(result.items.get(self._table, ())) - 1))
            self._refresh()

    def _refresh(self) -> None:
        for rows in (self._tables, self._items, self._keys):
            rows.refresh()
        self.changed.emit()

    # What is told of them.

    def _explanations(self) -> Explanations:
        if self._book is None:  # read when a technician wants it
            self._book = Explanations(ASSETS / "i18n")
        return self._book

    def _explained(self, table: str) -> str:
        return self._explanations().of_table(table, self._texts.chosen)

    def _is_many(self) -> bool:
        return bool(self._table) and tables()[self._table]

    def _value(self, key: Key) -> str:
        values = self._set.values.get(key.path, ()) if self._set else ()
        at = self._item if key.many else 0
        return values[at] if at < len(values) else ""

    def _full_name(self, key: Key) -> str:
        if not key.many or self._set is None:
            return key.path
        names = self._set.items[key.table]
        name = names[self._item]
        plain = names.count(name) == 1 and "]" not in name
        return f"{key.table}[{name if plain else self._item}].{key.name}"

    def _describe_tables(self) -> list[Row]:
        if self._set is None:
            return []
        return [
            {"code": table, "name": table, "about": self._explained(table)}
            for table, many in tables().items()
            if not many or self._set.items.get(table)
        ]

    def _describe_items(self) -> list[Row]:
        names = self._set.items.get(self._table, ()) if self._set and self._is_many() else ()
        return [
            {"code": str(at), "name": name, "chosen": "yes" if at == self._item else ""}
            for at, name in enumerate(names)
        ]

    def _describe_keys(self) -> list[Row]:
        if self._set is None or not self._table:
            return []
        return [self._row(key) for key in keys().values() if key.table == self._table]

    def _row(self, key: Key) -> Row:
        waits = "" if applies_at_once(key.path) else self._texts.text("tech_set.needs_restart")
        return {
            "code": key.path,
            "name": key.name,
            "value": self._value(key) or "–",
            "unit": key.unit,
            "means": self._explanations().of(key, self._texts.chosen),
            "waits": waits,
        }
