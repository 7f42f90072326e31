"""Reading config.toml: every mistake is told with its line, its key and the nearest right key."""

from __future__ import annotations

import ast
import difflib
import re
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import msgspec

from centre.wire.overlay import KEYS, laid_over
from kiosk.config.consistency import contradictions
from kiosk.config.schema import MEANINGS, Config
from kiosk.errors import ConfigError

KeyPath = tuple[str | int, ...]

_KEY = re.compile(r"[\w-]+")
_DOTTED = r"""["']?[\w-]+["']?(?:\s*\.\s*["']?[\w-]+["']?)*"""
_HEADER = re.compile(rf"\s*\[(?P<many>\[?)\s*(?P<name>{_DOTTED})\s*\]")
_SETTING = re.compile(rf"\s*(?P<name>{_DOTTED})\s*=")


def load_config(path: Path) -> Config:
    """The configuration at `path`.

    Raises ConfigError whose detail has one line a mistake: "config.toml:12: …".
    """
    return parse_config(read_config_text(path), name=path.name)


def read_config_text(path: Path) -> str:
    """What the file says, composed (NFC). Raises ConfigError where it cannot be read."""
    try:
        return unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error


def parse_config(
    text: str, *, name: str = "config.toml", documents: Mapping[str, str] = MappingProxyType({})
) -> Config:
    """The configuration in `text`; raises ConfigError as load_config does.

    `documents` are the centre's, by name, laid over it (docs/centre-wire.md) but for those that
    `[centre] own` keeps out. A mistake in one of them is told with its name and line.
    """
    sheets = {name: _Sheet(name, text)}
    own = sheets[name].values
    kept_out = _own_names(own)
    for document, words in documents.items():
        if document in KEYS and document not in kept_out:
            sheets[document] = _Sheet(f"centre/{document}.toml", words)
    fragments = {one: sheet.values for one, sheet in sheets.items() if one != name}
    raw = laid_over(own, fragments)

    def place(path: KeyPath) -> str:
        sheet = sheets[_source(path, fragments) or name]
        return f"{sheet.name}:{line_of(sheet.text, path)}"

    unknown = [
        f"{place(path)}: unknown key {_dotted(path)}{_hint(path, known)}"
        for path, known in _unknown_keys(raw, Config, ())
    ]
    if unknown:
        raise ConfigError("\n".join(unknown))
    try:
        config = msgspec.convert(raw, Config, strict=True)
    except msgspec.ValidationError as error:
        raise ConfigError(_value_fault(str(error), place)) from error
    wrong = [f"{place(path)}: {why}" for path, why in contradictions(config)]
    if wrong:
        raise ConfigError("\n".join(wrong))
    return config


class _Sheet:
    """A TOML text and its values. Raises ConfigError where it has none."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        try:
            self.values = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(_toml_fault(str(error), text, name)) from error


def _own_names(raw: Mapping[str, Any]) -> Collection[Any]:
    """The documents that the file keeps out, if it says so rightly; the check follows."""
    centre = raw.get("centre")
    own = centre.get("own") if isinstance(centre, Mapping) else None
    return own if isinstance(own, list) else ()


def _source(path: KeyPath, fragments: Mapping[str, Mapping[str, Any]]) -> str:
    """The document that has the last word on a key; "" where it is the file's own."""
    last = ""
    for document in (name for name in KEYS if name in fragments):
        table = fragments[document].get(str(path[0])) if path else None
        is_list = isinstance(table, list)
        if is_list or (isinstance(table, Mapping) and (len(path) < 2 or path[1] in table)):
            last = document
    return last


def line_of(text: str, path: KeyPath) -> int:
    """The line, from 1, on which `path` is set; that of its table where the key is absent."""
    best, best_depth = 1, 0
    for number, at in _places(text):
        if len(at) > best_depth and path[: len(at)] == at:
            best, best_depth = number, len(at)
    return best


def _places(text: str) -> Iterator[tuple[int, KeyPath]]:
    """Each line that opens a table or sets a key, with the path that it speaks of."""
    newest: dict[KeyPath, int] = {}  # of each [[table]] the item that is being written
    table: KeyPath = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            steps = tuple(_KEY.findall(header["name"]))
            if header["many"]:
                parent = _with_indexes(steps[:-1], newest)
                newest[*parent, steps[-1]] = newest.get((*parent, steps[-1]), -1) + 1
            table = _with_indexes(steps, newest)
            yield number, table
        elif key := _SETTING.match(line):
            yield number, (*table, *_KEY.findall(key["name"]))


def _with_indexes(steps: tuple[str, ...], newest: Mapping[KeyPath, int]) -> KeyPath:
    """("service", "hours") as ("service", 2, "hours") while the third [[service]] is written."""
    path: KeyPath = ()
    for step in steps:
        path = (*path, step)
        if path in newest:
            path = (*path, newest[path])
    return path


def _dotted(path: KeyPath) -> str:
    return re.sub(
        r"\.\[", "[", ".".join(f"[{step}]" if isinstance(step, int) else step for step in path)
    )


def _hint(path: KeyPath, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(str(path[-1]), known, n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else f"; known here: {', '.join(known)}"


def _unknown_keys(
    raw: Mapping[str, Any], kind: type[msgspec.Struct], at: KeyPath
) -> Iterator[tuple[KeyPath, tuple[str, ...]]]:
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    for key, value in raw.items():
        if key not in fields:
            yield (*at, key), tuple(fields)
            continue
        inner = _struct_in(fields[key])
        if inner is None:
            continue
        if isinstance(value, Mapping):
            yield from _unknown_keys(value, inner, (*at, key))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, Mapping):
                    yield from _unknown_keys(item, inner, (*at, key, index))


def _struct_in(kind: Any) -> type[msgspec.Struct] | None:
    """The struct that a field holds, directly or as a tuple's items."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind
    return next((found for arg in get_args(kind) if (found := _struct_in(arg))), None)


def _toml_fault(words: str, text: str, name: str) -> str:
    found = re.search(r"\(at line (\d+), column \d+\)", words)
    line = int(found[1]) if found else text.rstrip("\n").count("\n") + 1
    return f"{name}:{line}: not TOML: {words}"


def _value_fault(words: str, place: Callable[[KeyPath], str]) -> str:
    """Turn msgspec's "Expected … - at `$.screen.timeout_s`" into line, key and reason."""
    reason, _, where = words.partition(" - at `$")
    steps: list[str | int] = [
        int(index) if index else key
        for key, index in re.findall(r"\.([\w-]+)|\[(\d+)\]", where.rstrip("`"))
    ]
    path = tuple(steps)
    missing = re.search(r"missing required field `([\w-]+)`", reason)
    key = _dotted((*path, missing[1])) if missing else _dotted(path)
    reason = "is missing" if missing else _plain(reason)
    return f"{place(path)}: {key}: {reason}"


def _plain(reason: str) -> str:
    """msgspec's reason without its marks; what a pattern means in place of the pattern."""
    expected, _, pattern = reason.partition(" matching regex ")
    if pattern:
        expected = f"Expected {MEANINGS[ast.literal_eval(pattern)]}"
    return expected.replace("`", "")
