"""Imports a portal export: row by row, a bad row is told and left out, the rest goes on.

rows ─▶ procedure_of ─▶ compare with what stood before ─▶ Kept ─▶ keeping.keep
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

import msgspec

from kiosk.catalogue.export_file import Row, read_rows
from kiosk.catalogue.keeping import Kept
from kiosk.catalogue.merging import AMENDABLE, merged
from kiosk.catalogue.portal_row import RowBad, procedure_of
from kiosk.errors import CatalogueError
from kiosk.guide.catalogue import Catalogue, News, NewsEvent
from kiosk.guide.procedure import Procedure, missing

NOTHING_KEPT: Final = Kept(imported_on="", source="", ward_only=False, rows=())
MANY: Final = 50  # procedures; a larger catalogue does not lose more than half of them unasked


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: its line in the file, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a file holds. `left_out` counts good rows that are not the ward's."""

    good: tuple[Procedure, ...]
    bad: tuple[BadRow, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """An import worked out, not yet kept; and what it changes. Lists are codes.

    `incomplete` has, by code, the names of what a citizen would still have to ask.
    """

    kept: Kept
    catalogue: Catalogue
    rows: Rows
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    incomplete: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_export(
    path: Path, *, ward_only: bool = False, told: Callable[[int], None] = lambda done: None
) -> Rows:
    """The procedures of an export. `told` hears how many rows are done.

    Raises CatalogueError where the file cannot be read or has no good row.
    """
    rows = _checked(read_rows(path), ward_only, told)
    if not rows.good and not rows.left_out:
        first = f": line {rows.bad[0].line}: {rows.bad[0].reason}" if rows.bad else ""
        raise CatalogueError(f"{path.name}: no row can be used{first}")
    if not rows.good:
        raise CatalogueError(f"{path.name}: no row is the ward's")
    return rows


def _checked(rows: Iterable[Row], ward_only: bool, told: Callable[[int], None]) -> Rows:
    good: dict[str, Procedure] = {}
    bad: list[BadRow] = []
    lines: dict[str, int] = {}
    left_out = 0
    for done, (line, row) in enumerate(rows, start=1):
        try:
            procedure = _procedure(row, lines)
        except RowBad as error:
            bad.append(BadRow(line, str(error)))
        else:
            lines[procedure.code] = line
            if procedure.ward or not ward_only:
                good[procedure.code] = procedure
            else:
                left_out += 1
        told(done)
    return Rows(good=tuple(good.values()), bad=tuple(bad), left_out=left_out)


def _procedure(row: Mapping[str, Any] | str, lines: Mapping[str, int]) -> Procedure:
    if isinstance(row, str):
        raise RowBad(row)
    procedure = procedure_of(row)
    if procedure.code in lines:
        raise RowBad(f"code: {procedure.code} is on line {lines[procedure.code]} already")
    return procedure


def work_out(
    shipped: Catalogue,
    before: Kept | None,
    rows: Rows,
    *,
    source: str,
    ward_only: bool,
    on: str,
    fewer: bool = False,
) -> Import:
    """What an import on the ISO date `on` would change. Pure: nothing is written.

    Raises CatalogueError where most of a large catalogue would vanish, unless `fewer` is meant:
    a file that was cut off looks like that.
    """
    last = before or NOTHING_KEPT
    known = {one.code: one for one in last.rows}
    found = {one.code: one for one in rows.good}
    gone = [
        code for code, one in known.items() if code not in found and (one.ward or not ward_only)
    ]
    if len(gone) >= MANY and len(gone) * 2 > len(known) and not fewer:
        raise CatalogueError(
            f"{source}: {len(gone)} of {len(known)} procedures would vanish; is the file whole?"
        )
    kept = Kept(
        imported_on=on,
        source=source,
        ward_only=ward_only,
        rows=rows.good,
        amended=_amended(known, found, last.amended, on),
        abolished=tuple(sorted({*last.abolished, *gone} - found.keys())),
    )
    old = _catalogue(shipped, last)
    new = _catalogue(shipped, kept)
    return _import(kept, old, new, rows)


def _amended(
    known: Mapping[str, Procedure],
    found: Mapping[str, Procedure],
    earlier: Mapping[str, Mapping[str, str]],
    on: str,
) -> dict[str, dict[str, str]]:
    """When the portal last changed each fact of each code."""
    amended: dict[str, dict[str, str]] = {}
    for code, row in found.items():
        days = dict(earlier.get(code, {}))
        if code in known:
            last = known[code]
            days.update({one: on for one in AMENDABLE if getattr(last, one) != getattr(row, one)})
        if days:
            amended[code] = days
    return amended


def _catalogue(shipped: Catalogue, kept: Kept) -> Catalogue:
    return merged(shipped, kept.rows, kept.amended, kept.abolished, "")


def _import(kept: Kept, old: Catalogue, new: Catalogue, rows: Rows) -> Import:
    before, after = old.by_code, new.by_code
    added = tuple(code for code in after if code not in before)
    removed = tuple(code for code in before if code in set(kept.abolished))
    differences = {
        code: facts
        for code in after
        if code in before and (facts := _differences(before[code], after[code]))
    }
    news = [
        *(_news(after[code], new, "new", kept.imported_on) for code in added),
        *(
            _news(after[code], new, "amended", kept.imported_on, facts)
            for code, facts in differences.items()
        ),
        *(_news(before[code], old, "abolished", kept.imported_on) for code in removed),
    ]
    return Import(
        kept=msgspec.structs.replace(kept, news=tuple(news)),
        catalogue=new,
        rows=rows,
        added=added,
        changed=tuple(differences),
        removed=removed,
        incomplete={one.code: gaps for one in new.procedures if (gaps := missing(one))},
    )


def _differences(before: Procedure, after: Procedure) -> tuple[str, ...]:
    names = (one.name for one in fields(Procedure) if not one.name.endswith("_en"))
    return tuple(one for one in names if getattr(before, one) != getattr(after, one))


def _news(
    procedure: Procedure,
    catalogue: Catalogue,
    event: NewsEvent,
    on: str,
    facts: tuple[str, ...] = (),
) -> News:
    field_name = catalogue.field_by_code[procedure.field].name_vi
    return News(
        code=procedure.code,
        name=procedure.official,
        field=field_name,
        event=event,
        on=on,
        facts=facts,
    )
