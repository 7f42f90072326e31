"""Feedback: five faces, reasons, words, a call back where somebody agrees to it, and thanks.

    feedback ──face──▶ reasons ──send──▶ thanks
       │ slipnumber      ├─ remark     words by keyboard or voice
       ▼                 └─ callback   consent and a telephone number
    of which visit

Nothing is sent before the citizen sends it, and nothing stays here once they have.
"""

from __future__ import annotations

import logging
import uuid

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.feedback.survey import FACES, GLAD, MAY_COMPLAIN, Face, Survey
from kiosk.link.frames import Failure
from kiosk.queueing.ticket import OPEN_STATES
from kiosk.screen.call_back_view import CallBackView
from kiosk.screen.countdown import Countdown
from kiosk.screen.hall_view import HallView
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.link_view import LinkView
from kiosk.screen.remark_view import RemarkView
from kiosk.screen.rows_model import Row, RowsModel
from kiosk.screen.slip_number_view import SlipNumberView
from kiosk.screen.translator import Translator
from kiosk.words import AskSurvey, CodeScanned, Event, GiveFeedback, Result, SurveyResult

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

LEAVE_S = 12
LOOKS = {
    1: ("feedback.very_sad", "angry"),
    2: ("feedback.sad", "frown"),
    3: ("feedback.so", "meh"),
    4: ("feedback.glad", "smile"),
    5: ("feedback.very_glad", "laugh"),
}
"""What each face is called, and its picture."""

SORRY = {
    "unknown_ticket": "feedback.unknown_ticket",
    "ticket_past": "feedback.ticket_past",
    "not_done": "feedback.not_done",
    "answered": "feedback.answered",
    "too_many": "feedback.too_many",
}
"""What is said where an answer is not taken."""


