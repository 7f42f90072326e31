"""The answer to a question in a citizen's own words: cards, choices, and what can be done next."""

from __future__ import annotations

import logging

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.guide.answer import Answer
from kiosk.link.frames import Failure
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.link_view import LinkView
from kiosk.screen.procedure_view import ProcedureView
from kiosk.screen.rows_model import Row, RowsModel
from kiosk.screen.ticket_view import TicketView
from kiosk.screen.translator import Translator
from kiosk.words import AnswerResult, Ask, Result

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

PAGE = "answer"
DEEDS = ("show_queue", "refreshment", "switch_language", "dossier")
"""What an answer that is about no procedure may lead to."""
PICTURES = {
    "overview": "file-text",
    "documents": "files",
    "fee": "banknote",
    "time": "calendar-clock",
    "where": "map-pin",
    "steps": "footprints",
    "online": "globe",
    "who": "users",
    "result": "file-check",
    "checked": "circle-check",
    "note": "circle-help",
}
"""The picture of each kind of card."""

ACTIONS = {
    "show_procedure": ("action.show_procedure", "file-text"),
    "take_ticket": ("action.take_ticket", "ticket"),
    "show_services": ("action.take_ticket", "ticket"),
    "browse_guide": ("action.browse_guide", "layers"),
    "show_queue": ("action.show_queue", "users"),
    "dossier": ("action.dossier", "file-text"),
    "refreshment": ("action.refreshment", "hand-heart"),
    "switch_language": ("action.switch_language", "languages"),
    "call_staff": ("action.call_staff", "hand-helping"),
}
"""The name and the picture of what this screen can do next; of other actions it shows nothing."""


ALOUD = {
    "show_procedure": ("aloud.show_procedure", "file-text"),
    "take_ticket": ("aloud.take_ticket", "ticket"),
    "show_queue": ("aloud.show_queue", "users"),
    "dossier": ("aloud.dossier", "file-text"),
    "refreshment": ("aloud.refreshment", "hand-heart"),
    "switch_language": ("aloud.switch_language", "languages"),
    "ask_again": ("aloud.ask_again", "mic"),
    "correct": ("aloud.correct", "keyboard"),
    "call_staff": ("aloud.call_staff", "hand-helping"),
}
"""The same after a question that was asked aloud: three of them, so in fewer words."""


