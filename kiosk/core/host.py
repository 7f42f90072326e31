"""What the core's workers find and tell: events, the state, the slips, how each edge is.

The engine is this and the door. It runs on the core's loop alone, waits on no device, and knows
no edge by name. Durable first; then the listeners; none of them can undo a ticket.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

import msgspec

from hardware.printer.slip import Slip
from kiosk.core.clock import BelievedClock
from kiosk.core.desk import QueueingDesk
from kiosk.core.devices import Devices
from kiosk.core.dossiers import DossierDesk
from kiosk.core.feedback import FeedbackDesk
from kiosk.core.guiding import Guiding
from kiosk.core.hall import HallRooms
from kiosk.core.issuing import Issuing
from kiosk.core.listening import Listening
from kiosk.core.loose_slips import LooseSlips
from kiosk.core.picture import Picture, slip_state
from kiosk.core.printing import Printing
from kiosk.core.slips import Slips
from kiosk.core.speaking import Speaking
from kiosk.core.surroundings import Surroundings
from kiosk.core.technician import TechnicianEdges, TechnicianRooms
from kiosk.core.visits import VISITING_FACE, Visits
from kiosk.feedback.survey import Survey
from kiosk.guide.answer import Answer
from kiosk.ports import Condition, Ears, Listener, Sealer, Store
from kiosk.queueing.print_job import PrintJob
from kiosk.queueing.ticket import Ticket
from kiosk.texts import Texts
from kiosk.words import (
    AnnouncementEnded,
    AnnouncementStarted,
    AnswerReady,
    AnyEvent,
    ConfigResult,
    KioskState,
    Language,
    ServiceState,
    SlipChanged,
    SpeechEnded,
    SpeechStarted,
    StateChanged,
    TicketIssued,
    TicketResult,
    VoiceEvent,
)

log = logging.getLogger(__name__)
T = TypeVar("T")

EDGES = ("store", "printer", "speech", "hearing", "clock", "guide")
MAINTENANCE = "maintenance"  # the store's fact
CLOCK_EVERY = timedelta(seconds=30)  # faces are told the time at least so often


class Host:
    """Every method runs on the loop."""

    def __init__(
        self,
        *,
        store: Store,
        desk: QueueingDesk,
        clock: BelievedClock,
        site: dict[str, str],
        slip_texts: Texts,
        simulate: Callable[[str, str], None],
        reload: Callable[[], ConfigResult] = ConfigResult,
        secret: bytes = b"",
        edges: tuple[str, ...] = (),
        visit_lasts: timedelta = timedelta(seconds=65),
        survey: Survey | None = None,
        sealer: Sealer | None = None,
        keep_feedback_days: int = 400,
    ) -> None:
        """`edges`: those that this site has beside the ones that every kiosk has.

        `simulate` sets a fault of a simulated device, or clears it (""); `reload` reads the
        configuration again.
        `visit_lasts` is how long a face waits for a citizen who does nothing.
        `survey` is what citizens are asked, `sealer` seals telephone numbers for the centre.
        `secret` is the key of the hashes of persons; without one, such a hash lasts for this run.
        """
        self.store = store
        self.desk = desk
        self.clock = clock
        self.simulate = simulate
        self.reload = reload
        self._slips = Slips(desk, site, slip_texts)
        self.loose_slips = LooseSlips(self, self._slips)
        self._listeners: list[Listener] = []
        self.devices = Devices(EDGES + edges, self.state_is_stale)
        self.picture = Picture(desk, self.devices, site)
        self.hall = HallRooms(self, secret or secrets.token_bytes(32))
        self.visits = Visits(clock.now, visit_lasts)
        self.maintenance = False  # a technician works here
        self.technician: TechnicianRooms | None = None
        self.feedback = FeedbackDesk(self, survey, sealer, keep_days=keep_feedback_days)
        self.issuing = Issuing(self)
        self.dossiers = DossierDesk(self)
        self.stale = asyncio.Event()  # something that faces show has changed
        self._told: KioskState | None = None
        self.announces: Callable[[], bool] = lambda: False  # the hall's loudspeaker, or is about to
        self._slip_announced = 0  # the ticket whose slip was the last to be announced aloud

    printing: Printing
    speaking: Speaking
    guiding: Guiding
    listening: Listening
    surroundings: Surroundings

    def attach(
        self,
        printing: Printing,
        speaking: Speaking,
        guiding: Guiding,
        ears: Ears,
        surroundings: Surroundings,
    ) -> None:
        """Hand in the workers; all of them need the engine first."""
        self.printing, self.speaking, self.guiding = printing, speaking, guiding
        self.listening = Listening(self, ears, guiding, speaking)
        self.surroundings = surroundings
        self.listen(surroundings.hear)

    def let_technicians_in(
        self, edges: TechnicianEdges, *, steady: Callable[[], float], restart: Callable[[], object]
    ) -> TechnicianRooms:
        """From now on a technician may enter at the screen; `restart` ends this process."""
        self.technician = TechnicianRooms(
            self, edges, screen=VISITING_FACE, steady=steady, restart=restart
        )
        self.listen(self.technician.tests.hear)
        return self.technician

    def badge_shown(self, token: str) -> bool:
        """Whether a technician's badge was held before the scanner."""
        return self.technician is not None and self.technician.door.show_badge(token)

    def resume(self) -> None:
        """The store is open, or was restored: the workers take up what it holds."""
        self.printing.resume()
        self.surroundings.resume()
        self.maintenance = self.store.fact(MAINTENANCE) == "on"

    def listen(self, listener: Listener) -> None:
        """From now on `listener` hears every event."""
        self._listeners.append(listener)

    def publish(self, event: AnyEvent) -> None:
        """Tell every listener; one that fails does not keep the others from hearing."""
        for listener in self._listeners:
            _safely(listener, event)

    def state(self) -> KioskState:
        """All that is, now."""
        around = self.surroundings
        return self.picture.kiosk(
            self.store,
            self.clock.now(),
            items=around.items,
            present=around.present,
            maintenance=self.maintenance,
            first_start=self.technician is not None and self.technician.first_start,
        )

    def state_is_stale(self) -> None:
        """Something that faces show has changed; they hear of it at the next `refresh`."""
        self.stale.set()

    def refresh(self) -> None:
        """Tell the faces the state where it is news: more than the time, or the time now and then.

        Opening hours and waits move on by themselves, so it is asked for without a change too.
        """
        self.stale.clear()
        state = self.state()
        if self._told is None or _is_news(state, self._told):
            self._told = state
            self.publish(StateChanged(state=state))
        self.hall.refresh()

    def now(self) -> datetime:
        """The believed time."""
        return self.clock.now()

    def service_state(self, code: str) -> ServiceState | None:
        """A service as a citizen meets it now; None where it is not offered here."""
        known = {service.code: service for service in self.desk.services}
        service = known.get(code)
        return self.picture.service(service, self.clock.now()) if service is not None else None

    def issued(
        self, ticket: Ticket, job: PrintJob, *, is_new: bool, here: bool = True
    ) -> TicketResult:
        """A number is durable: tell of it, and print and speak of it where it was asked for."""
        card = self.picture.card(ticket, job, self.clock.now())
        if is_new:
            self.publish(TicketIssued(card=card))
            if here:
                self.printing.add(job)
                _safely(self._speak_of, ticket)
            self.state_is_stale()
        return TicketResult(card=card)

    def _speak_of(self, ticket: Ticket) -> None:
        printer = self.devices.is_ready("printer")
        self._slip_announced = ticket.id if printer else 0
        slip = "slip.take" if printer else "slip.photograph"
        self.speaking.ticket(ticket, self.desk.service(ticket.service), slip=slip)

    def _take_back(self, job: PrintJob) -> None:
        """A slip that was just announced aloud was refused: say it again, rightly."""
        if job.state != "refused" or job.ticket_id != self._slip_announced:
            return
        self._slip_announced = 0
        ticket = self.store.ticket(job.ticket_id)
        if ticket is not None:
            service = self.desk.service(ticket.service)
            self.speaking.ticket(ticket, service, slip="slip.photograph")

    def slip_of(self, job: PrintJob) -> Slip | None:
        """What the slip of a job says; None for a service that is no longer offered."""
        ticket = self.store.ticket(job.ticket_id)
        if ticket is None:
            return None
        return self._slips.of_ticket(ticket, reprint=job.reprint)

    def job_changed(self, job: PrintJob) -> None:
        """A slip got further, or did not."""
        self.publish(SlipChanged(slip=slip_state(job)))
        _safely(self._take_back, job)
        self.hall.job_changed(job)
        self.state_is_stale()

    def answered(self, answer: Answer, face: str, language: Language) -> None:
        """A question has its answer: told, and spoken."""
        self.publish(AnswerReady(answer=answer, face=face))
        self.speaking.aloud(answer.spoken, language)

    def utter(self, phrase: str, values: dict[str, str], *, level: float = 1.0) -> None:
        """Speak a phrase that no face asked for, in the language of whoever stands before the
        kiosk; `level` is a share of the usual loudness."""
        language = self.visits.of(VISITING_FACE).language
        self.speaking.say(phrase, values, language, level=level)

    def speech(self, event: SpeechStarted | SpeechEnded) -> None:
        """The speaker tells what it says: captions for the faces, and no ear for itself."""
        self.publish(event)
        if isinstance(event, SpeechEnded):
            self.listening.speech_ended("kiosk")
        elif not event.silent:
            self.listening.speech_began("kiosk")

    def citizen_speaks(self) -> bool:
        """Whether a question is asked aloud now: neither answered yet nor given up."""
        return self.listening.hears

    def announcement(self, event: AnnouncementStarted | AnnouncementEnded) -> None:
        """The hall's loudspeaker begins or ends a call: for the board, and no ear for it."""
        self.publish(event)
        if isinstance(event, AnnouncementEnded):
            self.listening.speech_ended("hall")
        elif not event.silent:
            self.listening.speech_began("hall")

    # How the edges are.

    def printer_is(
        self,
        state: Condition,
        *,
        reason: str = "",
        detail: str = "",
        warnings: tuple[str, ...] = (),
        left: int | None = None,
    ) -> None:
        """How the printer is; `left` are the slips that it still has paper for, where known."""
        self.edge_is("printer", state, reason, detail, warnings, left=left)

    def guide_is(
        self, state: Condition, *, reason: str, detail: str, warnings: tuple[str, ...]
    ) -> None:
        """How the guide is."""
        self.edge_is("guide", state, reason, detail, warnings)

    def speech_is(self, state: Condition, *, reason: str, detail: str) -> None:
        """How the speech is."""
        self.edge_is("speech", state, reason, detail)
        if state != "ready":
            self.listening.speech_ended("kiosk")

    def hearing_is(self, state: Condition, *, reason: str, detail: str) -> None:
        """How the hearing is."""
        self.edge_is("hearing", state, reason, detail)
        if state != "ready":
            self.listening.went()

    def hearing_event(self, event: VoiceEvent) -> None:
        """A question is being heard, or was."""
        self.publish(event)

    def store_is(self, state: Condition, *, reason: str = "", detail: str = "") -> None:
        """How the store is."""
        self.edge_is("store", state, reason, detail)

    def leader_is(self, state: Condition, *, reason: str, detail: str) -> None:
        """How the kiosk that leads this site is."""
        self.edge_is("leader", state, reason, detail)

    def centre_is(
        self, state: Condition, *, reason: str, detail: str, warnings: tuple[str, ...] = ()
    ) -> None:
        """How the tie to the centre is."""
        self.edge_is("centre", state, reason, detail, warnings)

    def config_is(
        self, *, fault: str = "", restart: tuple[str, ...] = (), given_fault: str = ""
    ) -> None:
        """Whether the file is wrong and an earlier one counts; which keys wait for a restart;
        why what the centre gave is left out."""
        told = {"last_good": fault, "restart_needed": ", ".join(restart), "given": given_fault}
        warnings = tuple(name for name, words in told.items() if words)
        detail = next((words for words in told.values() if words), "")
        self.edge_is("config", "ready", "", detail, warnings)

    def clock_is(self, *, trusted: bool) -> None:
        """Whether the wall clock can be believed."""
        state: Condition = "ready" if trusted else "unavailable"
        self.edge_is("clock", state, "" if trusted else "not_believed", "")

    def edge_is(
        self,
        name: str,
        state: Condition,
        reason: str,
        detail: str,
        warnings: tuple[str, ...] = (),
        *,
        left: int | None = None,
    ) -> None:
        """How an edge is."""
        now = self.clock.now().isoformat(timespec="seconds")
        self.devices.set(
            name, state, reason=reason, detail=detail, warnings=warnings, left=left, now=now
        )


def _safely(tell: Callable[[T], object], news: T) -> None:
    """What is durable is promised: a listener's fault is logged and undoes nothing."""
    try:
        tell(news)
    except Exception:
        log.exception("a listener failed")


def _is_news(state: KioskState, told: KioskState) -> bool:
    passed = datetime.fromisoformat(state.now) - datetime.fromisoformat(told.now)
    return abs(passed) >= CLOCK_EVERY or msgspec.structs.replace(state, now=told.now) != told
