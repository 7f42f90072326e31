"""A whole config.toml made new: every key in the order of the schema, with its comment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kiosk.config import Config
from kiosk.config.keys import as_toml, keys, tables, values_of
from kiosk.settings.explaining import Explanations

HEAD = (
    "# Lễ Tân: the one file that a technician edits. Every key has its unit, range and default.",
    "# `kiosk config check` reads it as the kiosk would; a mistyped key is an error with a hint.",
)


def written(config: Config, explanations: Explanations) -> str:
    """The text; parsing it gives `config` again."""
    values = values_of(config)
    lines = list(HEAD)
    for table, many in tables().items():
        for item in values[table] if many else (values[table],):
            lines += ["", f"[[{table}]]" if many else f"[{table}]", *_settings(table, item)]
    return explanations.refreshed("\n".join(lines) + "\n")


def _settings(table: str, item: Mapping[str, Any]) -> Iterator[str]:
    for key in keys().values():
        value = item[key.name] if key.table == table else None
        if value is None:
            continue
        text = inline(value) if isinstance(value, dict) else as_toml(value)
        yield f"{key.name} = {text}"


def inline(values: Mapping[str, Any]) -> str:
    """A table within a line, without the keys that say nothing."""
    said = [f"{name} = {as_toml(one)}" for name, one in values.items() if one is not None]
    return f"{{ {', '.join(said)} }}" if said else "{}"
