"""A touch becomes a number: the choice, the question, the command, the ticket and its slip."""

from __future__ import annotations

import logging
import re
import uuid

import msgspec
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.link.frames import Failure
from kiosk.queueing.slip import qr_text
from kiosk.screen import moments
from kiosk.screen.countdown import Countdown
from kiosk.screen.hall_view import HallView
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.link_view import LinkView
from kiosk.screen.translator import Translator
from kiosk.words import (
    AnswerSlip,
    EndVisit,
    IssueTicket,
    KioskState,
    Result,
    SlipState,
    TicketCard,
    TicketResult,
)

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

NO_BREAK = "\u00a0"
LEAVE_S = 20  # the ticket page leaves by itself
PHOTOGRAPH_S = 60  # time to find a telephone
SLIP_STEP = {
    "pending": "printing",
    "sending": "printing",
    "printed": "printed",
    "refused": "photograph",
    "unknown": "question",
    "abandoned": "photograph",
}
QUESTIONS = {"question": "slip.unknown", "offer": "slip.offer"}  # and how they are spoken


def slip_step(slip: SlipState) -> str:
    """What the page shows of a slip; one that a restart left unprinted is offered."""
    offered = slip.state == "refused" and slip.reason == "restart"
    return "offer" if offered else SLIP_STEP[slip.state]


