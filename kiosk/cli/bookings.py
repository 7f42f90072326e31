"""`kiosk bookings import FILE`: bookings of the city's application, for today and six days more.

CSV with a first line of names, or JSON lines, each with these fields (others are passed over):

    code            opaque, 4 to 40 letters and figures: what the citizen shows
    service         the code of a [[service]]
    at              when they are booked for, ISO 8601; Hanoi's time where it says no offset
    registered_at   when they registered: the order among those who have checked in
    person          an identity or telephone number: counts bookings a day; made a hash, never kept
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import click

from kiosk.cli.link import as_json, ask, print_json
from kiosk.paths import DataFolder
from kiosk.words import BookingLine, BookingsResult, ImportBookings

FIELDS = ("code", "service", "at", "registered_at", "person")
BATCH = 100  # a message to the core has at most 64 KiB
MAX_FIELD = 60  # characters


@click.group()
def bookings() -> None:
    """Numbers that were booked ahead."""


@bookings.command(name="import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
@click.pass_obj
def import_bookings(data: DataFolder, path: Path, as_json: bool) -> None:
    """Take in the bookings of FILE (.csv or .jsonl); again is no harm. Status 1 if any is refused.

    Says of each line that is refused why: booking_code, booking_time, booking_day (not today or
    the next six days), booking_too_many (of one person that day), unknown_service.
    """
    lines = list(_lines(path))
    kept = known = 0
    refused: list[tuple[int, str]] = []
    for start in range(0, len(lines), BATCH):
        batch = tuple(lines[start : start + BATCH])
        result = ask(data, ImportBookings(bookings=batch))
        assert isinstance(result, BookingsResult)
        kept, known = kept + result.kept, known + result.known
        refused += [(start + number, why) for number, why in result.refused]
    if as_json:
        print_json({"kept": kept, "known": known, "refused": refused})
    else:
        click.echo(f"{kept} new, {known} known before, {len(refused)} refused")
        for number, why in refused:
            click.echo(f"booking {number}: {why}", err=True)
    if refused:
        raise SystemExit(1)


def _lines(path: Path) -> Iterator[BookingLine]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = _json_rows(text) if path.suffix == ".jsonl" else csv.DictReader(text.splitlines())
        for row in rows:
            values = {name: str(row.get(name) or "").strip()[:MAX_FIELD] for name in FIELDS}
            yield BookingLine(**values)
    except (ValueError, OSError, csv.Error) as error:
        raise click.ClickException(f"{path.name}: {error}") from error


def _json_rows(text: str) -> Iterator[dict[str, object]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            row = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError(f"line {number} is no object")
            yield row
