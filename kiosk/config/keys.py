"""Every key of config.toml as the schema has it: its kind, unit, range, choices and default.

What comes of this one description: the comments in config.toml, `kiosk config explain`, the check
of a value that is typed, and the pages on which a technician sets it.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec import inspect

from kiosk.config.schema import Config

Kind: TypeAlias = Literal["switch", "whole", "number", "text", "choice", "list", "table"]

UNITS: Mapping[str, str] = {
    "_ms": "ms",
    "_s": "s",
    "_min": "min",
    "_days": "days",
    "_mm": "mm",
    "_m": "m",
    "_inch": "inch",
    "_mb": "MB",
    "_deg": "°",
    "_wpm": "words/min",
}
"""The unit that the end of a key's name stands for."""

IDENTITY: Mapping[str, str] = {
    "notice": "text_vi",
    "priority": "code",
    "counter": "number",
    "service": "code",
    "place": "kind",
    "dispenser": "item",
    "destination": "name",
}
"""Of each table that is there many times the key that tells its items apart."""


_KINDS: Mapping[type[inspect.Type], Kind] = {
    inspect.BoolType: "switch",
    inspect.IntType: "whole",
    inspect.FloatType: "number",
    inspect.StrType: "text",
    inspect.LiteralType: "choice",
    inspect.StructType: "table",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key. `low` and `high` bound a number, `shortest` and `longest` a text or a list.

    `many`: its table may be there many times ([[service]]). `whole_house`: left out, the value of
    the house counts, so it has no default to tell.
    """

    table: str
    name: str
    kind: Kind
    required: bool
    default: Any = None
    many: bool = False
    low: float | None = None
    high: float | None = None
    shortest: int | None = None
    longest: int | None = None
    choices: tuple[Any, ...] = ()
    whole_house: bool = False

    @property
    def path(self) -> str:
        """The dotted name, such as "screen.timeout_s"; of many alike without a number."""
        return f"{self.table}.{self.name}"

    @property
    def unit(self) -> str:
        """ "s", "mm" and so on; "" for what has none."""
        ends = (unit for ending, unit in UNITS.items() if self.name.endswith(ending))
        return next(ends, "") if self.kind in {"whole", "number"} else ""


@functools.cache
def keys() -> Mapping[str, Key]:
    """All keys by dotted name, in the order of the schema."""
    return {key.path: key for key in _keys()}


@functools.cache
def tables() -> Mapping[str, bool]:
    """All tables, and whether each may be there many times."""
    return {table: many for table, _, many in _tables()}


def fits(key: Key, value: Any) -> bool:
    """Whether the key can have this value, as far as the key alone is concerned."""
    try:
        msgspec.convert(value, _types()[key.path], strict=True)
    except msgspec.ValidationError:
        return False
    return True


@functools.cache
def _types() -> Mapping[str, Any]:
    """The type of each key by dotted name, as the schema writes it."""
    return {
        f"{table}.{field.encode_name}": field.type
        for table, struct, _ in _tables()
        for field in msgspec.structs.fields(struct.cls)
    }


def _tables() -> Iterator[tuple[str, inspect.StructType, bool]]:
    config = inspect.type_info(Config)
    assert isinstance(config, inspect.StructType)
    for field in config.fields:
        found = _bare(field.type)
        many = isinstance(found, inspect.VarTupleType)
        inner = _bare(found.item_type) if isinstance(found, inspect.VarTupleType) else found
        assert isinstance(inner, inspect.StructType)
        yield field.encode_name, inner, many


def _keys() -> Iterator[Key]:
    for table, struct, many in _tables():
        for field in struct.fields:
            default = None if field.default is msgspec.NODEFAULT else field.default
            kind = _bare(field.type)
            yield Key(
                table=table,
                name=field.encode_name,
                kind=_kind(kind),
                required=field.required,
                default=default,
                many=many,
                whole_house=not field.required and default is None,
                **_bounds(kind),
            )


def _bare(kind: inspect.Type) -> inspect.Type:
    """Without its description, and without "or nothing"."""
    if isinstance(kind, inspect.Metadata):
        return _bare(kind.type)
    if isinstance(kind, inspect.UnionType):
        return _bare(next(one for one in kind.types if not isinstance(one, inspect.NoneType)))
    return kind


def _kind(kind: inspect.Type) -> Kind:
    return _KINDS.get(type(kind), "list")


def _bounds(kind: inspect.Type) -> dict[str, Any]:
    match kind:
        case inspect.IntType() | inspect.FloatType():
            return {"low": kind.ge, "high": kind.le}
        case inspect.StrType() | inspect.VarTupleType():
            return {"shortest": kind.min_length, "longest": kind.max_length} | (
                _item_bounds(kind.item_type) if isinstance(kind, inspect.VarTupleType) else {}
            )
        case inspect.LiteralType():
            return {"choices": tuple(kind.values)}
        case inspect.TupleType():
            length = len(kind.item_types)
            inner = _item_bounds(kind.item_types[0])
            return {"shortest": length, "longest": length, **inner}
        case _:
            return {}


def _item_bounds(item: inspect.Type) -> dict[str, Any]:
    """Of a list of numbers the range of each."""
    bare = _bare(item)
    if isinstance(bare, inspect.IntType | inspect.FloatType):
        return {"low": bare.ge, "high": bare.le}
    return {}


def as_toml(value: Any) -> str:
    """A value as config.toml writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            short = f"{value:g}"
            return short if float(short) == value else repr(value)
        case int():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False)  # a TOML basic string but for \x7f
        case tuple() | list():
            return f"[{', '.join(as_toml(one) for one in value)}]"
        case _:
            return "{}"


def values_of(config: Config) -> Mapping[str, Any]:
    """The tables of a configuration as plain values, for comparing."""
    built: Mapping[str, Any] = msgspec.to_builtins(config)
    return built