@QmlElement
class TicketView(QObject):
    """The citizen's one ticket. While `busy` every further touch is without effect."""

    changed = Signal()
    counted = Signal()

    def __init__(
        self,
        link: LinkView,
        texts: Translator,
        hall: HallView,
        kiosk: KioskView,
        parent: QObject | None = None,
        *,
        leave_s: int = LEAVE_S,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._hall = hall
        self._kiosk = kiosk
        self._leave_s = leave_s
        self._service = ""
        self._refusal: Failure | None = None
        self._card: TicketCard | None = None
        self._busy = False
        self._leaving = Countdown(self)
        self._leaving.changed.connect(self.counted)
        self._leaving.over.connect(self._leave)
        texts.switched.connect(self.changed)
        hall.changed.connect(self.changed)
        kiosk.touched.connect(self._start_leaving)
        kiosk.left.connect(self._forget)

    # What QML shows.

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """A number has been asked for and is on its way."""
        return self._busy

    @Property(str, notify=changed)
    def chosen(self) -> str:
        """The code of the chosen service."""
        return self._service

    @Property(str, notify=changed)
    def service(self) -> str:
        """The name of the service that was chosen or that the ticket is for."""
        known = self._card.service if self._card else self._hall.service(self._service)
        return self._texts.pick(known.name_vi, known.name_en) if known else ""

    @Property(str, notify=changed)
    def number(self) -> str:
        """ "A012"."""
        return self._card.ticket.number if self._card else ""

    @Property(str, notify=changed)
    def where(self) -> str:
        """Which counters to wait at; a number stays on the line of its word."""
        return re.sub(r" (?=\d)", NO_BREAK, self._where())

    @Property(str, notify=changed)
    def ahead(self) -> str:
        """How many people are served before."""
        if not self._card:
            return ""
        count = self._card.ticket.ahead
        if count == 0:
            return self._texts.text("ticket.ahead_none")
        key = "ticket.ahead_one" if count == 1 else "ticket.ahead_many"
        return self._texts.text(key, count=count)

    @Property(str, notify=changed)
    def estimate(self) -> str:
        """About how long it takes, or "" where nobody knows."""
        minutes = self._card.ticket.estimate_minutes if self._card else None
        return "" if minutes is None else self._texts.text("ticket.estimate", minutes=minutes)

    @Property(bool, notify=changed)
    def favoured(self) -> bool:
        """A priority number."""
        return bool(self._card and self._card.ticket.priority)

    @Property(str, notify=changed)
    def token(self) -> str:
        """What the QR code holds: the same as on the slip."""
        return (self._card.code or qr_text(self._card.ticket)) if self._card else ""

    @Property(str, notify=changed)
    def slip(self) -> str:
        """printing, printed, photograph, question or offer."""
        return slip_step(self._card.slip) if self._card else ""

    @Property(int, notify=counted)
    def left(self) -> int:
        """Seconds until the page leaves by itself; 0 where it waits."""
        return self._leaving.left

    @Property(str, notify=changed)
    def refusal(self) -> str:
        """closed or full: why there is no number now."""
        return "full" if self._refusal and self._refusal.code == "full" else "closed"

    @Property(str, notify=changed)
    def opens(self) -> str:
        """When numbers are given again, or "" where nobody knows."""
        return self._opens()

    # What a citizen does.

    @Slot()
    def enter(self) -> None:
        """Through the door: to the services, or to when they open."""
        if self._hall.services() and not self._hall.is_giving():
            self._service = ""
            self._refuse("closed", self._hall.next_opening())
        else:
            self._kiosk.openServices()

    def enter_for(self, code: str) -> None:
        """To a number for a service; to all services where this one is not offered."""
        if self._hall.service(code):
            self.choose(code)
        else:
            self.enter()

    @Slot(str)
    def choose(self, code: str) -> None:
        """Choose a service by its code: from the list, a procedure's page, or an answer."""
        service = self._hall.service(code)
        page = self._kiosk.current_page()
        if self._busy or service is None or page not in {"services", "procedure", "answer"}:
            return
        self._service = code
        if service.availability != "open":
            self._refuse(service.availability, service.opens_at)
        elif self._hall.priorities():
            self.changed.emit()
            self._kiosk.show("priority")
        else:
            self._issue("")

    @Slot(str)
    def answer(self, priority: str) -> None:
        """The class of people the citizen belongs to, or "" for none."""
        if self._kiosk.current_page() == "priority":
            self._issue(priority)

    @Slot(str)
    def answerSlip(self, answer: str) -> None:
        """ "received" or "reprint"."""
        step = slip_step(self._card.slip) if self._card else ""
        if self._card is None or step not in QUESTIONS:
            return
        if step == "offer" and answer == "received":
            self.done()
            return
        asked = self._card.slip
        again = answer == "reprint"
        command = AnswerSlip(ticket_id=asked.ticket_id, answer="reprint" if again else "received")
        self._put_slip(msgspec.structs.replace(asked, state="pending" if again else "printed"))
        # An answer that did not arrive is no answer: the question is put again.
        self._link.ask(command, self._slip_answered, lambda _failure: self.slip_changed(asked))

    @Slot()
    def done(self) -> None:
        """The citizen leaves with their number."""
        if self._card:
            self._kiosk.home()

    def _leave(self) -> None:
        """The time is over; who looks at another page meanwhile is left there."""
        if self._kiosk.current_page() == "ticket":
            self.done()
        else:
            self._start_leaving()

    # What the core tells.

    def adopt(self, state: KioskState) -> None:
        """After a Welcome: show a visit that was cut off, unless the citizen is elsewhere."""
        cut_off = state.unfinished
        if self._card:
            same = [c for c in cut_off if c.ticket.id == self._card.ticket.id]
            if same:
                self._put_slip(same[0].slip)
        elif cut_off and not self._busy and self._kiosk.current_page() == "welcome":
            self._show(cut_off[0])
            for older in cut_off[1:]:
                self._link.ask(EndVisit(ticket_id=older.ticket.id), resend=True)

    def slip_changed(self, slip: SlipState) -> None:
        """News of a slip; only those of this ticket's newest job matter."""
        if (
            self._card
            and slip.ticket_id == self._card.ticket.id
            and slip.job_id >= self._card.slip.job_id
        ):
            self._put_slip(slip)

    def _issue(self, priority: str) -> None:
        if self._busy:
            return
        self._busy = True
        self.changed.emit()
        command = IssueTicket(
            request_id=uuid.uuid4().hex,
            service=self._service,
            priority=priority,
            language=self._texts.chosen,
        )
        self._link.ask(command, self._issued, self._not_issued, resend=True)

    def _issued(self, result: Result) -> None:
        self._busy = False
        if isinstance(result, TicketResult):
            self._show(result.card)

    def _not_issued(self, failure: Failure) -> None:
        self._busy = False
        if failure.code in {"closed", "full"}:
            self._refuse(failure.code, failure.opens_at)
            return
        log.error("no number was given: %s %s", failure.code, failure.detail)
        self.changed.emit()
        self._kiosk.show("trouble", instead="priority")
        self._kiosk.say("page.trouble")

    def _refuse(self, code: str, opens_at: str) -> None:
        self._refusal = Failure(id=0, code=code, detail="", opens_at=opens_at)
        self.changed.emit()
        phrase = "closed.full" if code == "full" else ""
        self._kiosk.show(
            "closed",
            lambda: {"opens": self._opens()} if opens_at else {},
            phrase=phrase if opens_at else "closed.unknown",
            instead="priority",
        )

    def _show(self, card: TicketCard) -> None:
        self._card = card
        self._kiosk.visit.become(ticket=card.ticket.id)
        self._kiosk.visit.had("ticket")
        self.changed.emit()
        self._kiosk.show("ticket", self._spoken_values, last=True)
        self._slip_stepped("")

    def _spoken_values(self) -> dict[str, str]:
        where = self._where() or self._texts.text("ticket.hall")
        return {"number": self._card.ticket.number if self._card else "", "where": where}

    def _slip_answered(self, result: Result) -> None:
        if isinstance(result, TicketResult):
            self.slip_changed(result.card.slip)

    def _put_slip(self, slip: SlipState) -> None:
        assert self._card
        before = slip_step(self._card.slip)
        self._card = msgspec.structs.replace(self._card, slip=slip)
        self._slip_stepped(before)
        self.changed.emit()

    def _slip_stepped(self, before: str) -> None:
        assert self._card
        step = slip_step(self._card.slip)
        if step == before:
            return
        self._start_leaving()
        if step in QUESTIONS:
            self._kiosk.say(QUESTIONS[step])

    def _where(self) -> str:
        service = self._card.service if self._card else None
        return self._texts.pick(service.where_vi, service.where_en) if service else ""

    def _opens(self) -> str:
        opens_at = self._refusal.opens_at if self._refusal else ""
        return moments.opening(opens_at, self._hall.now(), self._texts)

    def _start_leaving(self) -> None:
        """Count from the beginning; a question waits for its answer instead."""
        if not self._card:
            return
        step = slip_step(self._card.slip)
        self._kiosk.expect_touch(expected=step in QUESTIONS)
        if step in QUESTIONS:
            self._leaving.stop()
        else:
            usual = PHOTOGRAPH_S if step == "photograph" else self._leave_s
            self._leaving.start(usual * self._kiosk.visit.now.patience)

    def _forget(self) -> None:
        if self._card:
            self._link.ask(EndVisit(ticket_id=self._card.ticket.id), resend=True)
        self._card = self._refusal = None
        self._service = ""
        self._leaving.stop()
        self.changed.emit()
