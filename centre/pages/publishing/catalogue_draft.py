"""The catalogue in the making: a portal's export read in, or one procedure's words put right.

A draft is a Kept, as a kiosk keeps it: rows laid over what is shipped, and when each fact last
changed. What somebody writes here counts as changed today, or a kiosk would keep the shipped words.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path, PurePath

import msgspec

from centre.errors import Missing, Unprocessable
from centre.pages.publishing.shipped import shipped_catalogue
from kiosk.catalogue.importing import Import, read_export, work_out
from kiosk.catalogue.keeping import Kept
from kiosk.catalogue.merging import merged
from kiosk.errors import CatalogueError
from kiosk.guide.catalogue import Catalogue, News
from kiosk.guide.folding import fold
from kiosk.guide.procedure import Document, Fee, FeeKind, Form, Procedure

EXPORTS = (".jsonl", ".json", ".csv", ".tsv", ".xlsx", ".jsonl.gz", ".csv.gz")
MOST_FOUND = 60
LONGEST_TEXT = 4000


class Edited(msgspec.Struct, frozen=True, kw_only=True):
    """What the form of a procedure says; lists are one line each, a document is
    "name | form | copies | when"."""

    documents: str = ""
    fee_kind: FeeKind = "varies"
    fee: str = ""
    amount: str = ""
    time: str = ""
    steps: str = ""
    legal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a draft changes of what is shipped: codes by kind."""

    rows: int
    amended: tuple[str, ...]
    abolished: tuple[str, ...]


def read_kept(body: bytes) -> Kept:
    """A draft's or a published catalogue. Raises Unprocessable."""
    try:
        return msgspec.json.decode(body, type=Kept)
    except msgspec.DecodeError as error:
        raise Unprocessable(f"catalogue: {error}", code="document") from error


def whole_catalogue(kept: Kept) -> Catalogue:
    """As a kiosk will have it."""
    return merged(shipped_catalogue(), kept.rows, kept.amended, kept.abolished, "")


def find_procedures(kept: Kept, text: str) -> tuple[tuple[Procedure, ...], int]:
    """Those whose code or name holds every word of `text`, and how many there are."""
    words = fold(text).split()
    found = [
        one
        for one in whole_catalogue(kept).procedures
        if all(word in fold(f"{one.code} {one.short} {one.official}") for word in words)
        or (text.strip() and text.strip() in one.code)
    ]
    return tuple(found[:MOST_FOUND]), len(found)


def find_procedure(kept: Kept, code: str) -> Procedure:
    """One of them. Raises Missing."""
    known = whole_catalogue(kept).by_code.get(code)
    if known is None:
        raise Missing(f"no procedure {code!r}", code="unknown_procedure")
    return known


def change_of(kept: Kept) -> Change:
    """What it changes."""
    return Change(
        rows=len(kept.rows), amended=tuple(sorted(kept.amended)), abolished=kept.abolished
    )


def fields_of(procedure: Procedure) -> Edited:
    """A procedure as its form has it."""
    return Edited(
        documents="\n".join(_document_line(one) for one in procedure.documents),
        fee_kind=procedure.fee.kind,
        fee=procedure.fee.text,
        amount=str(procedure.fee.amount_vnd or ""),
        time=procedure.time,
        steps="\n".join(procedure.steps),
        legal="\n".join(procedure.legal),
    )


def edit(kept: Kept, code: str, edited: Edited, today: date) -> Kept:
    """The draft with this procedure's facts as the form says them. Raises Missing and Unprocessable
    (procedure) where the form says what cannot be."""
    before = find_procedure(kept, code)
    after = _applied(before, edited)
    changed = [name for name in EDITABLE if getattr(before, name) != getattr(after, name)]
    if not changed:
        return kept
    checked = before.checked
    since = today.isoformat()
    if checked >= since:  # the shipped words would stand: they were looked at today
        since = (date.fromisoformat(checked) + timedelta(days=1)).isoformat()
    rows = {one.code: one for one in kept.rows}
    rows[code] = after
    days = {**kept.amended.get(code, {}), **dict.fromkeys(changed, since)}
    return msgspec.structs.replace(
        kept,
        imported_on=today.isoformat(),
        rows=tuple(rows.values()),
        amended={**kept.amended, code: days},
        news=_with_news(kept, after, tuple(changed), today),
    )