@QmlElement
class FeedbackView(QObject):
    """One answer after another; each begins with nothing said."""

    changed = Signal()
    counted = Signal()

    def __init__(
        self,
        link: LinkView,
        texts: Translator,
        kiosk: KioskView,
        hall: HallView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._kiosk = kiosk
        self._hall = hall
        self._survey: Survey | None = None
        self._offers_call_back = False
        self._request_id = ""
        self._token, self._number, self._service = "", "", ""
        self._face: Face | None = None
        self._chosen: tuple[str, ...] = ()
        self._busy = False
        self._faces = RowsModel(("code", "name", "iconName"), self._face_rows, self)
        roles = ("code", "name", "iconName", "ticked")
        self._reasons = RowsModel(roles, self._reason_rows, self)
        self._remark = RemarkView(link, texts, kiosk, hall, self)
        self._call_back = CallBackView(texts, kiosk, self)
        self._slip = SlipNumberView(texts, kiosk, hall, self)
        self._slip.wanted.connect(lambda number: self._look_up(AskSurvey(number=number)))
        self._leaving = Countdown(self)
        self._leaving.changed.connect(self.counted)
        self._leaving.over.connect(kiosk.home)
        kiosk.left.connect(self._forget)
        link.came.connect(self._prepare)
        link.happened.connect(self._happened)
        texts.switched.connect(self._refresh)
        self._forget()

    # What QML shows.

    @Property(bool, notify=changed)
    def available(self) -> bool:
        """Whether anybody is asked here."""
        return self._survey is not None

    @Property(str, notify=changed)
    def question(self) -> str:
        """What is asked."""
        known = self._survey
        return self._texts.pick(known.text_vi, known.text_en) if known else ""

    @Property(str, notify=changed)
    def about(self) -> str:
        """Of which visit, or that nobody learns who answered."""
        if not self._number:
            return self._texts.text("feedback.about")
        service = self._hall.service(self._service)
        name = self._texts.pick(service.name_vi, service.name_en) if service else ""
        key = "feedback.of_service" if name else "feedback.of_number"
        return self._texts.text(key, number=self._number, service=name)

    @Property(bool, notify=changed)
    def ofNumber(self) -> bool:
        """Whether the answer is about a number."""
        return bool(self._number)

    @Property(QObject, notify=changed)
    def faces(self) -> RowsModel:
        """The five faces."""
        return self._faces

    @Property(QObject, notify=changed)
    def reasons(self) -> RowsModel:
        """The reasons; `ticked` is "yes" or ""."""
        return self._reasons

    @Property(QObject, notify=changed)
    def remark(self) -> RemarkView:
        """What is said in own words."""
        return self._remark

    @Property(QObject, notify=changed)
    def callBack(self) -> CallBackView:
        """Consent and telephone number."""
        return self._call_back

    @Property(QObject, notify=changed)
    def slipNumber(self) -> SlipNumberView:
        """The number of a slip, typed."""
        return self._slip

    @Property(str, notify=changed)
    def why(self) -> str:
        """The question above the reasons."""
        return self._why()

    @Property(str, notify=changed)
    def faceIcon(self) -> str:
        """The face that was chosen."""
        return LOOKS[self._face][1] if self._face else ""

    @Property(bool, notify=changed)
    def mayCall(self) -> bool:
        """Whether a call back is offered: to a complaint, where the centre has given its key."""
        return self._may_call()

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Something is on its way."""
        return self._busy

    @Property(int, notify=counted)
    def left(self) -> int:
        """Seconds until the thanks leave by themselves."""
        return self._leaving.left

    # What a citizen does.

    @Slot()
    def open(self) -> None:
        """By the small way of the welcome page."""
        if self._is_at("welcome") and self._survey is not None:
            self._begin()

    @Slot(str)
    def choose(self, face: str) -> None:
        """A face was touched."""
        known = {str(one): one for one in FACES}
        if not self._is_at("feedback") or self._busy or face not in known:
            return
        self._face = known[face]
        if self._face not in MAY_COMPLAIN:
            self._call_back.forget()
        self._refresh()
        self._kiosk.show("reasons", lambda: {"question": self._why()})

    @Slot(str)
    def toggle(self, reason: str) -> None:
        """A reason was touched: it counts, or no longer."""
        if self._is_at("reasons") and not self._busy:
            others = tuple(one for one in self._chosen if one != reason)
            self._chosen = others if reason in self._chosen else (*self._chosen, reason)
            self._refresh()

    @Slot()
    def write(self) -> None:
        """To the keyboard and the microphone."""
        if self._is_at("reasons") and not self._busy:
            self._kiosk.show("remark")

    @Slot()
    def wantCall(self) -> None:
        """To the consent and the telephone number."""
        if self._is_at("reasons") and not self._busy and self._may_call() and self._survey:
            self._call_back.open(self._survey.consent)

    @Slot()
    def typeNumber(self) -> None:
        """To type the slip's number."""
        if self._is_at("feedback"):
            self._slip.forget()
            self._kiosk.show("slipnumber")

    @Slot()
    def send(self) -> None:
        """The citizen has said what they wanted to say."""
        if self._busy or not self._is_at("reasons") or not self._face or not self._survey:
            return
        self._be(busy=True)
        command = GiveFeedback(
            request_id=self._request_id,
            survey=self._survey.version,
            face=self._face,
            reasons=self._chosen,
            words=self._remark.said,
            token=self._token,
            number="" if self._token else self._number,
            language=self._texts.chosen,
            call_back=self._call_back.wish(),
        )
        request = self._request_id
        self._link.ask(
            command,
            lambda _result: self._kept(request),
            lambda failure: self._refused(failure, request),
            resend=True,
        )

    @Slot()
    def done(self) -> None:
        """Thanked; a finger that still taps where the page before was sent does not count."""
        if self._leaving.left < LEAVE_S:
            self._kiosk.home()

    # What the core tells.

    def _prepare(self) -> None:
        self._link.ask(AskSurvey(), self._prepared, self._nobody_is_asked)

    def _prepared(self, result: Result) -> None:
        if isinstance(result, SurveyResult):
            self._survey, self._offers_call_back = result.survey, result.call_back
            self._refresh()

    def _nobody_is_asked(self, failure: Failure) -> None:
        log.info("nobody is asked for feedback: %s", failure.code)
        self._survey = None
        self._refresh()

    def _happened(self, event: Event) -> None:
        """A slip whose visit is over was held before the scanner."""
        if isinstance(event, CodeScanned) and self._survey is not None:
            ticket = event.ticket
            here = self._kiosk.current_page() in {"welcome", "feedback"}
            if here and ticket is not None and ticket.state not in OPEN_STATES:
                self._look_up(AskSurvey(token=ticket.token))

    def _look_up(self, wanted: AskSurvey) -> None:
        if not self._busy:
            self._be(busy=True)
            request = self._request_id
            self._link.ask(
                wanted,
                lambda result: self._found(wanted, result, request),
                lambda failure: self._refused(failure, request),
            )

    def _found(self, wanted: AskSurvey, result: Result, request: str) -> None:
        if request != self._request_id:
            return
        self._be(busy=False)
        awaited = {"slipnumber"} if wanted.number else {"welcome", "feedback"}
        if not isinstance(result, SurveyResult) or self._kiosk.current_page() not in awaited:
            return
        self._survey, self._offers_call_back = result.survey, result.call_back
        if wanted.number:
            self._kiosk.back()
        self._begin(wanted.token, result.number, result.service)

    def _begin(self, token: str = "", number: str = "", service: str = "") -> None:
        """A new answer, about this visit or none in particular."""
        self._forget()
        self._token, self._number, self._service = token, number, service
        self._refresh()
        self._kiosk.show("feedback", instead="feedback")

    def _kept(self, request: str) -> None:
        if request != self._request_id:
            return  # whoever sent it has left
        self._forget()
        self._kiosk.show("thanks", last=True)
        self._kiosk.say("page.thanks")
        self._kiosk.expect_touch(expected=False)
        self._leaving.start(LEAVE_S)

    def _refused(self, failure: Failure, request: str) -> None:
        log.warning("no feedback: %s", failure.code)
        if request != self._request_id:
            return
        self._be(busy=False)
        self._kiosk.tell(self._texts.text(SORRY.get(failure.code, "feedback.sorry")), "meh")

    def _is_at(self, page: str) -> bool:
        return self._kiosk.current_page() == page

    def _why(self) -> str:
        return self._texts.text("reasons.glad" if self._face in GLAD else "reasons.sad")

    def _may_call(self) -> bool:
        return self._offers_call_back and self._face in MAY_COMPLAIN

    def _be(self, *, busy: bool) -> None:
        self._busy = busy
        self.changed.emit()

    def _refresh(self) -> None:
        self._faces.refresh()
        self._reasons.refresh()
        self.changed.emit()

    def _forget(self) -> None:
        self._request_id = uuid.uuid4().hex
        self._token = self._number = self._service = ""
        self._face, self._chosen, self._busy = None, (), False
        self._remark.forget()
        self._call_back.forget()
        self._slip.forget()
        self._leaving.stop()
        self._refresh()

    def _face_rows(self) -> list[Row]:
        return [
            {"code": str(face), "name": self._texts.text(name), "iconName": icon}
            for face, (name, icon) in LOOKS.items()
        ]

    def _reason_rows(self) -> list[Row]:
        return [
            {
                "code": reason.code,
                "name": self._texts.pick(reason.name_vi, reason.name_en),
                "iconName": reason.icon,
                "ticked": "yes" if reason.code in self._chosen else "",
            }
            for reason in (self._survey.reasons if self._survey else ())
        ]