@QmlElement
class AnswerView(QObject):
    """One question, one answer. Questions are kept for the visit alone, so that back finds them."""

    changed = Signal()
    again = Signal()
    wanted = Signal(str, str)  # what other pages do (show_queue, refreshment, dossier), of what
    correction = Signal(str)

    def __init__(
        self,
        link: LinkView,
        texts: Translator,
        kiosk: KioskView,
        procedure: ProcedureView,
        ticket: TicketView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._kiosk = kiosk
        self._procedure = procedure
        self._ticket = ticket
        self._question = ""
        self._heard: set[str] = set()  # questions that were asked aloud
        self._known: dict[tuple[str, str], Answer] = {}  # by question and language
        self._cards = RowsModel(
            ("code", "name", "text", "iconName", "known"), self._card_rows, self
        )
        self._choices = RowsModel(("code", "name", "iconName"), self._choice_rows, self)
        self._actions = RowsModel(("code", "name", "iconName"), self._action_rows, self)
        texts.switched.connect(self._ask_again)
        kiosk.changed.connect(self._follow)
        kiosk.left.connect(self._forget)

    @Property(str, notify=changed)
    def question(self) -> str:
        """What was asked."""
        return self._question

    @Property(str, notify=changed)
    def title(self) -> str:
        """What the answer is about."""
        answer = self._answer()
        return answer.title if answer else ""

    @Property(str, notify=changed)
    def spoken(self) -> str:
        """The answer in one sentence."""
        answer = self._answer()
        return answer.spoken if answer else self._texts.text("answer.thinking")

    @Property(str, notify=changed)
    def kind(self) -> str:
        """answer, choices or no_match; "" while it is awaited."""
        answer = self._answer()
        return answer.kind if answer else ""

    @Property(QObject, notify=changed)
    def cards(self) -> RowsModel:
        """What the answer says."""
        return self._cards

    @Property(QObject, notify=changed)
    def choices(self) -> RowsModel:
        """The procedures that may be meant."""
        return self._choices

    @Property(QObject, notify=changed)
    def actions(self) -> RowsModel:
        """What can be done next."""
        return self._actions

    @Slot(str)
    def ask(self, question: str) -> None:
        """A question from the search page."""
        question = question.strip()
        if question and self._kiosk.current_page() == "search":
            self._kiosk.show(PAGE, lambda: {"spoken": self._sentence()}, subject=question)

    def heard(self, question: str, answer: Answer) -> None:
        """A question that was asked aloud; its answer has been spoken already."""
        self._known[(question, self._texts.chosen)] = answer
        self._heard.add(question)
        self._kiosk.show(PAGE, lambda: {"spoken": self._sentence()}, subject=question)

    @Slot(str)
    def act(self, action: str) -> None:
        """One of the actions."""
        answer = self._answer()
        match action:
            case "show_procedure" if answer and answer.procedure:
                self._procedure.open_at(answer.procedure, answer.aspect)
            case "take_ticket" | "show_services":
                self._ticket.enter_for(answer.service if answer else "")
            case "browse_guide":
                self._kiosk.show("guide", instead=PAGE)
            case "call_staff":
                self._kiosk.callClerk()
            case "switch_language":
                self._kiosk.switchLanguage()
            case "show_queue" | "refreshment":
                self.wanted.emit(action, answer.slots.get("item", "") if answer else "")
            case "dossier":
                self.wanted.emit(action, answer.slots.get("dossier", "") if answer else "")
            case "ask_again":
                self.again.emit()
            case "correct":
                self.correction.emit(self._question)

    def _send(self, question: str) -> None:
        language = self._texts.chosen
        key = (question, language)
        if question and key not in self._known:
            self._link.ask(
                Ask(text=question, language=language),
                lambda result: self._came(key, result),
                self._failed,
                resend=True,
            )

    def _came(self, key: tuple[str, str], result: Result) -> None:
        if isinstance(result, AnswerResult) and self._question == key[0]:
            self._known[key] = result.answer
            self._tell()

    def _failed(self, failure: Failure) -> None:
        log.warning("no answer: %s %s", failure.code, failure.detail)
        self._question = ""
        if self._kiosk.current_page() == PAGE:
            self._kiosk.back()
            self._kiosk.apologise()

    def _ask_again(self) -> None:
        if self._kiosk.current_page() == PAGE:
            self._send(self._question)
        self._tell()

    def _follow(self) -> None:
        question = self._kiosk.subject_of(PAGE)
        if question and question != self._question:
            self._question = question
            self._send(question)
            self._tell()

    def _forget(self) -> None:
        self._question = ""
        self._known.clear()
        self._heard.clear()
        self._tell()

    def _tell(self) -> None:
        for model in (self._cards, self._choices, self._actions):
            model.refresh()
        self.changed.emit()

    def _answer(self) -> Answer | None:
        return self._known.get((self._question, self._texts.chosen))

    def _sentence(self) -> str:
        answer = self._answer()
        return answer.spoken if answer else ""

    def _card_rows(self) -> list[Row]:
        answer = self._answer()
        return [
            {
                "code": f"{number}",
                "name": card.title,
                "text": "\n".join(card.lines),
                "iconName": PICTURES[card.kind],
                "known": "yes",
            }
            for number, card in enumerate(answer.cards if answer else ())
            if answer and card.lines != (answer.spoken,)
        ]

    def _choice_rows(self) -> list[Row]:
        answer = self._answer()
        if not answer or answer.kind == "answer":
            return []
        return [
            {"code": choice.code, "name": choice.name, "iconName": choice.icon or "file-text"}
            for choice in answer.procedures
        ]

    def _offered(self) -> list[str]:
        """Who asked aloud may go on aloud, or put right what was heard."""
        actions = _actions(self._answer())
        if self._question not in self._heard:
            return actions
        answer = self._answer()
        if answer and answer.procedure:
            return [*actions[:2], "ask_again"]
        deeds = [action for action in actions if action in DEEDS]
        return [*deeds[:1], "ask_again", "call_staff" if deeds else "correct", "call_staff"][:3]

    def _action_rows(self) -> list[Row]:
        rows = {}
        answer = self._answer()
        names = ALOUD if self._question in self._heard else ACTIONS
        for action in self._offered():
            name, icon = names[action]
            if action == "take_ticket" and answer and answer.service and names is ACTIONS:
                name = "procedure.ticket"
            rows[name] = {"code": action, "name": self._texts.text(name), "iconName": icon}
        return list(rows.values())


def _actions(answer: Answer | None) -> list[str]:
    """What this screen offers: the core's choice as far as it can, and always a way on."""
    if answer is None:
        return ["call_staff"]
    if answer.procedure:
        return ["show_procedure", "take_ticket" if "take_ticket" in answer.next else "call_staff"]
    known = ACTIONS.keys() - {"show_procedure"}
    offered = [str(action) for action in answer.next if action in known]
    return offered if answer.kind == "answer" else list(dict.fromkeys(["browse_guide", *offered]))
