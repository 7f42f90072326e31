"""The cells of a spreadsheet's first sheet, with the standard library alone.

An .xlsx is a ZIP of XML. Only text is read: formulas count by their stored value, nothing is
calculated and nothing outside the file is opened. Sizes are bounded and document types refused, so
that a hostile file costs an error and no memory.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from kiosk.errors import CatalogueError

LARGEST_PART: Final = 256 << 20  # bytes unpacked; the national list has about 30 MB

_UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError,  # the ZIP is cut or damaged
    RuntimeError,  # it is encrypted, or packed in a way that nobody here knows
    ET.ParseError, ValueError, LookupError,  # it is whole, and no spreadsheet
)  # fmt: skip

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LETTERS: Final = re.compile(r"[A-Z]+")


def read_xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row that has cells, with its number as the spreadsheet shows it.

    Raises CatalogueError where the file is no spreadsheet.
    """
    try:
        with zipfile.ZipFile(path) as book:
            shared = _shared_texts(book)
            sheet = min(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
            yield from _rows(_parsed(book, sheet), shared)
    except _UNREADABLE as error:
        raise CatalogueError(f"{path.name}: no readable spreadsheet: {error}") from error


def _parsed(book: zipfile.ZipFile, name: str) -> ET.Element:
    if book.getinfo(name).file_size > LARGEST_PART:
        raise ValueError(f"{name} is too large")
    raw = book.read(name)
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise ValueError(f"{name} declares a document type")
    return ET.fromstring(raw)  # noqa: S314 - see above


def _shared_texts(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    return [_text(item) for item in _parsed(book, "xl/sharedStrings.xml").iter(f"{_MAIN}si")]


def _text(item: ET.Element) -> str:
    return "".join(part.text or "" for part in item.iter(f"{_MAIN}t"))


def _rows(sheet: ET.Element, shared: list[str]) -> Iterator[tuple[int, list[str]]]:
    for place, row in enumerate(sheet.iter(f"{_MAIN}row"), start=1):
        cells: list[str] = []
        for cell in row.iter(f"{_MAIN}c"):
            column = _column(cell.get("r", ""), len(cells))
            cells += [""] * (column + 1 - len(cells))
            cells[column] = _value(cell, shared)
        if any(cells):
            yield int(row.get("r", place)), cells


def _column(reference: str, otherwise: int) -> int:
    """0 for "A7", 27 for "AB7"."""
    letters = _LETTERS.match(reference)
    if letters is None:
        return otherwise
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    if number > 16_384:  # what a spreadsheet can have
        raise ValueError(f"column {letters[0]}")
    return number - 1


def _value(cell: ET.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _text(cell)
    value = cell.findtext(f"{_MAIN}v") or ""
    return shared[int(value)] if cell.get("t") == "s" else value
