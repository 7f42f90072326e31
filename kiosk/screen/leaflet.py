"""What a procedure's page says, row by row: documents, facts, steps. What is missing is said so."""

from __future__ import annotations

import re

from kiosk.guide.procedure import Document, Procedure
from kiosk.guide.procedure_cards import cut
from kiosk.screen.rows_model import Row
from kiosk.screen.translator import Translator
from kiosk.words import ServiceState

NO_BREAK = "\u00a0"
LONGEST_NAME = 130  # characters of a document: three lines; the portal's may be 300
FORMS = {
    "original": "document.original",
    "copy": "document.copy",
    "certified": "document.certified",
    "show": "document.show",
    "form": "document.form",
}
ONLINE = {"full": "online.full", "part": "online.part", "none": "online.none"}

DOCUMENT_ROLES = ("code", "name", "form", "when", "whole")
FACT_ROLES = ("code", "name", "text", "iconName", "known")
STEP_ROLES = ("code", "text")


def document_rows(procedure: Procedure, texts: Translator) -> list[Row]:
    """The checklist: what, in which form and how many, on which condition.

    Of a name that is too long to be read standing, `name` is the beginning and `whole` all.
    """
    if not procedure.documents:
        unknown = texts.text("fact.unknown")
        return [{"code": "unknown", "name": unknown, "form": "", "when": "", "whole": ""}]
    return [
        _document_row(number, document, texts)
        for number, document in enumerate(procedure.documents)
    ]


def fact_rows(procedure: Procedure, service: ServiceState | None, texts: Translator) -> list[Row]:
    """Fee, time, place and result; `known` is "" where a clerk has to be asked."""
    facts = (
        ("fee", "fact.fee", texts.pick(procedure.fee.text, procedure.fee.text_en), "banknote"),
        ("time", "fact.time", texts.pick(procedure.time, procedure.time_en), "calendar-clock"),
        ("where", "fact.where", _where(procedure, service, texts), "map-pin"),
        ("result", "fact.result", texts.pick(procedure.result, procedure.result_en), "file-check"),
    )
    return [
        {
            "code": code,
            "name": texts.text(name),
            "text": text or texts.text("fact.unknown"),
            "iconName": icon,
            "known": "yes" if text else "",
        }
        for code, name, text, icon in facts
    ]


def step_rows(procedure: Procedure, texts: Translator) -> list[Row]:
    """What to do, one after another."""
    if not procedure.steps:
        return [{"code": "?", "text": texts.text("fact.unknown")}]
    steps = procedure.steps_en if texts.chosen == "en" and procedure.steps_en else procedure.steps
    return [{"code": str(n), "text": text} for n, text in enumerate(steps, start=1)]


def _document_row(number: int, document: Document, texts: Translator) -> Row:
    form = texts.text(FORMS[document.form])
    if document.copies > 1:
        form = texts.text("document.copies", form=form, count=document.copies)
    name = texts.pick(document.name, document.name_en)
    when = texts.pick(document.when, document.when_en)
    when = when[:1].upper() + when[1:]
    begun = cut(name, LONGEST_NAME)
    whole = name if begun != name else ""
    return {"code": str(number), "name": begun, "form": form, "when": when, "whole": whole}


def _where(procedure: Procedure, service: ServiceState | None, texts: Translator) -> str:
    if not procedure.ward:
        return texts.pick(procedure.agency, procedure.agency_en)
    return _place(service, texts) if service else ""


def _place(service: ServiceState, texts: Translator) -> str:
    """Queue and counters; a number stays on the line of its word."""
    name = texts.pick(service.name_vi, service.name_en)
    where = texts.pick(service.where_vi, service.where_en)
    return re.sub(r" (?=\d)", NO_BREAK, " · ".join(part for part in (name, where) if part))
