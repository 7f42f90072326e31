"""A procedure as cards, and as the one sentence that is spoken: the asked aspect comes first.

What is not known is said to be not known, and who knows it. What is long is cut: the procedure's
own page has all of it. English says what has an English text, and that a clerk helps with the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from kiosk.guide.answer import Card, CardKind, Site, few_words, in_language
from kiosk.guide.aspects import Aspect
from kiosk.guide.procedure import Document, Procedure, in_english

Wording = Callable[..., str]
"""The texts of the book "guide" in one language: `wording(key, **values)`."""

LONGEST_TOLD: Final = 17  # words, so that "please look at the screen" still fits
LONGEST_LINE: Final = 180  # characters of a line on a card; ours are shorter, the portal's are not
MOST_LINES: Final = 10  # of a card; the checklists of people have fewer

ORDER: Final[tuple[CardKind, ...]] = (
    "overview", "documents", "fee", "time", "where", "steps", "online", "who", "result", "checked",
)  # fmt: skip
ORDER_ELSEWHERE: Final[tuple[CardKind, ...]] = ("where", *(one for one in ORDER if one != "where"))
"""Of what the ward does not receive: where to go is the first thing to know."""


def name_of(procedure: Procedure, language: str) -> str:
    """The short name in the language, as far as it is known."""
    return in_language((procedure.short, procedure.short_en), language)


def cards_of(
    procedure: Procedure, aspect: Aspect, site: Site, language: str, wording: Wording
) -> tuple[Card, ...]:
    """All cards of a procedure; that of the asked aspect is the first."""
    cards = {
        kind: Card(kind=kind, title=wording(f"card.{kind}"), lines=lines)
        for kind in (ORDER if procedure.ward else ORDER_ELSEWHERE)
        if (lines := _bounded(tuple(_lines(kind, procedure, site, language, wording)), wording))
    }
    first = [cards.pop(aspect)] if aspect in cards and aspect != "overview" else []
    return (*first, *cards.values())


def spoken_of(
    procedure: Procedure, aspect: Aspect, site: Site, language: str, wording: Wording
) -> str:
    """The asked aspect in one breath; what is too long for a breath is left to the screen."""
    name, look = _lower(name_of(procedure, language)), wording("spoken.look")
    found = wording("spoken.found", name=name)
    if aspect == "overview" and procedure.ward:
        return few_words(found, look)
    told = _told(procedure, "where" if aspect == "overview" else aspect, site, language, wording)
    if told is None:
        return few_words(wording(f"spoken.unknown_{aspect}"), wording("spoken.clerk"))
    said: str = "where" if aspect == "overview" else aspect
    said = "documents_one" if (said, told) == ("documents", "1") else said
    for part in (told, told.partition(". ")[0]):  # the first sentence, where all is too long
        whole = _capital(wording(f"spoken.{said}", name=name, told=_lower(part)))
        if part and len(whole.split()) <= LONGEST_TOLD:
            return few_words(whole, look)
    return few_words(found, look)


def _told(
    procedure: Procedure, aspect: Aspect, site: Site, language: str, wording: Wording
) -> str | None:
    """What there is to say of an aspect; "" where only the screen can, None where nothing is known.

    An English voice says only what has an English text.
    """
    if aspect == "documents":
        always = sum(1 for one in procedure.documents if not one.when)
        return str(always or 1) if procedure.documents else None
    if aspect == "where":
        return _where(procedure, site, language, wording).rstrip(".")
    if aspect == "online":
        return wording(f"online.{procedure.online}").rstrip(".")
    vietnamese, english = {
        "fee": (procedure.fee.text, procedure.fee.text_en),
        "time": (procedure.time, procedure.time_en),
        "steps": ("".join(procedure.steps[:1]), "".join(procedure.steps_en[:1])),
    }.get(aspect, ("", ""))
    if not vietnamese:
        return None
    return (english if language == "en" else vietnamese).rstrip(". ")


def _lower(text: str) -> str:
    """With a small first letter, to stand within a sentence; "BHYT" stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _bounded(lines: tuple[str, ...], wording: Wording) -> tuple[str, ...]:
    """As much as one reads standing; and how much more there is."""
    kept = tuple(cut(line, LONGEST_LINE) for line in lines[:MOST_LINES])
    left = len(lines) - MOST_LINES
    return kept if left <= 0 else (*kept, wording("card.more", count=left))


def cut(text: str, longest: int) -> str:
    """The text, cut between words where it is longer than that."""
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.-–(") + "…"


def _lines(
    kind: CardKind, procedure: Procedure, site: Site, language: str, wording: Wording
) -> Iterator[str]:
    match kind:
        case "overview":
            yield from _overview(procedure, language, wording)
        case "documents":
            yield from (document_line(one, language, wording) for one in procedure.documents)
            if not procedure.documents:
                yield wording("unknown.documents")
        case "fee" | "time":
            yield _fact(kind, procedure, language) or wording(f"unknown.{kind}")
        case "where":
            yield _where(procedure, site, language, wording)
        case "steps":
            yield from (language == "en" and procedure.steps_en) or procedure.steps
        case "online":
            yield wording(f"online.{procedure.online}")
        case "who" | "result":
            yield from filter(None, [_fact(kind, procedure, language)])
        case _:
            yield _checked(procedure, wording)


def _fact(kind: CardKind, procedure: Procedure, language: str) -> str:
    """A fact that is one text. Whom it is for is part of what English says it is about."""
    if kind == "who":
        return procedure.who if language == "vi" else ""
    fee = procedure.fee
    told = {
        "fee": (fee.text, fee.text_en),
        "time": (procedure.time, procedure.time_en),
        "result": (procedure.result, procedure.result_en),
    }
    return in_language(told[kind], language)


def _overview(procedure: Procedure, language: str, wording: Wording) -> Iterator[str]:
    if language == "en":
        yield from filter(None, [procedure.about_en])
        if not in_english(procedure):
            yield wording("note.vietnamese")
    elif procedure.official != procedure.short:
        yield procedure.official


def document_line(document: Document, language: str, wording: Wording) -> str:
    """ "Giấy chứng sinh: nộp bản chính, 1 bản (nếu …)"."""
    name = in_language((document.name, document.name_en), language)
    when = in_language((document.when, document.when_en), language)
    line = f"{name}: {wording(f'form.{document.form}')}"
    if document.form != "show" and document.copies > 1:
        line += f", {wording('form.copies', count=document.copies)}"
    return f"{line} ({when})" if when else line


def _where(procedure: Procedure, site: Site, language: str, wording: Wording) -> str:
    if not procedure.ward:
        agency = cut(in_language((procedure.agency, procedure.agency_en), language), LONGEST_LINE)
        return wording("where.elsewhere", agency=agency) if agency else wording("where.above")
    counter = in_language(site.counters.get(procedure.service, ("", "")), language)
    if counter:
        return wording("where.counter", counter=counter)
    if procedure.service:
        return wording("where.service", service=wording(f"service.{procedure.service}"))
    return wording("where.hall")


def _checked(procedure: Procedure, wording: Wording) -> str:
    if not procedure.checked:
        return wording("checked.never")
    day = date.fromisoformat(procedure.checked)
    return wording("checked.on", day=f"{day.day:02}/{day.month:02}/{day.year}")
