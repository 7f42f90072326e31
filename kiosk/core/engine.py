"""The engine: one door. Commands go in, results come back, events go out to every listener.

It waits on no device, and knows no edge by name: store, printer and speaker are handed in.
"""

from __future__ import annotations

import contextlib
import functools
import logging
from collections.abc import Callable, Iterator

from kiosk.core.following import Following
from kiosk.core.host import MAINTENANCE, Host
from kiosk.core.visits import VISITING_FACE
from kiosk.errors import CommandRefused, StoreUnavailable
from kiosk.ports import Leader
from kiosk.queueing.ticket import Ticket
from kiosk.words import (
    AnswerSlip,
    AnyCommand,
    AskDossier,
    AskState,
    CallClerk,
    ChangeTicket,
    CheckInBooking,
    ClerkCalled,
    ConfigResult,
    CountSlips,
    DeviceCommand,
    DeviceNoted,
    Done,
    EndVisit,
    FeedbackCommand,
    ForgetVisit,
    GuideCommand,
    HallCommand,
    ImportBookings,
    IssueForKiosk,
    IssueTicket,
    ListTickets,
    NoteDevice,
    ReloadConfig,
    Result,
    Say,
    SetMaintenance,
    SimulateFault,
    SlipCountsResult,
    StateResult,
    StopSpeech,
    TechnicianCommand,
    TellVisit,
    TicketResult,
    TicketsResult,
    VoiceCommand,
)

log = logging.getLogger(__name__)


