"""config.toml as the technician's pages read and change it; see kiosk.ports.technician."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kiosk.config import Config, parse_config
from kiosk.config.keys import IDENTITY, as_toml, keys, tables, values_of
from kiosk.errors import ConfigError
from kiosk.settings.editing import changed, reset
from kiosk.settings.keeping import ConfigShelf
from kiosk.settings.writing import inline
from kiosk.words import SettingsResult


class Desk:
    """`restart` names the keys that wait for one."""

    def __init__(self, shelf: ConfigShelf, restart: Callable[[], tuple[str, ...]]) -> None:
        self._shelf = shelf
        self._restart = restart

    def read(self) -> SettingsResult:
        """What is set now. Raises ConfigError where no version at all is good."""
        found = self._shelf.in_force()
        there = self._shelf.text()
        former = next((one for one in self._shelf.kept() if one.text != there), None)
        return SettingsResult(
            values=dict(_values(found.config)),
            items=dict(_items(found.config)),
            restart=self._restart(),
            fault=found.fault,
            former=former.since.isoformat(timespec="seconds") if former else "",
        )

    def change(self, name: str, value: str, *, default: bool, save: bool) -> None:
        """Set one key. Raises ConfigError and Trouble (read_only); then nothing was changed."""
        text = self._shelf.text()
        if text is None:
            raise ConfigError(f"{self._shelf.path}: cannot be read")
        new = reset(text, name) if default else changed(text, name, value)
        if save:
            self._shelf.save(new)
        else:
            parse_config(new, name=self._shelf.path.name)

    def restore(self) -> None:
        """Put the version before this one back. Raises ConfigError and Trouble (read_only)."""
        self._shelf.back()


def _values(config: Config) -> Iterator[tuple[str, tuple[str, ...]]]:
    built = values_of(config)
    for path, key in keys().items():
        table = built[key.table]
        items = table if key.many else [table]
        yield path, tuple(_told(item[key.name]) for item in items)


def _told(value: Any) -> str:
    """As it is typed: TOML, a text without its quotation marks, "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return inline(value)
    return value if isinstance(value, str) else as_toml(value)


def _items(config: Config) -> Iterator[tuple[str, tuple[str, ...]]]:
    built = values_of(config)
    for table, many in tables().items():
        if many:
            yield table, tuple(str(item[IDENTITY[table]]) for item in built[table])
