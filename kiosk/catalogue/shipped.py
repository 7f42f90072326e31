"""Reads assets/catalogue/*.toml strictly: every mistake is told with its file and line."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import msgspec
from msgspec import Meta

from kiosk.catalogue.english import ENGLISH, Phrases, in_english, phrases_of
from kiosk.config.reading import line_of
from kiosk.errors import CatalogueError
from kiosk.guide.catalogue import Catalogue
from kiosk.guide.procedure import (
    ABOUT_EN_LIMIT,
    SHORT_EN_LIMIT,
    SHORT_LIMIT,
    Document,
    Fee,
    FeeKind,
    Field,
    Form,
    LifeEvent,
    Online,
    Procedure,
    Variant,
)

T = TypeVar("T")

Text = Annotated[str, Meta(min_length=1)]
Code = Annotated[str, Meta(pattern=r"^\d\.\d{6}$")]


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Unknown keys are mistakes."""


class _FieldTable(_Strict, frozen=True, kw_only=True):
    code: Text
    name_vi: Text
    name_en: Text
    icon: Text


class _FeeTable(_Strict, frozen=True, kw_only=True):
    kind: FeeKind
    text: Text
    amount_vnd: Annotated[int, Meta(ge=0)] = 0


class _DocumentTable(_Strict, frozen=True, kw_only=True):
    name: Text
    form: Form
    copies: Annotated[int, Meta(ge=1, le=20)] = 1
    when: str = ""


class _ProcedureTable(_Strict, frozen=True, kw_only=True):
    code: Code
    official: Text
    short: Annotated[str, Meta(min_length=1, max_length=SHORT_LIMIT)]
    short_en: Annotated[str, Meta(min_length=1, max_length=SHORT_EN_LIMIT)]
    about_en: Annotated[str, Meta(min_length=1, max_length=ABOUT_EN_LIMIT)]
    who: Text
    result: Text
    time: Text
    service: Text
    variant: Variant
    online: Online
    legal: Annotated[tuple[Text, ...], Meta(min_length=1)]
    checked: dt.date
    aliases: tuple[Text, ...]
    life_events: tuple[LifeEvent, ...] = ()
    companions: tuple[Code, ...] = ()
    ward: bool = True
    agency: str = ""
    steps: Annotated[tuple[Text, ...], Meta(min_length=1)]
    fee: _FeeTable
    documents: tuple[_DocumentTable, ...] = ()


_AT: Final = re.compile(r"\.([\w-]+)|\[(\d+)\]")


def read_shipped(folder: Path) -> Catalogue:
    """The catalogue that the project ships, in the order of its files.

    Raises CatalogueError whose detail has one line a mistake: "land.toml:12: fee.kind: …".
    """
    fields: list[Field] = []
    procedures: list[Procedure] = []
    mistakes: list[str] = []
    vietnamese, english = _texts(folder, "*.toml"), _texts(folder, f"{ENGLISH}/*.toml")
    for name, text in vietnamese.items():
        found = _File(name, text)
        fields += found.fields
        procedures += found.procedures
        mistakes += found.mistakes
    mistakes += _doubles(procedures)
    phrases = _phrases(english, mistakes)
    if mistakes:
        raise CatalogueError("\n".join(mistakes))
    return Catalogue(
        fields=tuple(fields),
        procedures=tuple(in_english(one, phrases) for one in procedures),
        version=_version(vietnamese, english),
    )


def version_of_shipped(folder: Path) -> str:
    """The version that `read_shipped` would give, without the reading. Raises CatalogueError."""
    return _version(_texts(folder, "*.toml"), _texts(folder, f"{ENGLISH}/*.toml"))


def phrases_of_shipped(folder: Path) -> Phrases:
    """All that the folder has in English. Raises CatalogueError."""
    return phrases_of(_texts(folder, f"{ENGLISH}/*.toml"))


def _version(*read: Mapping[str, str]) -> str:
    texts = "".join(text for one in read for text in one.values())
    return hashlib.sha256(texts.encode()).hexdigest()


def _texts(folder: Path, pattern: str) -> dict[str, str]:
    paths = sorted(folder.glob(pattern))
    return {path.relative_to(folder).as_posix(): _text(path) for path in paths}


def _phrases(texts: Mapping[str, str], mistakes: list[str]) -> Phrases:
    try:
        return phrases_of(texts)
    except CatalogueError as error:
        mistakes.append(error.detail)
        return Phrases()


def _text(path: Path) -> str:
    try:
        return unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name}: cannot be read: {error}") from error


def _doubles(procedures: list[Procedure]) -> Iterator[str]:
    seen: set[str] = set()
    for one in procedures:
        if one.code in seen:
            yield f"{one.field}.toml: procedure {one.code} is there twice"
        seen.add(one.code)


class _File:
    """One file: its field, its procedures, and what is wrong with it."""

    def __init__(self, name: str, text: str) -> None:
        self._name, self._text = name, text
        self.fields: list[Field] = []
        self.procedures: list[Procedure] = []
        self.mistakes: list[str] = []
        try:
            raw = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            at = re.search(r"at line (\d+)", str(error))
            line = at[1] if at else text.count("\n") + 1
            self.mistakes.append(f"{name}:{line}: not TOML: {error}")
            return
        self._read(raw)

    def _read(self, raw: Mapping[str, Any]) -> None:
        for key in raw.keys() - {"field", "procedure"}:
            self._wrong((key,), f"unknown key `{key}`")
        field = self._converted(raw.get("field", {}), _FieldTable, ("field",))
        if field is None:
            return
        self.fields.append(Field(**msgspec.structs.asdict(field)))
        if f"{field.code}.toml" != self._name:
            self._wrong(("field", "code"), "differs from the name of the file")
        for number, table in enumerate(raw.get("procedure", ())):
            one = self._converted(table, _ProcedureTable, ("procedure", number))
            if one is not None:
                self.procedures.append(_procedure(one, field.code))

    def _converted(self, raw: Any, kind: type[T], at: tuple[str | int, ...]) -> T | None:
        try:
            return msgspec.convert(raw, kind, strict=True)
        except msgspec.ValidationError as error:
            reason, _, where = str(error).partition(" - at `$")
            path = [int(index) if index else key for key, index in _AT.findall(where)]
            named = re.search(r"unknown field `([\w-]+)`", reason)
            self._wrong((*at, *path, *([named[1]] if named else [])), reason)
            return None

    def _wrong(self, path: tuple[str | int, ...], reason: str) -> None:
        dotted = ".".join(str(step) for step in path)
        self.mistakes.append(f"{self._name}:{line_of(self._text, path)}: {dotted}: {reason}")


def _procedure(table: _ProcedureTable, field: str) -> Procedure:
    facts = msgspec.structs.asdict(table)
    facts["checked"] = table.checked.isoformat()
    facts["fee"] = Fee(**msgspec.structs.asdict(table.fee))
    facts["documents"] = tuple(Document(**msgspec.structs.asdict(one)) for one in table.documents)
    return Procedure(field=field, **facts)
