"""A small real core for the screen's tests: it speaks the protocol and remembers what was asked.

It runs its own event loop in a thread; `tell`, `freeze` and the rest may be called from any.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import stand_in_guide
from stand_in_technician import EXAMINED, StandInTechnician

from kiosk.config import read_survey
from kiosk.errors import FrameError
from kiosk.link.frames import (
    MAX_FROM_CORE,
    VERSION,
    Failure,
    FromCore,
    FromFace,
    Happened,
    Hello,
    Ping,
    Pong,
    Reply,
    Request,
    Welcome,
    encode,
    reader_at_core,
)
from kiosk.paths import ASSETS
from kiosk.queueing.ticket import Ticket
from kiosk.words import (
    AnswerSlip,
    AnyCommand,
    AnyEvent,
    AskDossier,
    AskHall,
    AskParts,
    AskSurvey,
    Dispense,
    Done,
    EndVisit,
    FeedbackCommand,
    GuideCommand,
    HallResult,
    HallState,
    IssueTicket,
    KioskState,
    Listen,
    PrintChecklist,
    PrintList,
    Result,
    Say,
    SlipState,
    SpeechStarted,
    SurveyResult,
    TechnicianCommand,
    TicketCard,
    TicketResult,
)
from tools.demo.touch import PATIENCE_S

T = TypeVar("T")


class StandInCore:
    """Numbers in memory, no hours and no store; every command is kept in `heard`."""

    def __init__(self, path: Path, state: KioskState) -> None:
        self.path = path
        self.state = state
        self.hall: HallState | None = None  # what AskHall is answered
        self.heard: list[AnyCommand] = []
        self.faces: list[str] = []
        self.refusal: Failure | None = None  # what IssueTicket is answered with
        self.guide_refusal: Failure | None = None  # what every question of the guide is answered
        self.dispense_refusal: Failure | None = None  # what Dispense is answered with
        self.voice_refusal: Failure | None = None  # what Listen is answered with
        self.feedback_refusal: Failure | None = None  # what feedback is answered with
        self.dossier_refusal: Failure | None = None  # what AskDossier is answered with
        self.survey = True  # whether anybody is asked
        self.calls_back = False  # whether the centre has given its key
        self.technician = StandInTechnician(path.with_name("config.toml"))
        self.silent = False
        self.dies_before_answer = False  # once, with the ticket already durable
        self.never_answers = False  # an IssueTicket
        self.frozen = False
        self.cards: dict[str, TicketCard] = {}
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None

    def start(self) -> None:
        """Listen; returns when the socket is there."""
        if not self._thread.is_alive():
            self._thread.start()
        self._do(self._open())

    def stop(self) -> None:
        """Fall silent as a killed core does: the socket file stays, nobody answers."""
        self._do(self._close())

    def end(self) -> None:
        """For good."""
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE_S)
        self._loop.close()

    def tell(self, event: AnyEvent) -> None:
        """An event to all faces."""
        self._do(self._broadcast(Happened(event=event)))

    def asked(self, kind: type[T]) -> list[T]:
        """The commands of one kind, in order."""
        return [command for command in self.heard if isinstance(command, kind)]

    def babble(self, garbage: bytes) -> None:
        """Send what is no message."""
        self._do(self._broadcast_bytes(garbage))

    def card(
        self,
        service: str = "civil-status",
        number: str = "A012",
        *,
        ticket_id: int = 1,
        state: str = "pending",
    ) -> TicketCard:
        """A ticket as the core would give it."""
        known = next(s for s in self.state.services if s.code == service)
        ticket = Ticket(
            id=ticket_id,
            number=number,
            series=number[0],
            running=int(number[1:]),
            service=service,
            business_day="2026-11-23",
            issued_at="2026-11-23T08:15:00+07:00",
            ahead=5,
            estimate_minutes=12,
            token="k7Qm2vX9pL4t",
        )
        return TicketCard(
            ticket=ticket,
            service=known,
            slip=SlipState(job_id=1, ticket_id=ticket.id, state=state),
        )

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)

    async def _open(self) -> None:
        self.path.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(self._serve, self.path)

    async def _close(self) -> None:
        if self._server:
            self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        while self._writers:
            await asyncio.sleep(0)

    async def _broadcast(self, message: FromCore) -> None:
        await self._broadcast_bytes(encode(message, limit=MAX_FROM_CORE))

    async def _broadcast_bytes(self, data: bytes) -> None:
        for writer in self._writers:
            writer.write(data)
            await writer.drain()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        frames = reader_at_core()
        self._writers.add(writer)
        try:
            with contextlib.suppress(OSError, FrameError):
                while data := await reader.read(65536):
                    for message in frames.feed(data):
                        for answer in self._answers(message, writer):
                            writer.write(encode(answer, limit=MAX_FROM_CORE))
        finally:
            self._writers.discard(writer)
            writer.close()

    def _answers(self, message: FromFace, writer: asyncio.StreamWriter) -> list[FromCore]:
        if self.frozen:
            return []
        match message:
            case Hello(face=face):
                self.faces.append(face)
                return [Welcome(version=VERSION, state=self.state)]
            case Ping(id=number):
                return [Pong(id=number)]
            case Request(id=number, command=command):
                self.heard.append(command)
                return self._obey(number, command, writer)

    def _obey(
        self, number: int, command: AnyCommand, writer: asyncio.StreamWriter
    ) -> list[FromCore]:
        refusals = {
            IssueTicket: self.refusal,
            Listen: self.voice_refusal,
            Dispense: self.dispense_refusal,
            AskDossier: self.dossier_refusal,
        }
        refusal = refusals.get(type(command))
        if refusal:
            return [msgspec.structs.replace(refusal, id=number)]
        if isinstance(command, FeedbackCommand):
            return [self._feedback(number, command)]
        if isinstance(command, TechnicianCommand):
            return self._at_technician(number, command)
        return self._do_as_told(number, command, writer)

    def _at_technician(self, number: int, command: TechnicianCommand) -> list[FromCore]:
        result = self.technician.answer(number, command)
        if isinstance(result, Failure):
            return [msgspec.structs.replace(result, id=number)]
        told = [Happened(event=EXAMINED)] if isinstance(command, AskParts) else []
        return [Reply(id=number, result=result), *told]

    def _do_as_told(
        self, number: int, command: AnyCommand, writer: asyncio.StreamWriter
    ) -> list[FromCore]:
        result: Result = Done()
        match command:
            case IssueTicket():
                result = TicketResult(card=self._issue(command))
                if self.never_answers:
                    return []
                if self.dies_before_answer:
                    self.dies_before_answer = False
                    writer.transport.abort()
                    return []
            case AnswerSlip(ticket_id=ticket_id, answer=answer):
                result = TicketResult(card=self._answered(ticket_id, answer))
            case AskHall() if self.hall is not None:
                result = HallResult(hall=self.hall)
            case EndVisit():
                self.state = msgspec.structs.replace(self.state, unfinished=())
            case _ if isinstance(command, GuideCommand):
                return [self._guide(number, command)]
            case Say(phrase=phrase):
                spoken = SpeechStarted(text=f"({phrase})", seconds=1.0, silent=self.silent)
                return [Reply(id=number, result=result), Happened(event=spoken)]
        return [Reply(id=number, result=result)]

    def _feedback(self, number: int, command: FeedbackCommand) -> FromCore:
        if not self.survey:
            return Failure(id=number, code="unknown_survey", detail="")
        if self.feedback_refusal and (command != AskSurvey()):
            return msgspec.structs.replace(self.feedback_refusal, id=number)
        if not isinstance(command, AskSurvey):
            return Reply(id=number, result=Done())
        return Reply(
            id=number,
            result=SurveyResult(
                survey=read_survey(ASSETS / "feedback" / "survey.toml"),
                call_back=self.calls_back,
                number="A012" if command.token else command.number,
                service="civil-status" if command.token or command.number else "",
            ),
        )

    def _guide(self, number: int, command: GuideCommand) -> FromCore:
        if self.guide_refusal:
            return msgspec.structs.replace(self.guide_refusal, id=number)
        if isinstance(command, PrintChecklist | PrintList):
            return Reply(id=number, result=Done())
        result = stand_in_guide.answer(command, self.state)
        if result is None:
            return Failure(id=number, code="unknown_procedure", detail="")
        return Reply(id=number, result=result)

    def _answered(self, ticket_id: int, answer: str) -> TicketCard:
        card = next(c for c in self.cards.values() if c.ticket.id == ticket_id)
        slip = SlipState(job_id=1, ticket_id=ticket_id, state="printed")
        if answer == "reprint":
            slip = SlipState(job_id=2, ticket_id=ticket_id, state="pending", reprint=True)
        return msgspec.structs.replace(card, slip=slip)

    def _issue(self, command: IssueTicket) -> TicketCard:
        if command.request_id not in self.cards:
            known = len(self.cards)
            card = self.card(command.service, f"A{known + 12:03}", ticket_id=known + 1)
            self.cards[command.request_id] = card
        return self.cards[command.request_id]
