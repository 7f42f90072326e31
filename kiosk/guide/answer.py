"""What the kiosk answers: cards for the screen, one short sentence to speak, and a way on.

    answer     it is known what was asked, here it is
    choices    one of a few procedures is meant: the citizen chooses
    no_match   not understood, or not the ward's business: where to go instead

Values of plain types only, so that an Answer travels as JSON as it stands. There is no dead end:
`next` always offers a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from kiosk.guide.aspects import Aspect
from kiosk.guide.intent import Intent

AnswerKind = Literal["answer", "choices", "no_match"]

CardKind = Literal[
    "overview", "documents", "fee", "time", "where", "steps", "online", "who", "result", "checked",
    "note",
]  # fmt: skip

Action = Literal[
    "take_ticket", "show_procedure", "print_checklist", "show_queue", "show_services",
    "browse_guide", "call_staff", "feedback", "refreshment", "booking", "switch_language",
    "repeat", "home", "dossier",
]  # fmt: skip
"""What a face may offer as a button; it never happens by itself."""

SPOKEN_LIMIT: Final = 25  # words


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card: a title and plain lines."""

    kind: CardKind
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A procedure that may be meant; `score` is the probability, 0 to 1, `icon` its field's."""

    code: str
    name: str
    score: float
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question, in one language.

    `procedure` is the code that a next question may go on about, `service` that of the queue to
    take a number for; "" is none. `procedures` are at most five that fit the words, the best first,
    whatever the kind. `portal` is for a QR.
    """

    question: str
    kind: AnswerKind
    intent: Intent
    spoken: str
    title: str
    aspect: Aspect = "overview"
    slots: dict[str, str] = field(default_factory=dict)
    procedure: str = ""
    service: str = ""
    portal: str = ""
    cards: tuple[Card, ...] = ()
    procedures: tuple[Choice, ...] = ()
    next: tuple[Action, ...] = ("call_staff",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is so at this ward alone. Pairs are Vietnamese and English; absent is not known.

    `places` by the slot of facility ("toilet"), `counters` by the code of a service, `items` are
    what the kiosk gives out, `dossiers` tells whether it can ask how far a dossier is.
    """

    hours: tuple[str, str] = ("", "")
    places: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    counters: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    items: frozenset[str] = frozenset()
    dossiers: bool = False


def in_language(pair: tuple[str, str], language: str) -> str:
    """The English of a pair if it is wanted and known, else the Vietnamese."""
    return (language == "en" and pair[1]) or pair[0]


def few_words(*sentences: str) -> str:
    """The sentences one after the other as far as SPOKEN_LIMIT words reach; at least the last.

    The last is the one that must be said whatever came before.
    """
    *first, last = [one.strip() for one in sentences if one.strip()]
    room = SPOKEN_LIMIT - len(last.split())
    kept = []
    for one in first:
        room -= len(one.split())
        if room < 0:
            break
        kept.append(one)
    return " ".join([*kept, last])
