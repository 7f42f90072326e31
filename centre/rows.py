"""Lines of a file that is brought in: CSV with a first line of names, or JSON lines (.jsonl)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path


class RowError(Exception):
    """A line that cannot be taken; the words say why, and nothing of what it holds."""


Row = dict[str, str]


def read_rows(path: Path) -> Iterator[tuple[int, Row | RowError]]:
    """Each line with its number in the file: its fields as texts, or why it is none.

    Raises OSError, and RowError where the file itself cannot be read on.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            yield from (_json_rows if path.suffix == ".jsonl" else _csv_rows)(file)
        except UnicodeDecodeError as error:
            raise RowError("the file is not UTF-8") from error
        except csv.Error as error:
            raise RowError(f"the file is no CSV: {error}") from error


def _csv_rows(lines: Iterator[str]) -> Iterator[tuple[int, Row | RowError]]:
    reader = csv.DictReader(lines)
    for row in reader:
        if None in row or None in row.values():
            yield reader.line_num, RowError("another number of fields than the first line")
        else:
            yield reader.line_num, {name.strip(): value.strip() for name, value in row.items()}


def _json_rows(lines: Iterator[str]) -> Iterator[tuple[int, Row | RowError]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield number, RowError("no JSON")
            continue
        if isinstance(row, dict):
            yield number, {name: _text(value) for name, value in row.items()}
        else:
            yield number, RowError("no object")


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
