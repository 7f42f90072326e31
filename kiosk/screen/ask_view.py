"""Asking aloud: the microphone, how loud it is, what was heard, and the way to the answer."""

from __future__ import annotations

import logging

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.link.frames import Failure
from kiosk.screen.answer_view import AnswerView
from kiosk.screen.hall_view import HallView
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.link_view import FACE, LinkView
from kiosk.screen.search_view import SearchView
from kiosk.screen.ticket_view import TicketView
from kiosk.screen.translator import Translator
from kiosk.words import (
    CloseMicrophone,
    FinishListening,
    LevelHeard,
    Listen,
    ListeningChanged,
    OpenMicrophone,
    QuestionHeard,
    VoiceEvent,
)

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

PAGE = "ask"
FALL = 0.6  # of a shown level is left when the next is lower: it sinks, it does not flicker

HEADLINES = {
    "off": "ask.off",
    "waiting": "ask.waiting",
    "listening": "ask.listening",
    "thinking": "ask.thinking",
    "nobody_spoke": "ask.nobody_spoke",
    "microphone": "ask.microphone",
    "recognizer": "ask.recognizer",
}
"""What is said of each state, and of each reason why nothing was heard."""


@QmlElement
class AskView(QObject):
    """One talk with the kiosk. The sound itself never comes here."""

    changed = Signal()
    louder = Signal()

    def __init__(
        self,
        link: LinkView,
        texts: Translator,
        kiosk: KioskView,
        hall: HallView,
        answer: AnswerView,
        search: SearchView,
        ticket: TicketView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._kiosk = kiosk
        self._hall = hall
        self._answer = answer
        self._search = search
        self._ticket = ticket
        self._state = "off"
        self._reason = ""
        self._level = 0.0
        self._shown = False  # the core was told that the page is shown
        texts.switched.connect(self.changed)
        hall.changed.connect(self.changed)
        kiosk.changed.connect(self._follow)
        kiosk.left.connect(self._leave)
        link.went.connect(self._lost)
        answer.again.connect(self.askAgain)
        answer.correction.connect(search.correct)

    @Property(str, notify=changed)
    def state(self) -> str:
        """off, waiting, listening or thinking."""
        return self._state

    @Property(bool, notify=changed)
    def available(self) -> bool:
        """Whether somebody can be heard now."""
        return self._hall.is_ready("hearing")

    @Property(str, notify=changed)
    def headline(self) -> str:
        """What to do, or what is being done."""
        if not self.available and self._state == "off":
            return self._texts.text("ask.unavailable")
        return self._texts.text(HEADLINES[self._reason or self._state])

    @Property(float, notify=louder)
    def level(self) -> float:
        """How loud it is, 0 to 1."""
        return self._level

    @Slot()
    def open(self) -> None:
        """Through the door."""
        if self._kiosk.current_page() == "welcome":
            self._kiosk.show(PAGE)

    @Slot()
    def press(self) -> None:
        """The microphone was touched: begin, or that was all, or never mind."""
        if self._kiosk.current_page() != PAGE:
            return
        match self._state:
            case "off" if self.available:
                self._reason = ""
                self._change("waiting")
                self._link.ask(Listen(language=self._texts.chosen), on_failure=self._refused)
            case "listening":
                self._link.ask(FinishListening())
            case "waiting" | "thinking":
                self._link.ask(CloseMicrophone())
                self._shown = False
                self._change("off")
                self._follow()

    @Slot()
    def askAgain(self) -> None:
        """From an answer back to the microphone, which listens at once."""
        if self._kiosk.current_page() == "answer":
            self._kiosk.show(PAGE, instead="answer")
            self.press()

    @Slot()
    def write(self) -> None:
        """Rather type."""
        if self._kiosk.current_page() == PAGE:
            self._search.correct("")

    def take(self, event: VoiceEvent) -> None:
        """The core tells what is heard; other faces have ears of their own."""
        if event.face != FACE:
            return
        match event:
            case LevelHeard(level=level):
                self._level = max(level, self._level * FALL)
                self.louder.emit()
            case ListeningChanged(state=state, reason=reason):
                self._reason = reason
                self._change(state)
                self._kiosk.stay()
            case QuestionHeard() if self._kiosk.current_page() == PAGE:
                self._heard(event)

    def _heard(self, event: QuestionHeard) -> None:
        self._kiosk.stay()
        if event.deed == "stop":
            self._kiosk.tell(self._texts.text("ask.stopped"), "mic-off")
        elif event.answer is not None:
            self._answer.heard(event.text, event.answer)
            if event.deed == "take_ticket":
                self._ticket.enter_for(event.answer.service)

    def _change(self, state: str) -> None:
        self._state = state
        self._level = 0.0
        self.louder.emit()
        self.changed.emit()

    def _follow(self) -> None:
        """Tell the core when the page comes, and when the talk is over."""
        page = self._kiosk.current_page()
        if page == PAGE and not self._shown:
            self._shown, self._reason = True, ""
            self._link.ask(OpenMicrophone())
        elif page != PAGE and self._shown:
            self._leave()

    def _leave(self) -> None:
        if self._shown:
            self._shown = False
            self._link.ask(CloseMicrophone())
        self._reason = ""
        self._change("off")

    def _refused(self, failure: Failure) -> None:
        log.warning("nobody listens: %s %s", failure.code, failure.detail)
        self._reason = "recognizer"
        self._change("off")

    def _lost(self) -> None:
        self._shown = False
        self._change("off")
