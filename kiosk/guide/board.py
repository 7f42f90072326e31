"""The lists that a ward posts on its paper board: what it receives, and what is new of it.

in force   the whole list as it stands here, by field
news       new, amended and abolished since the catalogue before this one
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.guide.catalogue import Catalogue, NewsEvent
from kiosk.guide.folding import fold
from kiosk.guide.procedure import PORTAL
from kiosk.guide.shelves import EVENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a list. `facts` are what was amended; `portal` is for its QR."""

    code: str
    name: str
    portal: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The lines of one field, by name."""

    field: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What hangs there. `since` is the ISO date of the import that brought the news; "" is none."""

    version: str
    since: str
    in_force: tuple[Section, ...]
    new: tuple[Section, ...] = ()
    amended: tuple[Section, ...] = ()
    abolished: tuple[Section, ...] = ()


def board_of(catalogue: Catalogue, words: str = "", field: str = "") -> Board:
    """The board; of it only what has all of `words` in code or name, and the field named `field`.

    It lists what the ward receives: `ward` procedures, and news of procedures that it received.
    """
    wanted, of_field = fold(words).split(), fold(field)

    def sections(lines: Iterator[tuple[str, Line]]) -> tuple[Section, ...]:
        by_field: dict[str, list[Line]] = {}
        for name, line in lines:
            folded = f"{fold(line.name)} {fold(line.code)}"
            if of_field in fold(name) and all(word in folded for word in wanted):
                by_field.setdefault(name, []).append(line)
        return tuple(
            Section(field=name, lines=tuple(sorted(found, key=lambda one: fold(one.name))))
            for name, found in sorted(by_field.items(), key=lambda pair: fold(pair[0]))
        )

    news = {event: sections(_news(catalogue, event)) for event in EVENTS}
    return Board(
        version=catalogue.version,
        since=catalogue.since,
        in_force=sections(_in_force(catalogue)),
        **news,
    )


def _in_force(catalogue: Catalogue) -> Iterator[tuple[str, Line]]:
    for one in catalogue.procedures:
        if one.ward:
            name = catalogue.field_by_code[one.field].name_vi
            yield name, Line(code=one.code, name=one.official, portal=one.portal)


def _news(catalogue: Catalogue, event: NewsEvent) -> Iterator[tuple[str, Line]]:
    for one in catalogue.news:
        known = catalogue.by_code.get(one.code)
        if one.event == event and (known is None or known.ward):
            yield (
                one.field,
                Line(code=one.code, name=one.name, portal=PORTAL + one.code, facts=one.facts),
            )
