"""What citizens say of their visit: taken once a number, kept, and told to the centre.

    AskSurvey ─▶ what is asked, and of which visit
    GiveFeedback ─▶ cleaned ─▶ a telephone number is sealed ─▶ ONE transaction = answer + outbox
                                                                        *** durable here ***

No event tells of it and nothing of it is logged: what was said is between citizen and centre.
"""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.core.hall_host import HallHost, stamp
from kiosk.errors import CommandRefused
from kiosk.feedback.answer import Answer, kept_words
from kiosk.feedback.damping import Damper
from kiosk.feedback.phone import phone_number
from kiosk.feedback.summary import summarise
from kiosk.feedback.survey import MAY_COMPLAIN, Survey
from kiosk.ports import SealedCallBack, Sealer, Store
from kiosk.queueing.ticket import OPEN_STATES, Ticket
from kiosk.words import (
    AskFeedback,
    AskSurvey,
    CallBackWish,
    Done,
    FeedbackCommand,
    FeedbackResult,
    GiveFeedback,
    Remark,
    Result,
    SurveyResult,
)

MAX_DAYS = 366
MAX_REMARKS = 500


class FeedbackDesk:
    """Lives on the core's loop. `survey` is None where nobody is asked, `sealer` where nobody can
    be called back; answers are forgotten after `keep_days`."""

    def __init__(
        self,
        host: HallHost,
        survey: Survey | None = None,
        sealer: Sealer | None = None,
        *,
        keep_days: int = 400,
    ) -> None:
        self._host = host
        self._asked = survey
        self._sealer = sealer
        self._keep = timedelta(days=keep_days)
        self._damper = Damper()
        host.desk.day_begun.append(self._begin_day)

    def do(self, command: FeedbackCommand, face: str) -> Result:
        """Carry out a command. Raises CommandRefused and StoreUnavailable."""
        self._host.desk.follow_day(self._host.store)
        match command:
            case AskSurvey():
                return self._ask(command)
            case GiveFeedback():
                self._take(command, face)
                return Done()
            case AskFeedback():
                return self._tell(command)

    def ask_with(self, survey: Survey | None) -> None:
        """From now on this is asked; None: nobody is asked."""
        self._asked = survey

    def seal_with(self, sealer: Sealer | None) -> None:
        """From now on telephone numbers are sealed so; None: nobody can be called back."""
        self._sealer = sealer

    @property
    def _survey(self) -> Survey:
        if self._asked is None:
            raise CommandRefused("nobody is asked here", code="unknown_survey")
        return self._asked

    def _begin_day(self, store: Store) -> None:
        today = date.fromisoformat(self._host.desk.business_day)
        store.feedback.forget_before((today - self._keep).isoformat())

    def _ask(self, wanted: AskSurvey) -> SurveyResult:
        survey = self._survey
        ticket = self._ticket(wanted.token, wanted.number)
        return SurveyResult(
            survey=survey,
            call_back=self._sealer is not None,
            number=ticket.number if ticket else "",
            service=ticket.service if ticket else "",
        )

    def _ticket(self, token: str, number: str) -> Ticket | None:
        """The visit that is spoken of, None for none in particular."""
        if not token and not number:
            return None
        ticket = self._by_token(token) if token else self._by_number(number)
        if ticket is None:
            raise CommandRefused("no such number today", code="unknown_ticket")
        if ticket.business_day != self._host.desk.business_day:
            raise CommandRefused("a number of an earlier day", code="ticket_past")
        if ticket.state in OPEN_STATES:
            raise CommandRefused(f"{ticket.number} is {ticket.state}", code="not_done")
        if self._host.store.feedback.is_answered(ticket.id):
            raise CommandRefused(f"{ticket.number} has answered", code="answered")
        return ticket

    def _by_token(self, token: str) -> Ticket | None:
        return self._host.store.ticket_of_token(token)

    def _by_number(self, number: str) -> Ticket | None:
        wanted = number.strip().upper()
        return next((one for one in self._host.desk.hall.tickets() if one.number == wanted), None)

    def _take(self, given: GiveFeedback, face: str) -> None:
        if self._host.store.feedback.is_kept(given.request_id):
            return
        survey = self._survey
        if given.survey != survey.version:
            raise CommandRefused(f"survey {given.survey!r} is over", code="unknown_survey")
        if not survey.knows(given.reasons):
            raise CommandRefused("a reason that nobody offered", code="wrong_answer")
        place = self._place(given, face)
        ticket = self._ticket(given.token, given.number)
        call_back = self._sealed(given, given.call_back) if given.call_back else None
        if ticket is None and not self._damper.takes(place, self._host.now()):
            raise CommandRefused(f"many answers from {place}", code="too_many")
        answer = Answer(
            request_id=given.request_id,
            business_day=self._host.desk.business_day,
            given_at=stamp(self._host.now()),
            survey=survey.version,
            question=survey.question,
            face=given.face,
            reasons=given.reasons,
            words=kept_words(given.words),
            language=given.language,
            place=place,
            ticket_id=ticket.id if ticket else None,
            service=ticket.service if ticket else "",
            counter=given.counter or (ticket.counter if ticket else ""),
            consent=call_back.consent if call_back else "",
        )
        self._host.store.feedback.keep(answer, call_back)

    def _place(self, given: GiveFeedback, face: str) -> str:
        if not given.counter:
            return face[:20]
        if given.counter not in {one.number for one in self._host.desk.plan.counters}:
            raise CommandRefused(f"no counter {given.counter!r}", code="unknown_counter")
        return f"counter {given.counter}"

    def _sealed(self, given: GiveFeedback, wish: CallBackWish) -> SealedCallBack:
        """The number, which from here on nobody but the centre can read."""
        if self._sealer is None:
            raise CommandRefused("there is no key of the centre", code="no_call_back")
        phone = phone_number(wish.phone)
        agreed = wish.consent == self._survey.consent.version
        if not phone or not agreed or given.face not in MAY_COMPLAIN:
            raise CommandRefused("no number, no consent or no complaint", code="wrong_answer")
        return SealedCallBack(
            key=self._sealer.fingerprint,
            sealed=self._sealer.seal(phone),
            consent=wish.consent,
            language=given.language,
            agreed_at=stamp(self._host.now()),
        )

    def _tell(self, wanted: AskFeedback) -> FeedbackResult:
        today = self._host.desk.business_day
        first, last = _day(wanted.first_day or today), _day(wanted.last_day or today)
        if not timedelta() <= last - first < timedelta(days=MAX_DAYS):
            raise CommandRefused(f"{first} to {last} is no stretch of days", code="wrong_answer")
        answers = self._host.store.feedback.of_days(first.isoformat(), last.isoformat())
        said = [one for one in reversed(answers) if one.words][:MAX_REMARKS]
        return FeedbackResult(
            summary=summarise(first.isoformat(), last.isoformat(), answers),
            remarks=tuple(
                Remark(
                    business_day=one.business_day,
                    face=one.face,
                    words=one.words,
                    service=one.service,
                    counter=one.counter,
                )
                for one in said
            ),
            survey=self._survey,
        )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandRefused(f"{text!r} is no day", code="wrong_answer") from error
