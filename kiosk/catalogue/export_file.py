"""The rows of a portal export: JSON lines, CSV or a spreadsheet, each with its line.

JSON lines and CSV may be packed with gzip ("export.jsonl.gz").

In JSON lines the keys are those of COLUMNS. A table may have lines above its heads; the heads are
found by their names, Vietnamese or English, in any order. Columns that are not known are left out.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from kiosk.catalogue.xlsx import read_xlsx
from kiosk.errors import CatalogueError
from kiosk.guide.folding import fold

Row = tuple[int, Mapping[str, Any] | str]
"""The line from 1, and the row; or why it cannot be read."""

PACKED: Final = ".gz"
LARGEST: Final = 512 << 20  # bytes, unpacked
HEADS_WITHIN: Final = 20  # rows above the heads of a table

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("ma", "ma so", "ma tthc", "ma thu tuc", "ma thu tuc hanh chinh", "ma so tthc"),
    "name": ("ten", "ten tthc", "ten thu tuc", "ten thu tuc hanh chinh", "thu tuc hanh chinh"),
    "field": ("linh vuc", "ten linh vuc"),
    "level": ("cap", "cap thuc hien", "cap hanh chinh"),
    "agency": ("co quan", "co quan thuc hien", "don vi", "co quan giai quyet"),
    "steps": ("trinh tu", "trinh tu thuc hien", "cac buoc"),
    "documents": ("ho so", "thanh phan ho so", "giay to"),
    "fee": ("phi", "le phi", "phi le phi", "muc phi"),
    "time": ("thoi han", "thoi han giai quyet", "thoi gian", "thoi gian giai quyet"),
    "legal_basis": ("can cu", "can cu phap ly"),
    "ward": ("cap xa", "phuong", "thuc hien o xa"),
}
_MEANING: Final = {
    fold(name): column for column, names in COLUMNS.items() for name in (column, *names)
}


def read_rows(path: Path) -> Iterator[Row]:
    """All rows of a file, by its ending. Raises CatalogueError where it cannot be read at all."""
    ending = _ending(path)
    try:
        if ending == ".xlsx":
            return _table(read_xlsx(path), path.name)
        with _opened(path) as file:
            raw = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise CatalogueError(f"{path.name}: cannot be read: {error}") from error
    if len(raw) > LARGEST:
        raise CatalogueError(f"{path.name}: larger than {LARGEST >> 20} MB")
    text = _text(raw, path.name)
    if ending in {".csv", ".tsv"}:
        return _table(_csv(text), path.name)
    if text.lstrip()[:1] == "[":
        return _json_list(text, path.name)
    return _json_lines(text)


def count_rows(path: Path) -> int:
    """About how many rows a file has, for a progress bar: never raises, 0 is not known."""
    try:
        if _ending(path) == ".xlsx":
            return sum(1 for _ in read_xlsx(path))
        with _opened(path) as file:
            return sum(1 for _ in file)
    except (OSError, EOFError, zlib.error, CatalogueError):
        return 0


def _ending(path: Path) -> str:
    """What the file is, packed or not."""
    name = path.name.lower().removesuffix(PACKED)
    return Path(name).suffix


def _opened(path: Path) -> BinaryIO:
    if path.name.lower().endswith(PACKED):
        return io.BufferedReader(gzip.GzipFile(path))
    return path.open("rb")


def _text(raw: bytes, name: str) -> str:
    """Excel writes "Unicode text" as UTF-16; everybody else UTF-8."""
    encoding = "utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise CatalogueError(f"{name}:{line}: not UTF-8: {error.reason}") from error


def _json_lines(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, f"not JSON: {error}"
        else:
            yield number, row if isinstance(row, dict) else "not a JSON object"


def _json_list(text: str, name: str) -> Iterator[Row]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CatalogueError(f"{name}: not JSON: {error}") from error
    for number, row in enumerate(rows, start=1):
        yield number, row if isinstance(row, dict) else "not a JSON object"


def _csv(text: str) -> Iterator[tuple[int, list[str]]]:
    head = "\n".join(text.split("\n", 10)[:10])
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begun = 1
    try:
        for cells in reader:
            yield begun, cells
            begun = reader.line_num + 1
    except csv.Error as error:
        raise CatalogueError(f"line {begun}: no readable CSV: {error}") from error


def _table(rows: Iterable[tuple[int, list[str]]], name: str) -> Iterator[Row]:
    columns: dict[int, str] = {}
    for place, (number, cells) in enumerate(rows):
        if columns:
            if any(cell.strip() for cell in cells):
                yield number, {columns[at]: cell for at, cell in enumerate(cells) if at in columns}
            continue
        columns = _heads(cells)
        if not columns and place >= HEADS_WITHIN:
            break
    if not columns:
        raise CatalogueError(f"{name}: no row of heads with a code and a name")


def _heads(cells: list[str]) -> dict[int, str]:
    """Which column means what; empty where this is not the row of heads."""
    found: dict[int, str] = {}
    for place, cell in enumerate(cells):
        meaning = _MEANING.get(fold(cell))
        if meaning and meaning not in found.values():
            found[place] = meaning
    return found if {"code", "name"} <= set(found.values()) else {}
