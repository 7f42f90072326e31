"""Words of a counter: it opens, calls, serves and completes.

Every command names the counter and the member of staff; who may say so is decided by the face (the
site knows its sessions), what may be done is decided here. What is refused raises CommandRefused
with one of these codes:

    unknown_counter     config.toml has no such counter
    counter_closed      the counter is not open: OpenCounter first
    counter_paused      the counter pauses: OpenCounter first
    counter_busy        a called citizen is still awaited at this counter: serve, hold, put back or
                        no-show first (one who is being served is completed by CallNext itself)
    nobody_waiting      nobody waits for this counter
    other_counter       the ticket is at another counter, or on hold there
    wrong_state         the ticket cannot take this verb as it is
    call_again          no-show needs as many calls as [hall] no_show_calls says
    unknown_ticket, unknown_service
"""

from __future__ import annotations

from kiosk.queueing.counter import CounterCondition
from kiosk.queueing.reason import Reason
from kiosk.queueing.ticket import State
from kiosk.words.root import Command, Event, Language, Word


class HallTicket(Word, frozen=True, kw_only=True):
    """A ticket as a counter sees it. Times are ISO 8601 or "".

    `queued_at` is since when they wait in this queue; `calls` how often they were called;
    `booked_at` the time of their booking; `note` what a clerk wrote for the next one: for the
    console alone, as `reason` is. `at_counter` waits for this counter only. `booking_gone`: it
    checked in with a booking that had been taken back, at a kiosk that could not know.
    """

    id: int
    number: str
    service: str
    priority: str
    language: Language
    state: State
    issued_at: str
    queued_at: str
    called_at: str = ""
    served_at: str = ""
    counter: str = ""
    at_counter: str = ""
    booked_at: str = ""
    booking_gone: bool = False
    late: bool = False
    calls: int = 0
    note: str = ""
    reason: Reason | None = None


class CounterState(Word, frozen=True, kw_only=True):
    """One counter now. `staff` is the code of who is there, `since` when it opened or paused.

    `ticket` is the one that was called or is being served there; `waiting` how many could be
    called to it, `served` how many it served today. `pause_reason` is what the clerk wrote or the
    key of a text that the console offered.
    """

    number: str
    place_vi: str
    place_en: str
    services: tuple[str, ...]
    state: CounterCondition
    staff: str = ""
    staff_name: str = ""
    since: str = ""
    pause_reason: str = ""
    ticket: HallTicket | None = None
    waiting: int = 0
    served: int = 0


class Call(Word, frozen=True, kw_only=True):
    """A number was called to a counter. `announcement` grows by one with each call and recall of
    the day: who has spoken it once does not speak it again. `times` is 1, more for a recall."""

    announcement: int
    ticket_id: int
    number: str
    counter: str
    language: Language
    at: str
    times: int = 1


class OpenCounter(Command, frozen=True, kw_only=True, tag="open_counter"):
    """Open a counter, go on after a pause, or take it over. -> CounterResult"""

    counter: str
    staff: str


class PauseCounter(Command, frozen=True, kw_only=True, tag="pause_counter"):
    """Call nobody for a while; who is being served may be finished. -> CounterResult"""

    counter: str
    staff: str
    reason: str = ""


class CloseCounter(Command, frozen=True, kw_only=True, tag="close_counter"):
    """The counter's day ends. Whom it called goes back to the queue, whom it serves is done.
    -> CounterResult"""

    counter: str
    staff: str


class CallNext(Command, frozen=True, kw_only=True, tag="call_next"):
    """Call whoever is next for this counter; who is being served there is done. -> CallResult

    `seen` is the id of the ticket which the console shows at its counter (0: none). Where another
    one is there already (two clicks at once, another tab), that one is given back and nobody is
    called. None: call whatever is there.
    """

    counter: str
    staff: str
    seen: int | None = None


class CallTicket(Command, frozen=True, kw_only=True, tag="call_ticket"):
    """Call this number: waiting, on hold, or a no-show who has come. -> CallResult"""

    ticket_id: int
    counter: str
    staff: str


class Recall(Command, frozen=True, kw_only=True, tag="recall"):
    """Call the same number once more. -> CallResult"""

    ticket_id: int
    counter: str
    staff: str


class Serve(Command, frozen=True, kw_only=True, tag="serve"):
    """The citizen is at the counter (called or on hold). -> CallResult"""

    ticket_id: int
    counter: str
    staff: str


class Hold(Command, frozen=True, kw_only=True, tag="hold"):
    """They have to fetch something: put aside with a reason. -> CallResult"""

    ticket_id: int
    counter: str
    staff: str
    reason: str = ""


class PutBack(Command, frozen=True, kw_only=True, tag="put_back"):
    """Called or on hold: back to the queue, at the same place. -> CallResult"""

    ticket_id: int
    counter: str
    staff: str


class Transfer(Command, frozen=True, kw_only=True, tag="transfer"):
    """To the queue of another service or to one counter, keeping their place by the time they
    have waited. Name at least one of the two. -> CallResult"""

    ticket_id: int
    counter: str
    staff: str
    to_service: str = ""
    to_counter: str = ""
    note: str = ""


class NextService(Command, frozen=True, kw_only=True, tag="next_service"):
    """Served here, and going on to another service in the same visit, with the same number: the
    queue there counts from now. -> CallResult"""

    ticket_id: int
    counter: str
    staff: str
    service: str
    note: str = ""


class MarkNoShow(Command, frozen=True, kw_only=True, tag="mark_no_show"):
    """Nobody came. -> CallResult"""

    ticket_id: int
    counter: str
    staff: str


class ComeBack(Command, frozen=True, kw_only=True, tag="come_back"):
    """A no-show is here after all: next where they are not too late ([hall] late_places), else
    at the end of the queue. -> CallResult"""

    ticket_id: int
    staff: str = ""
    counter: str = ""


class Complete(Command, frozen=True, kw_only=True, tag="complete"):
    """Done. -> CallResult"""

    ticket_id: int
    counter: str
    staff: str


class CallResult(Word, frozen=True, kw_only=True, tag="call"):
    """The ticket that was called or moved, and its counter as it is now."""

    ticket: HallTicket
    counter: CounterState | None


class CounterResult(Word, frozen=True, kw_only=True, tag="counter"):
    """The counter as it is now."""

    counter: CounterState


class TicketCalled(Event, frozen=True, kw_only=True, tag="ticket_called"):
    """A number was called or called again: shown, and announced once for each `announcement`."""

    call: Call
    reason: Reason


class CounterChanged(Event, frozen=True, kw_only=True, tag="counter_changed"):
    """A counter opened, paused or closed."""

    counter: CounterState


CounterCommand = (
    OpenCounter
    | PauseCounter
    | CloseCounter
    | CallNext
    | CallTicket
    | Recall
    | Serve
    | Hold
    | PutBack
    | Transfer
    | NextService
    | MarkNoShow
    | ComeBack
    | Complete
)
