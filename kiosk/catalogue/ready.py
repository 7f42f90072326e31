"""The catalogue as it stands here, kept ready beside the import: opened in a few milliseconds.

Reading TOML and laying an import over it takes a second, and the long texts of 5,768 procedures
take 70 MB. So what was read once is written down: the short facts, which are all in memory, and
the long texts, which stay on the disk until a procedure is asked for.

<data>/catalogue/ready.bin    one line {"format", "key", "sha256", "facts"}
                              the short facts as JSON, `facts` bytes
                              the whole procedures as JSON, one after another

It is only a copy: a missing, old or damaged one is made again, and one that cannot be written is
done without.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import os
import weakref
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from kiosk.guide.catalogue import Catalogue, News
from kiosk.guide.procedure import Field, LifeEvent, Online, Procedure, Variant

log = logging.getLogger(__name__)

READY: Final = "ready.bin"
FORMAT: Final = "le-tan-ready-1"
LONGEST_HEAD: Final = 1_000  # bytes


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    key: str
    sha256: str
    facts: int


class _Line(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """The short facts of a procedure, and where its whole text lies behind the facts."""

    code: str
    official: str
    short: str
    short_en: str
    field: str
    service: str
    variant: Variant
    online: Online
    checked: str
    aliases: tuple[str, ...]
    aliases_en: tuple[str, ...]
    life_events: tuple[LifeEvent, ...]
    companions: tuple[str, ...]
    ward: bool
    level: str
    agency: str
    at: int
    length: int
    crc: int


class _Facts(msgspec.Struct, frozen=True):
    version: str
    since: str
    news: tuple[News, ...]
    fields: tuple[Field, ...]
    lines: tuple[_Line, ...]


SHORT_FACTS: Final = _Line.__struct_fields__[: _Line.__struct_fields__.index("at")]


def read_ready(folder: Path, key: str) -> Catalogue | None:
    """The catalogue that was kept for this key; None where there is none that can be used."""
    path = folder / READY
    try:
        return _read(path, key)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        log.warning("%s cannot be used, it is made again: %s", path, error)
        return None


def keep_ready(folder: Path, key: str, catalogue: Catalogue) -> None:
    """Write a catalogue down for the next time. What cannot be written is said in the log."""
    fresh = folder / f"fresh-{os.getpid()}.bin"
    wholes = [msgspec.json.encode(one) for one in catalogue.procedures]
    facts = msgspec.json.encode(
        _Facts(
            version=catalogue.version,
            since=catalogue.since,
            news=catalogue.news,
            fields=catalogue.fields,
            lines=tuple(_lines(catalogue, wholes)),
        )
    )
    head = _Head(FORMAT, key, hashlib.sha256(facts).hexdigest(), len(facts))
    try:
        folder.mkdir(exist_ok=True, mode=0o700)
        with fresh.open("wb") as file:
            file.writelines((msgspec.json.encode(head), b"\n", facts, *wholes))
        fresh.replace(folder / READY)
    except OSError as error:
        log.warning("%s: the catalogue is not kept ready: %s", folder, error)
        fresh.unlink(missing_ok=True)


def _lines(catalogue: Catalogue, wholes: list[bytes]) -> Iterator[_Line]:
    at = 0
    for one, whole in zip(catalogue.procedures, wholes, strict=True):
        facts = {name: getattr(one, name) for name in SHORT_FACTS}
        yield _Line(**facts, at=at, length=len(whole), crc=zlib.crc32(whole))
        at += len(whole)


def _read(path: Path, key: str) -> Catalogue | None:
    with path.open("rb") as file:
        head = msgspec.json.decode(file.readline(LONGEST_HEAD), type=_Head)
        if (head.format, head.key) != (FORMAT, key):
            return None
        raw = file.read(head.facts)
        behind = file.tell()
        opened = _Opened(file.fileno())
    if head.sha256 != hashlib.sha256(raw).hexdigest():
        raise ValueError("damaged, its checksum differs")
    facts = msgspec.json.decode(raw, type=_Facts)
    same: dict[str, str] = {}  # one "Cấp xã" for thousands of them
    procedures = {line.code: _procedure(line, same) for line in facts.lines}
    places = {line.code: (behind + line.at, line.length, line.crc) for line in facts.lines}
    return Catalogue(
        version=facts.version,
        since=facts.since,
        news=facts.news,
        fields=facts.fields,
        procedures=tuple(procedures.values()),
        long_texts=functools.partial(_whole, opened, places, procedures),
    )


def _procedure(line: _Line, same: dict[str, str]) -> Procedure:
    facts: dict[str, Any] = {name: getattr(line, name) for name in SHORT_FACTS}
    for name in ("field", "service", "level", "agency"):
        facts[name] = same.setdefault(facts[name], facts[name])
    return Procedure(**facts)


class _Opened:
    """A file held open: what takes its name later is another."""

    def __init__(self, handle: int) -> None:
        self._handle = os.dup(handle)
        weakref.finalize(self, os.close, self._handle)

    def part(self, at: int, length: int, crc: int) -> bytes:
        """Raises OSError, ValueError where it is damaged."""
        part = os.pread(self._handle, length, at)
        if zlib.crc32(part) != crc:
            raise ValueError("damaged, its checksum differs")
        return part


def _whole(
    file: _Opened,
    places: Mapping[str, tuple[int, int, int]],
    short: Mapping[str, Procedure],
    code: str,
) -> Procedure:
    """A procedure with its long texts; where the disk fails, what is known without them."""
    try:
        return msgspec.json.decode(file.part(*places[code]), type=Procedure)
    except (OSError, ValueError) as error:  # a DecodeError is a ValueError
        log.warning("the long texts of %s cannot be read: %s", code, error)
        return short[code]
