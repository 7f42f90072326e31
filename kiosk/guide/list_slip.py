"""What the slip of a list of procedures says: the first of them, and where the rest is to be seen.

Pure: blocks that a printer can draw. A ward's list has hundreds of lines; a slip has a few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from hardware.printer.slip import Block, Gap, Qr, Rule, Slip, Text
from kiosk.guide.procedure import PORTAL_LIST

Wording = Callable[..., str]

MOST_LINES: Final = 40  # about 25 cm of paper


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """All that the slip tells. `names` are all of the list; `on` is the ISO date of today."""

    site_name: str
    centre_name: str
    title: str
    names: tuple[str, ...]
    on: str


def compose_list(facts: ListFacts, wording: Wording) -> Slip:
    """The slip; `wording(key, **values)` gives the texts of the book "slip"."""
    day = date.fromisoformat(facts.on).strftime("%d/%m/%Y")
    return Slip(
        (
            Text(facts.site_name.upper(), bold=True),
            Text(facts.centre_name, size="small"),
            Rule(),
            Text(wording("list.title"), bold=True),
            Gap(1),
            Text(facts.title, size="large", bold=True),
            Text(wording("list.count", count=len(facts.names), day=day), size="small"),
            Rule(),
            *_lines(facts.names, wording),
            Rule(),
            Qr(PORTAL_LIST),
            Text(wording("list.portal"), size="small"),
            Gap(1),
            Text(wording("thanks"), size="small"),
        )
    )


def _lines(names: tuple[str, ...], wording: Wording) -> Iterator[Block]:
    for number, name in enumerate(names[:MOST_LINES], start=1):
        yield Text(f"{number}. {name}", size="small")
    left = len(names) - MOST_LINES
    if left > 0:
        yield Gap(1.5)
        yield Text(wording("list.more", count=left), bold=True)
