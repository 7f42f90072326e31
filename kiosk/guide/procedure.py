"""A public administrative procedure (thủ tục hành chính) as a citizen needs to know it.

Pure values: who reads the catalogue is `kiosk.catalogue`, who finds in it is `kiosk.guide.search`.
Everything is Vietnamese but what ends in `_en`; texts are NFC. An empty text means "not known":
an imported procedure may know little more than its code and official name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Variant = Literal["plain", "foreign", "border", "mobile", "again", "online", "other"]
"""What makes it a rarer sibling of a plain procedure: a foreign element, a border area,
registration at the door, registering again, one for the network alone."""

Online = Literal["full", "part", "none"]
"""How much of it can be done on the portal."""

FeeKind = Literal["free", "amount", "council", "varies"]
"""By law free; an amount by law; set by the city's People's Council; it depends."""

Form = Literal["original", "copy", "certified", "show", "form"]
"""Hand in the original, a copy, a certified copy; only show it; a form to fill in."""

LifeEvent = Literal[
    "birth", "child", "school", "marriage", "divorce", "moving", "house", "work", "business",
    "illness", "disability", "retirement", "hardship", "death", "inheritance", "papers-lost",
    "merit", "complaint",
]  # fmt: skip
"""What happened to the person who comes."""

SHORT_LIMIT = 40  # characters of a short name: one line of a card
SHORT_EN_LIMIT = 48
ABOUT_EN_LIMIT = 150  # what stands beside the QR code, eight short lines

PORTAL = "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma_thu_tuc="
PORTAL_LIST = "https://dichvucong.gov.vn/p/home/dvc-tthc-thu-tuc-hanh-chinh.html"
"""Where the portal has all procedures, to look through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One line of the checklist. `when` is the condition; "" is always."""

    name: str
    form: Form = "original"
    copies: int = 1
    when: str = ""
    name_en: str = ""
    when_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """What it costs, in a clerk's words. `amount_vnd` counts with kind "amount" alone."""

    kind: FeeKind = "varies"
    text: str = ""
    amount_vnd: int = 0
    text_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of procedures, such as civil status. `icon` is a Lucide name."""

    code: str
    name_vi: str
    name_en: str = ""
    icon: str = "file-text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One procedure. `code` is the national code, `field` a Field's code, `service` a queue's.

    `checked` is the ISO date on which a person compared it with the official text; "" is never.
    `steps_en` has a step for each of `steps`, or none. `ward` tells whether the ward receives it,
    else `agency` does; `level` and `agency` are the portal's words.
    """

    code: str
    official: str
    short: str
    field: str
    short_en: str = ""
    about_en: str = ""
    who: str = ""
    result: str = ""
    result_en: str = ""
    time: str = ""
    time_en: str = ""
    service: str = ""
    variant: Variant = "plain"
    online: Online = "part"
    legal: tuple[str, ...] = ()
    checked: str = ""
    aliases: tuple[str, ...] = ()
    aliases_en: tuple[str, ...] = ()
    life_events: tuple[LifeEvent, ...] = ()
    companions: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    steps_en: tuple[str, ...] = ()
    fee: Fee = Fee()
    documents: tuple[Document, ...] = ()
    ward: bool = True
    level: str = ""
    agency: str = ""
    agency_en: str = ""

    @property
    def portal(self) -> str:
        """Its page on the national portal."""
        return f"{PORTAL}{self.code}"


def in_english(procedure: Procedure) -> bool:
    """Whether all that is shown of it has its English."""
    return not any(
        (procedure.steps and not procedure.steps_en,
         procedure.result and not procedure.result_en,
         procedure.time and not procedure.time_en,
         procedure.fee.text and not procedure.fee.text_en,
         procedure.agency and not procedure.ward and not procedure.agency_en,
         any(not one.name_en or (one.when and not one.when_en) for one in procedure.documents))
    )  # fmt: skip


def missing(procedure: Procedure) -> tuple[str, ...]:
    """The names of what a citizen would still have to ask a clerk; empty: it is complete."""
    return tuple(_gaps(procedure))


def _gaps(procedure: Procedure) -> Iterator[str]:
    if not procedure.documents:
        yield "documents"
    if not procedure.fee.text:
        yield "fee"
    for name in ("time", "steps", "service"):
        if not getattr(procedure, name):
            yield name
