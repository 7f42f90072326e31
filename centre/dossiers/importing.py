"""A file of dossiers: lines become rows, row by row; one that is wrong costs itself alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

from centre.dossiers.one_stop_plan import day_in
from centre.dossiers.shelf import STATES, DossierRow
from centre.rows import Row, RowError
from centre.wire.dossiers import State
from kiosk.guide.dossier_code import dossier_code

BATCH = 500  # rows of one transaction


def dossier_row(row: Row, words: Mapping[str, State]) -> DossierRow:
    """The dossier that a line tells of; `words` are the file's own for our states.

    Raises RowError.
    """
    if not (code := dossier_code(row.get("code", ""))):
        raise RowError("code: none of a dossier")
    word = row.get("state", "")
    if (state := words.get(word)) is None:
        state = next((one for one in STATES if one == word), None)
    if state is None:
        raise RowError("state: not known (see --word)")
    return DossierRow(
        code=code,
        state=state,
        due_on=_day("due_on", row),
        changed_on=_day("changed_on", row),
    )


def in_batches(rows: Iterable[DossierRow]) -> Iterator[list[DossierRow]]:
    """The rows, so many at a time."""
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


def _day(name: str, row: Row) -> date | None:
    try:
        return day_in(row.get(name, ""))
    except ValueError as error:
        raise RowError(f"{name}: no day") from error
