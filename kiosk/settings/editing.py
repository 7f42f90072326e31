"""Changing one key of config.toml: comments, order and everything else stay as they are.

A key is named as the errors name it: `screen.timeout_s`, `service[0].daily_quota`; or by what tells
one of many apart: `service[land].daily_quota`, `counter[2].place_vi`, where a number that is no
such name counts from 0.
"""

from __future__ import annotations

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, InlineTable
from tomlkit.toml_document import TOMLDocument

from kiosk.config import Config
from kiosk.config.keys import IDENTITY, Key, fits, keys, values_of
from kiosk.errors import ConfigError

_NAME = re.compile(r"(?P<table>\w+)(?:\[(?P<which>[^\]]+)\])?\.(?P<name>\w+)")


@dataclass(frozen=True, slots=True)
class Place:
    """A key, and which of many tables alike is meant ("": there is one)."""

    key: Key
    which: str = ""


def place_of(name: str) -> Place:
    """What a dotted name means. Raises ConfigError with the nearest right one."""
    found = _NAME.fullmatch(name)
    path = f"{found['table']}.{found['name']}" if found else name
    key = keys().get(path)
    if key is None or found is None:
        near = difflib.get_close_matches(path, keys(), n=1, cutoff=0.5)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ConfigError(f"unknown key {name}{hint}")
    if bool(found["which"]) != key.many:
        shape = f"{key.table}[{IDENTITY[key.table]}].{key.name}" if key.many else key.path
        raise ConfigError(f"{name}: write {shape}")
    return Place(key, found["which"] or "")


def changed(text: str, name: str, value: str) -> str:
    """The text with the key set to what was typed. It is not checked here: parse it.

    Raises ConfigError where the key is unknown, the table is not there or the value is no TOML.
    """
    place = place_of(name)
    document = _document(text)
    table = _table_in(document, place)
    meant = _value(place.key, unicodedata.normalize("NFC", value))
    if any(unicodedata.category(letter) == "Cc" for text in _texts(meant) for letter in text):
        raise ConfigError(f"{name}: a text is one line without control characters")
    table[place.key.name] = meant
    return tomlkit.dumps(document)


def is_value(key: Key, typed: str) -> bool:
    """Whether what was typed can be the key's value, whatever else is set."""
    try:
        value = _value(key, unicodedata.normalize("NFC", typed))
    except ConfigError:
        return False
    return fits(key, value.unwrap() if isinstance(value, InlineTable) else value)


def value_of(config: Config, name: str) -> Any:
    """What counts for the key, its default too. Raises ConfigError as `changed`."""
    place = place_of(name)
    values = values_of(config)[place.key.table]
    return (_item_in(values, place) if place.key.many else values)[place.key.name]


def reset(text: str, name: str) -> str:
    """The text without the key, so that its default counts. Raises ConfigError as `changed`."""
    place = place_of(name)
    if place.key.required:
        raise ConfigError(f"{name}: has no default")
    document = _document(text)
    table = _table_in(document, place)
    if place.key.name in table:
        del table[place.key.name]
    return tomlkit.dumps(document)


def _document(text: str) -> TOMLDocument:
    try:
        return tomlkit.parse(text)
    except TOMLKitError as error:
        raise ConfigError(f"not TOML: {error}") from error


def _table_in(document: TOMLDocument, place: Place) -> Any:
    key = place.key
    if key.many:
        return _item_in(document.get(key.table), place)
    if key.table not in document:
        document[key.table] = tomlkit.table()
    return document[key.table]


def _item_in(items: Any, place: Place) -> Any:
    """The one of many: by its own name, else by its number from 0."""
    identity = IDENTITY[place.key.table]
    found = list(items) if isinstance(items, AoT | list | tuple) else []
    for item in found:
        if str(item.get(identity)) == place.which:
            return item
    if place.which.isdecimal() and int(place.which) < len(found):
        return found[int(place.which)]
    known = ", ".join(str(item.get(identity)) for item in found) or "none"
    raise ConfigError(f"no {place.key.table} {place.which!r}; known: {known}")


def _value(key: Key, typed: str) -> Any:
    """What was typed as the key's kind wants it; a text needs no quotation marks."""
    if key.kind == "text" or (key.kind == "choice" and isinstance(key.choices[0], str)):
        return _quoted(typed)
    try:
        (value,) = tomllib.loads(f"value = {typed}").values()
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise ConfigError(f"{key.path}: {typed!r} is no value: {error}") from error
    if key.kind == "number" and type(value) is int:
        return float(value)
    if isinstance(value, dict):
        inline = tomlkit.inline_table()
        inline.update(value)
        return inline
    return value


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _quoted(typed: str) -> str:
    if len(typed) > 1 and typed[0] == typed[-1] and typed[0] in "\"'":
        try:
            return str(tomllib.loads(f"value = {typed}")["value"])
        except tomllib.TOMLDecodeError:
            return typed
    return typed