EDITABLE = ("documents", "fee", "time", "steps", "legal")


def read_in(kept: Kept, name: str, data: bytes, today: date, *, ward_only: bool) -> Import:
    """What a portal's export would make of it. Raises Unprocessable (export)."""
    ending = "".join(PurePath(name.lower()).suffixes[-2:])
    ending = ending if ending in EXPORTS else PurePath(name.lower()).suffix
    if ending not in EXPORTS:
        raise Unprocessable(f"one of {', '.join(EXPORTS)}", code="export")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"export{ending}"
        path.write_bytes(data)
        try:
            rows = read_export(path, ward_only=ward_only)
            return work_out(
                shipped_catalogue(),
                kept if kept.rows else None,
                rows,
                source=PurePath(name).name[:80],
                ward_only=ward_only,
                on=today.isoformat(),
            )
        except CatalogueError as error:
            raise Unprocessable(str(error), code="export") from error


def _with_news(
    kept: Kept, procedure: Procedure, facts: tuple[str, ...], today: date
) -> tuple[News, ...]:
    field = shipped_catalogue().field_by_code.get(procedure.field)
    told = News(
        code=procedure.code,
        name=procedure.official,
        field=field.name_vi if field else procedure.field,
        event="amended",
        on=today.isoformat(),
        facts=facts,
    )
    return (*(one for one in kept.news if one.code != procedure.code), told)


def _applied(procedure: Procedure, edited: Edited) -> Procedure:
    amount = edited.amount.strip().replace(".", "").replace(" ", "")
    if amount and not (amount.isdecimal() and len(amount) <= 12):
        raise Unprocessable("an amount is a number of dong", code="bad_amount")
    fee = Fee(
        kind=edited.fee_kind,
        text=_line(edited.fee),
        amount_vnd=int(amount or 0) if edited.fee_kind == "amount" else 0,
        text_en=procedure.fee.text_en if _line(edited.fee) == procedure.fee.text else "",
    )
    known = {one.name: one for one in procedure.documents}
    documents = tuple(_document(line, known) for line in _lines(edited.documents))
    steps, time = _lines(edited.steps), _line(edited.time)
    return replace(
        procedure,
        documents=documents,
        fee=fee,
        time=time,
        time_en=procedure.time_en if time == procedure.time else "",
        steps=steps,
        steps_en=procedure.steps_en if steps == procedure.steps else (),
        legal=_lines(edited.legal),
    )


_FORMS: dict[str, Form] = {
    "bản chính": "original",
    "bản sao": "copy",
    "bản sao chứng thực": "certified",
    "xuất trình": "show",
    "tờ khai": "form",
}


def _document_line(one: Document) -> str:
    form = next(name for name, code in _FORMS.items() if code == one.form)
    return " | ".join([one.name, form, str(one.copies), one.when]).rstrip(" |")


def _document(line: str, known: dict[str, Document]) -> Document:
    parts = [part.strip() for part in line.split("|")]
    name, form, copies, when = (*parts, "", "", "")[:4] if len(parts) < 4 else parts[:4]
    if form and form not in _FORMS:
        raise Unprocessable(f"{form!r}: one of {', '.join(_FORMS)}", code="bad_form")
    if copies and not (copies.isdecimal() and 1 <= int(copies) <= 20):
        raise Unprocessable(f"{copies!r}: copies are 1 to 20", code="bad_copies")
    before = known.get(name, Document(name=name))
    return Document(
        name=name,
        form=_FORMS[form] if form else before.form,
        copies=int(copies or 1),
        when=when,
        name_en=before.name_en,
        when_en=before.when_en if when == before.when else "",
    )


def _line(text: str) -> str:
    return " ".join(text[:LONGEST_TEXT].split())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for one in text[: 20 * LONGEST_TEXT].splitlines() if (line := _line(one)))
