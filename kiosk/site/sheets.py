"""The day report as CSV and XLSX: the same table, once for each way of looking at the day."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kiosk.queueing.report import DayReport, Line, Tally

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    "issued", "served", "no_shows", "cancelled", "expired",
    "wait_median", "wait_p90", "wait_longest", "service_median", "service_p90",
)  # fmt: skip
Cell = str | float
Table = tuple[str, Sequence[str], Sequence[tuple[str, Sequence[Cell]]]]
"""A title, headings of the values, and lines of a name and values."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_TITLE = 31
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]|^'|'$")


@dataclass(frozen=True, slots=True)
class Wording:
    """`text(key)` of the book "site"; `service(code)` is a service's name, `reason(note)` why
    numbers expired."""

    text: Callable[..., str]
    service: Callable[[str], str]
    reason: Callable[[str], str]


def as_csv(report: DayReport, wording: Wording) -> bytes:
    """All tables below each other, and why numbers expired."""
    head = (wording.text("report.title"), report.business_day)
    return write_csv(head, tables(report, wording))


def as_xlsx(report: DayReport, wording: Wording) -> bytes:
    """A sheet for each table, and one for those who expired."""
    return write_xlsx(tables(report, wording))


def write_csv(head: Sequence[str], tables: Iterable[Table]) -> bytes:
    """All tables below each other; with the mark by which Excel knows UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(map(plain, head))
    for title, headings, lines in tables:
        writer.writerow([])
        writer.writerow(_row(title, headings))
        writer.writerows(_row(name, values) for name, values in lines)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(tables: Iterable[Table]) -> bytes:
    """A sheet for each table."""
    from openpyxl import Workbook  # noqa: PLC0415 - a large library, for a rare wish
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for title, headings, lines in tables:
        sheet = book.create_sheet(_sheet_title(title, book.sheetnames))
        sheet.append(_row(title, headings))
        for name, values in lines:
            sheet.append(_row(name, values))
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for column in range(len(headings) + 1):
            letter = get_column_letter(column + 1)
            sheet.column_dimensions[letter].width = 16 if column else 28
        sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def tables(report: DayReport, wording: Wording) -> Iterator[Table]:
    """Whole, by service, counter and hour with the values of COLUMNS; and how many expired, why."""
    text = wording.text
    headings = [text(f"column.{name}") for name in COLUMNS]
    yield text("table.whole"), headings, [(text("table.total"), values_of(report.whole))]
    for key, lines, name in (
        ("table.by_service", report.by_service, wording.service),
        ("table.by_counter", report.by_counter, lambda key: text("table.counter", number=key)),
        ("table.by_hour", report.by_hour, lambda key: text("table.hour", hour=key)),
    ):
        yield text(key), headings, [_line(line, name) for line in lines]
    expired: list[tuple[str, list[Cell]]] = [
        (wording.reason(one.reason), [one.count]) for one in report.left_over
    ]
    yield text("report.left_over"), (), expired


def _sheet_title(title: str, taken: Sequence[str]) -> str:
    """A title that Excel takes: short, without its signs, and no sheet's yet."""
    legible = _NOT_IN_TITLES.sub(" ", _CONTROL.sub("", title)).strip() or "-"
    used = {one.casefold() for one in taken}
    short, number = legible[:LONGEST_TITLE], 1
    while short.casefold() in used:
        number += 1
        short = f"{legible[: LONGEST_TITLE - 4]} {number}"
    return short


def _row(name: str, values: Sequence[Cell]) -> list[Cell]:
    return [plain(cell) if isinstance(cell, str) else cell for cell in (name, *values)]


def _line(line: Line, name: Callable[[str], str]) -> tuple[str, list[Cell]]:
    return name(line.key), values_of(line.tally)


def values_of(tally: Tally) -> list[Cell]:
    """The values of COLUMNS; times in minutes, and none where there were none."""
    waits, services = tally.waits, tally.services
    times = (
        (waits, waits.median_s), (waits, waits.p90_s), (waits, waits.longest_s),
        (services, services.median_s), (services, services.p90_s),
    )  # fmt: skip
    return [
        tally.issued, tally.served, tally.no_shows, tally.cancelled, tally.expired,
        *(round(seconds / 60, 1) if spread.count else "" for spread, seconds in times),
    ]  # fmt: skip


def plain(name: str) -> str:
    """A name that no spreadsheet takes for a formula, without what no cell may hold."""
    legible = _CONTROL.sub("", name)
    return f"'{legible}" if legible.startswith(FORMULA_SIGNS) else legible
