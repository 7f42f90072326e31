"""Every text a citizen meets, as data: `assets/i18n/<book>.<language>.toml`.

A book is one file: `screen`, `slip`, `spoken`, `guide` (its answers), `site` (its pages), `centre`
(the pages of the city), and for technicians `config` (what each key means), `doctor` (what its
findings mean), `first_start`, `technician` (their pages of the screen). Its keys
are dotted ids ("ticket.your_number"); values may hold `{name}` places. Vietnamese is the first
language and complete; English is complete too, and a missing English text falls back to the
Vietnamese one.
"""

from __future__ import annotations

import functools
import tomllib
import unicodedata
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from kiosk.errors import OurFault
from kiosk.words import Language

LANGUAGES: tuple[Language, ...] = ("vi", "en")
BOOKS = (
    "screen",
    "slip",
    "spoken",
    "guide",
    "site",
    "centre",
    "config",
    "doctor",
    "first_start",
    "technician",
)


def read_book(folder: Path, book: str, language: Language) -> Mapping[str, str]:
    """The texts of one book by dotted id, in NFC. Several rooms speak from one book: it is read
    once, and again when its file has changed."""
    path = folder / f"{book}.{language}.toml"
    seen = path.stat()
    return _read(path, seen.st_mtime_ns, seen.st_size)


@functools.lru_cache(maxsize=64)
def _read(path: Path, _changed_ns: int, _size: int) -> Mapping[str, str]:
    with path.open("rb") as file:
        return MappingProxyType(dict(_flatten("", tomllib.load(file))))


def _flatten(prefix: str, table: Mapping[str, object]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            pairs += _flatten(f"{name}.", value)
        elif isinstance(value, str):
            pairs.append((name, unicodedata.normalize("NFC", value)))
        else:
            raise OurFault(f"text {name} is no text")
    return pairs


class Texts:
    """One book in all languages."""

    def __init__(self, folder: Path, book: str) -> None:
        self._texts = {language: read_book(folder, book, language) for language in LANGUAGES}

    def keys(self) -> Collection[str]:
        """The ids of all texts."""
        return self._texts["vi"].keys()

    def has(self, key: str) -> bool:
        """Whether the book knows `key`."""
        return key in self._texts["vi"]

    def get(self, key: str, language: str = "vi", **values: object) -> str:
        """The text with its places filled. Raises OurFault for an unknown key or missing value."""
        texts = self._texts["en"] if language == "en" else self._texts["vi"]
        text = texts.get(key) or self._texts["vi"].get(key)
        if text is None:
            raise OurFault(f"no text {key!r}")
        try:
            return text.format_map(values)
        except (KeyError, ValueError) as missing:  # ValueError: its braces are no places
            raise OurFault(f"text {key!r} needs {missing}") from missing
