"""Words of the guide: its doors, lists, procedures and answers."""

from __future__ import annotations

from typing import Literal

from kiosk.guide.answer import Answer
from kiosk.guide.catalogue import NewsEvent
from kiosk.guide.procedure import LifeEvent, Procedure, Variant
from kiosk.words.root import Command, Event, Language, Word
from kiosk.words.tickets import ServiceState


class ProcedureLine(Word, frozen=True, kw_only=True):
    """One line of a list of procedures. `field` and `service` are codes, `icon` is its field's."""

    code: str
    short_vi: str
    short_en: str
    field: str
    variant: Variant
    service: str
    icon: str


class FieldLine(Word, frozen=True, kw_only=True):
    """A field of procedures and how many the ward receives in it."""

    code: str
    name_vi: str
    name_en: str
    icon: str
    count: int


class LifeEventLine(Word, frozen=True, kw_only=True):
    """A life event and how many procedures it brings; its name is the text `guide_life.<code>`."""

    code: LifeEvent
    count: int


class NewsLine(Word, frozen=True, kw_only=True):
    """What happened at the last import of the catalogue, and to how many of the ward's."""

    event: NewsEvent
    count: int


class AskGuide(Command, frozen=True, kw_only=True, tag="ask_guide"):
    """The doors of the guide: its fields and life events."""


class BrowseProcedures(Command, frozen=True, kw_only=True, tag="browse_procedures"):
    """The ward's procedures of a field, or of a life event, or both; neither: all of them.

    With `news` those to which that happened at the last import; such as were abolished can no
    longer be shown.
    """

    field: str = ""
    life_event: str = ""
    news: NewsEvent | Literal[""] = ""


class SuggestProcedures(Command, frozen=True, kw_only=True, tag="suggest_procedures"):
    """Search while typing: at most 8 lines for what is written so far."""

    text: str
    language: Language = "vi"


class ShowProcedure(Command, frozen=True, kw_only=True, tag="show_procedure"):
    """One procedure, whole."""

    code: str


class Ask(Command, frozen=True, kw_only=True, tag="ask"):
    """A question in a citizen's own words: typed, a quick button, or heard.

    `topic` is the code of the procedure that the question may go on about ("thế phí bao nhiêu?");
    empty: what this face last asked about.
    """

    text: str
    language: Language = "vi"
    topic: str = ""


class PrintChecklist(Command, frozen=True, kw_only=True, tag="print_checklist"):
    """A slip with a procedure's checklist, fee, time and place. No number, no promise."""

    code: str
    language: Language = "vi"


class PrintList(Command, frozen=True, kw_only=True, tag="print_list"):
    """A slip with the list that BrowseProcedures gives: the beginning of it, and where the rest is.

    `title` is what the citizen reads above the list.
    """

    title: str
    field: str = ""
    life_event: str = ""
    news: NewsEvent | Literal[""] = ""
    language: Language = "vi"


class GuideResult(Word, frozen=True, kw_only=True, tag="guide"):
    """The doors of the guide. `checked` is the newest ISO date of a check, "" is never.

    `news` is of the import on the ISO date `since`; "" is none.
    """

    fields: tuple[FieldLine, ...]
    life_events: tuple[LifeEventLine, ...]
    count: int
    version: str
    checked: str
    since: str = ""
    news: tuple[NewsLine, ...] = ()


class ProceduresResult(Word, frozen=True, kw_only=True, tag="procedures"):
    """A list of procedures, the most likely or most asked for first."""

    lines: tuple[ProcedureLine, ...]


class ProcedureResult(Word, frozen=True, kw_only=True, tag="procedure"):
    """One procedure, what people usually do with it, and the service it queues for now."""

    procedure: Procedure
    companions: tuple[ProcedureLine, ...]
    service: ServiceState | None


class AnswerResult(Word, frozen=True, kw_only=True, tag="answer"):
    """What was asked, answered. `answer.procedure` is the topic of a next question."""

    answer: Answer


class AnswerReady(Event, frozen=True, kw_only=True, tag="answer_ready"):
    """A question was answered; `face` is where it was asked, the others have nothing to show."""

    answer: Answer
    face: str


class ChecklistChanged(Event, frozen=True, kw_only=True, tag="checklist_changed"):
    """A checklist is on paper, or is not: then the code on the page can be photographed."""

    code: str
    state: Literal["printed", "refused", "unknown"]
    reason: str = ""


class ListChanged(Event, frozen=True, kw_only=True, tag="list_changed"):
    """A list is on paper, or is not: it stays on the screen."""

    title: str
    state: Literal["printed", "refused", "unknown"]
    reason: str = ""


GuideCommand = (
    AskGuide
    | BrowseProcedures
    | SuggestProcedures
    | ShowProcedure
    | Ask
    | PrintChecklist
    | PrintList
)