class Engine(Host):
    """The core's decisions, for every face: `obey` and `do` are the only ways in."""

    _following: Following | None = None

    @property
    def follows(self) -> bool:
        """Whether another kiosk leads this site."""
        return self._following is not None

    def follow(
        self, open_leader: Callable[[], Leader], *, letter: str, within_s: float
    ) -> Following:
        """From now on numbers come from the kiosk that leads this site; run what is given back."""
        self.devices.add("leader")
        self._following = Following(self, open_leader, letter=letter, within_s=within_s)
        self.picture.elsewhere = self._following.service
        self.hall.elsewhere = self._following.hall
        return self._following

    async def obey(self, command: AnyCommand, face: str) -> Result:
        """As `do`; a number may wait a moment for the kiosk that leads this site, or for those
        who ask at the same time."""
        visit = face == VISITING_FACE
        with self._store_trouble():
            if isinstance(command, TechnicianCommand):
                return await self._let_in(command, face)
            if self._following is not None and isinstance(command, IssueTicket | CheckInBooking):
                return await self._following.issue(command, visit=visit)
            if isinstance(command, IssueTicket):
                give = functools.partial(self.desk.issue, self.store, command, visit=visit)
                return await self.issuing.issue(give)
            if isinstance(command, IssueForKiosk):
                give = functools.partial(self.hall.leading.decide, command)
                return await self.issuing.issue(give, here=False)
        return self.do(command, face)

    async def _let_in(self, command: TechnicianCommand, face: str) -> Result:
        if self.technician is None:
            raise CommandRefused("this core knows no technician", code="no_technician")
        if face == VISITING_FACE:
            self.surroundings.touched()  # nobody is greeted at their back
        return await self.technician.obey(command, face)

    def do(self, command: AnyCommand, face: str) -> Result:  # noqa: PLR0911 - a line for each room
        """Carry out a command of a face. Raises CommandRefused and StoreUnavailable."""
        visit = face == VISITING_FACE
        self.visits.touched(face)
        if visit:
            self.surroundings.touched()
        with self._store_trouble():
            if isinstance(command, GuideCommand):
                return self.guiding.do(command, face)
            if isinstance(command, VoiceCommand | TellVisit | ForgetVisit):
                return self._serve(command, face)
            if isinstance(command, DeviceCommand):
                return self.surroundings.do(command, citizen=visit)
            if self._following is not None and isinstance(command, IssueTicket | CheckInBooking):
                self.desk.follow_day(self.store)
                return self._following.give_here(command, visit=visit)
            if self._following is not None and isinstance(command, ImportBookings):
                raise CommandRefused("the leader keeps the bookings", code="not_leading")
            if isinstance(command, HallCommand):
                return self.hall.do(command, visit=visit)
            if isinstance(command, FeedbackCommand):
                return self.feedback.do(command, face)
            return self._dispatch(command, face)

    @contextlib.contextmanager
    def _store_trouble(self) -> Iterator[None]:
        try:
            yield
        except StoreUnavailable as error:
            self.store_is("unavailable", reason="write_failed", detail=error.detail)
            raise

    def _dispatch(self, command: AnyCommand, face: str) -> Result:
        match command:
            case IssueTicket():
                return self._issue(command, visit=face == VISITING_FACE)
            case ChangeTicket():
                return self._change(command)
            case ListTickets() | CountSlips():
                return self._of_day(command)
            case AskState() | ReloadConfig():
                return self._of_kiosk(command)
            case AnswerSlip():
                return self._answer_slip(command)
            case _:
                self._oblige(command)
                return Done()

    def _of_kiosk(self, command: AskState | ReloadConfig) -> StateResult | ConfigResult:
        if isinstance(command, ReloadConfig):
            return self.reload()
        return StateResult(state=self.state())

    def _serve(self, command: VoiceCommand | TellVisit | ForgetVisit, face: str) -> Done:
        """Listen to whoever stands at a face, speak as they want it, or forget them."""
        match command:
            case TellVisit(visit=visit):
                self.visits.keep(face, visit)
            case ForgetVisit():
                self.visits.forget(face)
                self.guiding.forget(face)
                self.listening.forget(face)
            case _:
                self.listening.do(command, face)
        if face == VISITING_FACE:
            self.speaking.unhurried = self.visits.of(face).slowly
        return Done()

    def _of_day(self, command: ListTickets | CountSlips) -> TicketsResult | SlipCountsResult:
        day = command.business_day or self.desk.business_day
        if isinstance(command, ListTickets):
            return TicketsResult(tickets=tuple(self.store.tickets_of(day)))
        return SlipCountsResult(business_day=day, counts=tuple(self.store.slip_counts(day)))

    def _oblige(self, command: AnyCommand) -> None:
        """The commands that have nothing to tell back."""
        match command:
            case EndVisit():
                self.store.end_visit(command.ticket_id)
                self.printing.left(command.ticket_id)
            case Say():
                self.speaking.say(command.phrase, command.values, command.language)
            case StopSpeech():
                self.speaking.stop()
            case AskDossier():
                self.dossiers.ask(command)
            case CallClerk():
                log.info("a clerk is asked for at page %r", command.page)
                self.publish(ClerkCalled(page=command.page))
                self.hall.call_clerk(command.page, command.kiosk)
                if self._following is not None:
                    self._following.call_clerk(command)
            case NoteDevice(device=device, state=state, source=source, reason=reason):
                noted = DeviceNoted(device=device, state=state, source=source, reason=reason)
                self.publish(noted)
            case SetMaintenance():
                self.store.put_fact(MAINTENANCE, "on" if command.on else "")
                self.maintenance = command.on
                log.info("maintenance is %s", "on" if command.on else "over")
                self.state_is_stale()
            case SimulateFault():
                self.simulate(command.device, command.fault)

    def _issue(self, command: IssueTicket, *, visit: bool) -> TicketResult:
        self.desk.follow_day(self.store)
        ticket, job, is_new = self.desk.issue(self.store, command, visit=visit)
        return self.issued(ticket, job, is_new=is_new)

    def _change(self, command: ChangeTicket) -> TicketResult:
        self.desk.follow_day(self.store)
        ticket = self.hall.change(command)
        return self._ticket_result(ticket)

    def _answer_slip(self, command: AnswerSlip) -> TicketResult:
        ticket = self.store.ticket(command.ticket_id)
        if ticket is None:
            raise CommandRefused(f"no ticket {command.ticket_id}", code="unknown_ticket")
        if command.answer == "reprint":
            self.printing.reprint(ticket.id)
        else:
            self.printing.received(ticket.id)
        return self._ticket_result(ticket)

    def _ticket_result(self, ticket: Ticket) -> TicketResult:
        job = self.store.newest_job(ticket.id)
        if job is None:
            raise CommandRefused(f"{ticket.number} has no slip", code="unknown_ticket")
        return TicketResult(card=self.picture.card(ticket, job, self.clock.now()))
