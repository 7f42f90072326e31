"""What citizens said, as CSV and XLSX: the figures, and each answer with its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from centre.pages.days.rebuilding import Given
from centre.pages.names import Names
from kiosk.feedback.summary import Summary
from kiosk.queueing.hours import HANOI
from kiosk.site.feedback_sheets import feedback_tables
from kiosk.site.sheets import Cell, Table, Wording

COLUMNS = ("site", "face", "reasons", "words", "service", "counter", "language", "call_back")


def said_tables(
    summary: Summary,
    given: Sequence[Given],
    names: Names,
    sites: dict[str, str],
    text: Callable[..., str],
) -> Iterator[Table]:
    """The tables of figures, and one line for each answer."""
    wording = Wording(text=text, service=names.service, reason=str)
    yield from feedback_tables(summary, names.reason, wording)
    headings = [text(f"said_sheet.{name}") for name in COLUMNS]
    yield text("said_sheet.answers"), headings, [_line(one, names, sites, text) for one in given]


def _line(
    given: Given, names: Names, sites: dict[str, str], text: Callable[..., str]
) -> tuple[str, list[Cell]]:
    one = given.answer
    return given.told.at.astimezone(HANOI).strftime("%Y-%m-%d %H:%M"), [
        sites.get(given.told.site, given.told.site),
        one.face,
        ", ".join(names.reason(code) for code in one.reasons),
        one.words,
        names.service(one.service),
        one.counter,
        one.language,
        text("said_sheet.yes") if one.consent else "",
    ]
