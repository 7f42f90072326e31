"""What the slip of a checklist says: what to bring, what it costs, how long it takes, where.

Pure: blocks that a printer can draw. It is no ticket: it promises nothing and names nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from hardware.printer.slip import Block, Gap, Item, Qr, Rule, Slip, Text
from kiosk.guide.procedure import Document, Procedure

Wording = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistFacts:
    """All that the slip tells; `place` is the service and its counters, empty where unknown."""

    site_name: str
    centre_name: str
    procedure: Procedure
    place: str = ""
    language: str = "vi"

    def told(self, vietnamese: str, english: str) -> str:
        """The English of a fact if it is wanted and known, else the Vietnamese."""
        return (self.language == "en" and english) or vietnamese


def compose_checklist(facts: ChecklistFacts, wording: Wording) -> Slip:
    """The slip; `wording(key, **values)` gives the texts of the book "slip"."""
    procedure = facts.procedure
    fee, time = procedure.fee, procedure.time
    return Slip(
        (
            Text(facts.site_name.upper(), bold=True),
            Text(facts.centre_name, size="small"),
            Rule(),
            Text(wording("checklist.title"), bold=True),
            Gap(1),
            *_name(facts),
            Rule(),
            *_documents(facts, wording),
            Rule(),
            *_section(wording("checklist.fee"), facts.told(fee.text, fee.text_en), wording),
            *_section(wording("checklist.time"), facts.told(time, procedure.time_en), wording),
            *_section(wording("checklist.where"), facts.place, wording),
            Rule(),
            Qr(procedure.portal),
            Text(wording("checklist.portal"), size="small"),
            *_origin(procedure, wording),
            Gap(1),
            Text(wording("thanks"), size="small"),
        )
    )


def _name(facts: ChecklistFacts) -> Iterator[Block]:
    """Papers are named in Vietnamese, so that a clerk knows them; English says what it is about."""
    procedure = facts.procedure
    if facts.language == "en" and procedure.short_en:
        yield Text(procedure.short_en, size="large", bold=True)
        yield Text(procedure.about_en, size="small")
    else:
        yield Text(procedure.short or procedure.official, size="large", bold=True)


def _documents(facts: ChecklistFacts, wording: Wording) -> Iterator[Block]:
    documents = facts.procedure.documents
    if not documents:
        yield Text(wording("checklist.ask"))
    for document in documents:
        yield Item(document.name, _note(document, facts, wording))
        yield Gap(1)


def _note(document: Document, facts: ChecklistFacts, wording: Wording) -> str:
    """In English what it is; how it is handed in, how many, and when it is needed at all."""
    how = wording(f"checklist.form.{document.form}")
    if document.copies > 1:
        how = wording("checklist.copies", how=how, count=document.copies)
    what = document.name_en if facts.language == "en" else ""
    when = facts.told(document.when, document.when_en)
    return "; ".join(part for part in (what, how, when) if part)


def _section(title: str, text: str, wording: Wording) -> Iterator[Block]:
    yield Text(title, bold=True)
    yield Text(text or wording("checklist.ask"))
    yield Gap(1.5)


def _origin(procedure: Procedure, wording: Wording) -> Iterator[Block]:
    """The national code, and when a person last compared it with the official text."""
    yield Text(wording("checklist.code", code=procedure.code), size="small")
    if procedure.checked:
        day = date.fromisoformat(procedure.checked).strftime("%d/%m/%Y")
        yield Text(wording("checklist.checked", day=day), size="small")
