"""What a document says where nothing was published: the shipped configuration's own words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

import msgspec

from centre.wire.overlay import CONFIG_KEYS, EVERY_KEY, KEYS
from kiosk.catalogue.keeping import Kept
from kiosk.catalogue.reading import SHIPPED
from kiosk.catalogue.shipped import read_shipped
from kiosk.config.keys import as_toml
from kiosk.guide.catalogue import Catalogue
from kiosk.paths import ASSETS, DEFAULT_CONFIG

SURVEY = ASSETS / "feedback" / "survey.toml"


@cache
def shipped_body(name: str) -> bytes:
    """What an editor begins with."""
    if name == "survey":
        return SURVEY.read_bytes()
    if name == "catalogue":
        today = datetime.now(UTC).date().isoformat()
        kept = Kept(imported_on=today, source="", ward_only=False, rows=())
        return msgspec.json.encode(kept)
    whole = tomllib.loads(DEFAULT_CONFIG.read_text(encoding="utf-8"))
    tables = {table: whole[table] for table in KEYS[name] if table in whole}
    if name == "config":
        tables = {table: _said(table, value) for table, value in tables.items()}
    if name == "hours":
        tables["hours"] = {**tables["hours"], "always_open": False}
    return fragment_text(tables).encode()


@cache
def shipped_catalogue() -> Catalogue:
    """The catalogue that every kiosk brings along."""
    return read_shipped(SHIPPED)


def fragment_text(tables: Mapping[str, Any]) -> str:
    """Tables as TOML, each key on its line."""
    lines: list[str] = []
    for table, value in tables.items():
        many = isinstance(value, list)
        for item in value if many else [value]:
            lines += ["", f"[[{table}]]" if many else f"[{table}]", *_settings(item)]
    return "\n".join(lines).strip() + "\n"


def _settings(item: Mapping[str, Any]) -> Iterator[str]:
    for key, value in item.items():
        if isinstance(value, dict):
            inside = ", ".join(f"{name} = {as_toml(one)}" for name, one in value.items())
            yield f"{key} = {{ {inside} }}" if inside else f"{key} = {{}}"
        else:
            yield f"{key} = {as_toml(value)}"


def _said(table: str, value: Any) -> Any:
    """Of a table the keys that a city may say."""
    allowed = CONFIG_KEYS[table]
    if allowed is EVERY_KEY or isinstance(value, list):
        return value
    return {key: one for key, one in value.items() if key in allowed}
