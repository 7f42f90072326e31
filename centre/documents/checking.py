"""What may be published: each document is tried by the readers that the kiosk will read it with.

A document is refused here, with the line, before any kiosk has it; what only a kiosk can know (its
own config.toml) is left to the roll-back there.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, get_args

import msgspec

from centre.errors import Missing, TooLarge, Unprocessable
from centre.wire.documents import MAX_DOCUMENT_BYTES, MAX_TOML_BYTES, Name
from centre.wire.overlay import KEYS, foreign_keys
from kiosk.catalogue.keeping import Kept
from kiosk.catalogue.merging import AMENDABLE
from kiosk.catalogue.portal_row import CODE, LONGEST_NAME
from kiosk.config import parse_config, parse_survey
from kiosk.config.reading import line_of
from kiosk.errors import ConfigError
from kiosk.guide.procedure import SHORT_LIMIT

NAMES: tuple[Name, ...] = get_args(Name)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_FILL: Mapping[str, str] = {
    "site": '[site]\nname_vi = "x"\nname_en = "x"\ncentre_vi = "x"\ncentre_en = "x"\n',
    "counter": '[[counter]]\nnumber = "1"\n',
    "service": '[[service]]\ncode = "x"\nname_vi = "x"\nname_en = "x"\nseries = "A"\n',
}
"""What a whole config.toml needs and a document need not have."""


def checked(name: str, body: bytes) -> bytes:
    """The body as it is given out: NFC, and of a catalogue what a kiosk knows of it alone.

    Raises Missing for a name that is none, TooLarge, and Unprocessable whose detail has one line a
    mistake. Takes up to a second for the largest catalogue.
    """
    if name not in NAMES:
        raise Missing(f"there is no document {name!r}", code="document_name")
    most = MAX_DOCUMENT_BYTES if name == "catalogue" else MAX_TOML_BYTES
    if len(body) > most:
        raise TooLarge(f"{len(body)} bytes; {name} has {most} at most")
    try:
        text = unicodedata.normalize("NFC", body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _wrong(f"{name}: not UTF-8: {error.reason}") from error
    return _CHECKS[name](name, text)


def _checked_catalogue(name: str, text: str) -> bytes:
    try:
        kept = msgspec.json.decode(text, type=Kept)
    except (msgspec.DecodeError, RecursionError) as error:
        raise _wrong(f"{name}: {error}") from error
    if mistakes := [*_of_catalogue(kept)][:20]:
        raise _wrong("\n".join(f"{name}: {mistake}" for mistake in mistakes))
    return msgspec.json.encode(kept)


def _of_catalogue(kept: Kept) -> Iterator[str]:
    seen: set[str] = set()
    for row in kept.rows:
        if not CODE.fullmatch(row.code):
            yield f"code: {row.code[:40]!r} is not like 1.001193"
        if row.code in seen:
            yield f"{row.code}: is there twice"
        seen.add(row.code)
        if not 0 < len(row.official) <= LONGEST_NAME:
            yield f"{row.code}: official: 1 to {LONGEST_NAME} characters"
        if not 0 < len(row.short) <= SHORT_LIMIT + 1:  # cut short by an ellipsis
            yield f"{row.code}: short: 1 to {SHORT_LIMIT} characters"
    for code, facts in kept.amended.items():
        if strange := facts.keys() - set(AMENDABLE):
            yield f"{code}: amended: {', '.join(sorted(strange))}"
        yield from (f"{code}: amended: {day} is no day" for day in facts.values() if _no_day(day))
    if _no_day(kept.imported_on):
        yield f"imported_on: {kept.imported_on[:40]!r} is no day"
    yield from _control_characters(msgspec.to_builtins(kept), ())


def _control_characters(value: Any, path: tuple[str, ...]) -> Iterator[str]:
    match value:
        case str() if _CONTROL.search(value):
            yield f"{'.'.join(path)}: a control character"
        case dict():
            for key, one in value.items():
                yield from _control_characters(one, (*path, key))
        case list() | tuple():
            for number, one in enumerate(value):
                yield from _control_characters(one, (*path, str(number)))


def _no_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return True
    return False


def _checked_survey(name: str, text: str) -> bytes:
    try:
        parse_survey(text, name=f"{name}.toml")
    except ConfigError as error:
        raise _wrong(error.detail.removeprefix("feedback.survey: ")) from error
    return text.encode()


def _checked_fragment(name: str, text: str) -> bytes:
    """A piece of config.toml, tried in a whole one: the lines told of are those of the piece."""
    file = f"{name}.toml"
    try:
        fragment = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(f"{file}: not TOML: {error}") from error
    foreign = [
        f"{file}:{line_of(text, tuple(key.split('.')))}: {key}: not set by this document"
        for key in foreign_keys(name, fragment)
    ]
    if foreign:
        raise _wrong("\n".join(foreign))
    if name == "services" and not {"service", "counter"} <= fragment.keys():
        raise _wrong(f"{file}: [[service]] and [[counter]] come together")
    filled = "".join(piece for table, piece in _FILL.items() if table not in fragment)
    try:
        parse_config(f"{text}\n{filled}", name=file)
    except ConfigError as error:
        raise _wrong(error.detail) from error
    return text.encode()


_CHECKS: Mapping[str, Callable[[str, str], bytes]] = {
    "catalogue": _checked_catalogue,
    "survey": _checked_survey,
    **dict.fromkeys(KEYS, _checked_fragment),
}


def _wrong(detail: str) -> Unprocessable:
    return Unprocessable(detail, code="document")
