"""What is answered where no procedure is asked about: one reply for each other intent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kiosk.guide.answer import Action, Answer, AnswerKind, Card, Site, in_language
from kiosk.guide.intent import Intent
from kiosk.guide.intents import Meant
from kiosk.guide.procedure_cards import Wording

_TITLES: Final[Mapping[Intent, str]] = {
    "take_ticket": "ticket", "queue_status": "queue", "dossier_status": "dossier",
    "opening_hours": "hours", "facility": "facility", "refreshment": "refreshment",
    "call_staff": "staff", "feedback": "feedback", "booking_check_in": "booking",
    "language": "language", "repeat": "repeat", "help": "help", "greeting": "greeting",
    "goodbye": "goodbye", "out_of_scope": "outside", "procedure": "topic",
}  # fmt: skip

_NEXT: Final[Mapping[Intent, tuple[Action, ...]]] = {
    "take_ticket": ("take_ticket",),
    "queue_status": ("show_queue",),
    "dossier_status": ("dossier",),
    "feedback": ("feedback",),
    "refreshment": ("refreshment",),
    "booking_check_in": ("booking",),
    "language": ("switch_language",),
    "repeat": ("repeat",),
    "goodbye": ("home",),
    "opening_hours": ("take_ticket",),
    "help": ("browse_guide", "show_services"),
    "greeting": ("browse_guide", "show_services"),
    "out_of_scope": ("browse_guide",),
    "procedure": ("browse_guide",),
}


def reply(question: str, meant: Meant, site: Site, language: str, wording: Wording) -> Answer:
    """The answer to any intent but a procedure that was found."""
    spoken, lines = _said(meant, site, language, wording)
    kind: AnswerKind = "no_match" if meant.intent in {"out_of_scope", "procedure"} else "answer"
    nonsense = meant.slots.get("topic") == "nonsense"
    title = wording(f"title.{'nothing' if nonsense else _TITLES[meant.intent]}")
    return Answer(
        question=question,
        kind=kind,
        intent=meant.intent,
        spoken=spoken,
        title=title,
        slots=dict(meant.slots),
        cards=(Card(kind="note", title=title, lines=lines or (spoken,)),),
        next=(*_next(meant, site), "call_staff"),
    )


def _next(meant: Meant, site: Site) -> tuple[Action, ...]:
    if meant.intent == "refreshment" and meant.slots.get("item") not in site.items:
        return ()
    if meant.intent == "dossier_status" and not site.dossiers:
        return ()
    return _NEXT.get(meant.intent, ())


def _said(meant: Meant, site: Site, language: str, wording: Wording) -> tuple[str, tuple[str, ...]]:
    """What is spoken, and what the card says where that is more."""
    if meant.intent == "opening_hours":
        hours = in_language(site.hours, language)
        said = wording("reply.opening_hours" if hours else "reply.hours_unknown")
        return said, tuple(hours.splitlines())
    if meant.intent == "dossier_status":
        said = wording("reply.dossier_code" if site.dossiers else "reply.dossier_status")
        return said, (said, wording("reply.dossier_where"))
    key, values = _key_and_values(meant, site, language, wording)
    return wording(key, **values), ()


def _key_and_values(
    meant: Meant, site: Site, language: str, wording: Wording
) -> tuple[str, dict[str, str]]:
    """The text of an intent; some say more when a slot is filled."""
    slots, key = meant.slots, f"reply.{meant.intent}"
    values: dict[str, str] = {}
    match meant.intent:
        case "procedure":
            key = "spoken.topic"
        case "out_of_scope":
            key = f"outside.{slots.get('topic', 'nonsense')}"
        case "facility":
            place = in_language(site.places.get(slots.get("place", ""), ("", "")), language)
            key, values = ("reply.facility", {"place": place}) if place else (f"{key}_unknown", {})
        case "take_ticket" if "service" in slots:
            key, values = f"{key}_for", {"service": wording(f"service.{slots['service']}")}
        case "queue_status" if "number" in slots:
            key, values = "reply.queue_number", {"number": slots["number"]}
        case "refreshment" if slots.get("item") not in site.items:
            place = in_language(site.places.get("water", ("", "")), language)
            drink = place if slots.get("item") == "water" else ""
            key, values = ("reply.facility", {"place": drink}) if drink else (f"{key}_none", {})
        case "refreshment" | "language":
            key = f"{key}_{next(iter(slots.values()))}"
        case _:
            pass
    return key, values
