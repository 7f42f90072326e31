"""Feedback as CSV and XLSX: figures alone. What citizens wrote stays on the manager's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kiosk.feedback.summary import Line, Summary, Tally
from kiosk.feedback.survey import Survey
from kiosk.site.sheets import Table, Wording, write_csv, write_xlsx

COLUMNS = ("count", "mean", "very_sad", "sad", "so", "glad", "very_glad")


def feedback_csv(summary: Summary, survey: Survey, wording: Wording) -> bytes:
    """All tables below each other."""
    head = (wording.text("said.title"), summary.first_day, summary.last_day)
    return write_csv(head, feedback_tables(summary, reason_names(survey), wording))


def feedback_xlsx(summary: Summary, survey: Survey, wording: Wording) -> bytes:
    """A sheet for each table."""
    return write_xlsx(feedback_tables(summary, reason_names(survey), wording))


def feedback_tables(
    summary: Summary, reason: Callable[[str], str], wording: Wording
) -> Iterator[Table]:
    """For each version of the survey: whole, by reason, service, counter and day."""
    text = wording.text
    headings = [text(f"said.{name}") for name in COLUMNS]
    for part in summary.parts:
        yield part.survey, headings, [(text("table.total"), values_of(part.whole))]
        for key, lines, name in (
            ("said.by_reason", part.by_reason, reason),
            ("table.by_service", part.by_service, wording.service),
            ("table.by_counter", part.by_counter, lambda one: text("table.counter", number=one)),
            ("said.by_day", part.by_day, str),
        ):
            if lines:
                title = f"{part.survey} {text(key)}"[:31]
                yield title, headings, [_line(line, name) for line in lines]
    if not summary.parts:
        yield text("said.title")[:31], headings, [(text("table.total"), values_of(Tally()))]


def reason_names(survey: Survey) -> Callable[[str], str]:
    """Names of reasons by their codes; the code of one that is no longer offered."""
    names = {reason.code: reason.name_vi for reason in survey.reasons}
    return lambda code: names.get(code, code)


def _line(line: Line, name: Callable[[str], str]) -> tuple[str, list[float]]:
    return name(line.key), values_of(line.tally)


def values_of(tally: Tally) -> list[float]:
    """The values of COLUMNS."""
    return [tally.count, round(tally.mean, 2), *tally.faces]
