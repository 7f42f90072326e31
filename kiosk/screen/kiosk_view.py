"""Where the citizen is: page, language, what is said to them, and the way home."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.link.frames import Failure
from kiosk.screen.link_view import LinkView
from kiosk.screen.patience import Patience
from kiosk.screen.translator import Translator
from kiosk.screen.visit_view import VisitView
from kiosk.words import CallClerk, Result, Say, SpeechStarted, StopSpeech

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

AWAY_AFTER_MS = 500  # a shorter absence of the core is nobody's business
NOTICE_MS = 8000
HOME = frozenset({"welcome", "maintenance"})
CAPTION_MS = 1500  # longer than the voice
SHORTEST_CAPTION_MS = 4000
DEEPEST = 20  # pages that can be gone back; a citizen may walk in circles

Values = Callable[[], dict[str, str]]


def _no_values() -> dict[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Turn:
    """A page that was turned to: what it is about, and how it is spoken.

    `subject` is the page's own affair: the code of a procedure, of a field. `values` gives what
    the spoken phrase needs, in the language then; `phrase` is "" for the page's usual one.
    """

    page: str
    subject: str = ""
    values: Values = _no_values
    phrase: str = ""


WELCOME = Turn("welcome")
MAINTENANCE = Turn("maintenance")


@QmlElement
class KioskView(QObject):
    """One visit after another. `left` tells that a visit is over and all is to be forgotten."""

    changed = Signal()
    touched = Signal()
    left = Signal()

    def __init__(
        self,
        link: LinkView,
        texts: Translator,
        visit: VisitView,
        patience: Patience,
        parent: QObject | None = None,
        *,
        captions: bool = True,
    ) -> None:
        """`captions`: what is spoken is shown too."""
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self.visit = visit
        self._patience = patience
        self._captions = captions
        self._rests = False
        self.occupied = False  # by a technician: nobody is waited for, no key speaks
        self._turns = [WELCOME]
        self._expects_touch = False
        self._away = False
        self._notice, self._notice_icon = "", ""
        self._caption = ""
        self._wants_caption = False
        self._missed = QTimer(self, singleShot=True, interval=AWAY_AFTER_MS)
        self._missed.timeout.connect(self._miss)
        self._notice_ends = QTimer(self, singleShot=True, interval=NOTICE_MS)
        self._notice_ends.timeout.connect(self._end_notice)
        self._caption_ends = QTimer(self, singleShot=True)
        self._caption_ends.timeout.connect(self._end_caption)
        self._speech_ends = QTimer(self, singleShot=True)
        self._speech_ends.timeout.connect(self.changed)
        texts.switched.connect(self.changed)
        visit.changed.connect(lambda: patience.give(visit.now.patience))
        link.went.connect(self._missed.start)
        link.came.connect(self._welcome_back)
        patience.asked.connect(self._ask_for_time)
        patience.spent.connect(self.home)
        self._missed.start()

    @Property(str, notify=changed)
    def page(self) -> str:
        """The name of a file of qml/pages: "welcome" is WelcomePage."""
        return self._turns[-1].page

    @Property(str, notify=changed)
    def language(self) -> str:
        """vi or en."""
        return self._texts.chosen

    @Property(bool, notify=changed)
    def away(self) -> bool:
        """The core has been away for a while: "one moment more"."""
        return self._away

    @Property(bool, notify=changed)
    def speaking(self) -> bool:
        """Whether a phrase is being spoken now."""
        return self._speech_ends.isActive()

    @Property(str, notify=changed)
    def notice(self) -> str:
        """A kind line shown for a few seconds, or ""."""
        return self._notice

    @Property(str, notify=changed)
    def noticeIcon(self) -> str:
        """The picture beside the notice."""
        return self._notice_icon

    @Property(str, notify=changed)
    def caption(self) -> str:
        """What is being spoken, for whoever does not hear it; or ""."""
        return self._caption

    @Property(bool, notify=changed)
    def atHome(self) -> bool:
        """Whether no visit has begun: there is no way home or back."""
        return self.current_page() in HOME

    @Property(bool, notify=changed)
    def canGoBack(self) -> bool:
        """Whether there is a page to go back to."""
        return len(self._turns) > 1

    def current_page(self) -> str:
        """`page`, for Python."""
        return self._turns[-1].page

    def subject_of(self, page: str) -> str:
        """What the present page is about, if it is that page; "" elsewhere."""
        return self._turns[-1].subject if self._turns[-1].page == page else ""

    def show(
        self,
        page: str,
        values: Values = _no_values,
        *,
        subject: str = "",
        phrase: str = "",
        instead: str = "",
        last: bool = False,
    ) -> None:
        """Turn to a page; see Turn.

        It takes the place of the present page where that is called `instead`; from the `last`
        page of an errand no way leads back.
        """
        turn = Turn(page, subject, values, phrase)
        before = [] if last else self._turns
        if before and (before[-1].page == instead or before[-1] == turn):
            before = before[:-1]
        self._turns = [*before[-DEEPEST:], turn]
        self._arrive()

    def _arrive(self) -> None:
        self._notice = ""
        self.expect_touch(expected=True)
        self.changed.emit()

    def expect_touch(self, *, expected: bool) -> None:
        """Whether "more time?" is asked in the end; a page that leaves by itself needs none."""
        self._expects_touch = expected
        if expected:
            self._patience.more()
        else:
            self._patience.stop()

    def stay(self) -> None:
        """Something goes on without a touch: nobody is asked for more time yet."""
        if self._expects_touch:
            self._patience.more()

    def say(self, phrase: str, **values: str) -> None:
        """Have a phrase spoken in the citizen's language."""
        self._link.ask(Say(phrase=phrase, values=values, language=self._texts.chosen))

    def tell(self, notice: str, icon: str = "hand-helping") -> None:
        """Show a kind line for a few seconds."""
        self._notice, self._notice_icon = notice, icon
        self._notice_ends.start()
        self.changed.emit()

    def apologise(self) -> None:
        """What was asked for cannot be told now; a person knows."""
        self.announce(self._texts.text("guide.sorry"))

    def announce(self, told: str, icon: str = "hand-helping") -> None:
        """Tell a line that nobody has spoken yet, by sight and by voice."""
        self.tell(told, icon)
        self.say("keys.told", told=told)

    @Slot()
    def touch(self) -> None:
        """A finger came down anywhere."""
        if self.occupied:
            self.touched.emit()
            return
        self._patience.touched()
        if self.current_page() in HOME:
            self.expect_touch(expected=True)  # a changed language is to be forgotten
        self.touched.emit()

    @Slot()
    def openServices(self) -> None:
        """To the services: from the welcome page, or after an answer that sends there."""
        if self.current_page() in {"welcome", "answer", "dossierstate"}:
            self.show("services")

    @Slot()
    def back(self) -> None:
        """One page back."""
        if len(self._turns) > 1:
            del self._turns[-1]
            self._arrive()

    @Slot()
    def home(self) -> None:
        """The visit is over: everything of it is forgotten."""
        self.left.emit()
        self.expect_touch(expected=False)
        if self._speech_ends.isActive():
            self._hush()
        self.visit.forget()
        self._turns = [MAINTENANCE if self._rests else WELCOME]
        self._notice = ""
        self._end_caption()

    def occupy(self, *, occupied: bool) -> None:
        """A technician comes to the screen, or has gone: whoever was there before is forgotten."""
        self.home()
        self.occupied = occupied

    def rest(self, *, rests: bool) -> None:
        """A technician begins to work here, or is done; a visit goes on to its end."""
        if rests != self._rests:
            self._rests = rests
            if self.current_page() in HOME and not self.occupied:
                self.home()

    @Slot()
    def switchLanguage(self) -> None:
        """Vietnamese to English and back; the place is kept."""
        self._texts.switch("en" if self._texts.chosen == "vi" else "vi")

    @Slot()
    def speak(self) -> None:
        """Read this page aloud, or be quiet if it is being read."""
        if self._speech_ends.isActive():
            self._hush()
            self.changed.emit()
            return
        self._wants_caption = True
        self.read()

    def read(self) -> None:
        """Have this page read aloud from its beginning."""
        turn = self._turns[-1]
        self.say(turn.phrase or f"page.{turn.page}", **turn.values())

    @Slot()
    def callClerk(self) -> None:
        """A person comes."""
        self._link.ask(
            CallClerk(page=self.current_page()),
            self._clerk_called,
            self._clerk_not_called,
            resend=True,
        )

    def hear(self, spoken: SpeechStarted) -> None:
        """The core is speaking; what cannot be heard is shown."""
        length = round(spoken.seconds * 1000)
        if self._captions or (spoken.silent and self._wants_caption):
            self._caption = spoken.text
            self._caption_ends.start(max(SHORTEST_CAPTION_MS, length + CAPTION_MS))
        if not spoken.silent:
            self._speech_ends.start(length)
        self._wants_caption = False
        self.changed.emit()

    def fall_silent(self) -> None:
        """The core has stopped speaking."""
        self._speech_ends.stop()
        self.changed.emit()

    def _hush(self) -> None:
        self._speech_ends.stop()
        self._link.ask(StopSpeech())

    def _clerk_called(self, _result: Result) -> None:
        self.tell(self._texts.text("clerk.coming"))
        self.say("clerk.coming")

    def _clerk_not_called(self, failure: Failure) -> None:
        log.warning("no clerk could be called: %s %s", failure.code, failure.detail)
        self.announce(self._texts.text("clerk.unreachable"))

    def _end_caption(self) -> None:
        self._caption = ""
        self._caption_ends.stop()
        self.changed.emit()

    def _end_notice(self) -> None:
        self._notice = ""
        self.changed.emit()

    def _ask_for_time(self) -> None:
        if self.current_page() in HOME:
            self.home()
        else:
            by_keys = "byKeys" in self.visit.now.modes
            self.say("timeout.keys" if by_keys else "timeout.question")

    def _miss(self) -> None:
        self._away = True
        self._patience.stop()
        self.changed.emit()

    def _welcome_back(self) -> None:
        self._missed.stop()
        if self._away:
            self._away = False
            self.expect_touch(expected=self._expects_touch)
            self.changed.emit()
