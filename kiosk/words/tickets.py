"""Words of services, numbers and slips."""

from __future__ import annotations

from typing import Literal

from kiosk.queueing.print_job import PrintState, SlipCount
from kiosk.queueing.ticket import Ticket, Verb
from kiosk.words.root import Command, Event, Language, Word

Availability = Literal["open", "closed", "full"]
SlipAnswer = Literal["received", "reprint"]


class ServiceState(Word, frozen=True, kw_only=True):
    """One service as a citizen meets it now.

    `opens_at` (ISO 8601) is said when it is closed or full; `estimate_minutes` is None rather
    than wild; `where` names the counters ("Quầy số 1, 2 – tầng 1").
    """

    code: str
    name_vi: str
    name_en: str
    about_vi: str
    about_en: str
    series: str
    icon: str
    availability: Availability
    waiting: int
    estimate_minutes: int | None
    where_vi: str
    where_en: str
    opens_at: str = ""


class PriorityState(Word, frozen=True, kw_only=True):
    """A class of people served before others, as the priority question names it."""

    code: str
    name_vi: str
    name_en: str
    icon: str


class SlipState(Word, frozen=True, kw_only=True):
    """Where the slip of a ticket stands.

    `refused`: nothing was sent, it is tried again by itself for a while. `unknown`: something was
    sent and no answer came: the citizen is asked. `abandoned`: a reprint took its place or nobody
    took it.
    """

    job_id: int
    ticket_id: int
    state: PrintState
    reason: str = ""
    reprint: bool = False


class TicketCard(Word, frozen=True, kw_only=True):
    """A ticket with all that the screen shows of it; `code` is what its QR holds."""

    ticket: Ticket
    service: ServiceState
    slip: SlipState
    code: str = ""


class IssueTicket(Command, frozen=True, kw_only=True, tag="issue_ticket"):
    """Give a number. The same `request_id` (8 to 64 characters) always gives the same ticket."""

    request_id: str
    service: str
    priority: str = ""
    language: Language = "vi"


class ChangeTicket(Command, frozen=True, kw_only=True, tag="change_ticket"):
    """Move a ticket by one of the verbs of queueing.ticket."""

    ticket_id: int
    verb: Verb
    counter: str = ""
    service: str = ""  # transfer only: where to


class ListTickets(Command, frozen=True, kw_only=True, tag="list_tickets"):
    """The tickets of a business day (ISO date; empty: today), in the order of issue."""

    business_day: str = ""


class AnswerSlip(Command, frozen=True, kw_only=True, tag="answer_slip"):
    """The citizen's word on a slip: they have it, or they want it printed again."""

    ticket_id: int
    answer: SlipAnswer


class CountSlips(Command, frozen=True, kw_only=True, tag="count_slips"):
    """What became of the slips of a business day (ISO date; empty: today)."""

    business_day: str = ""


class SlipCountsResult(Word, frozen=True, kw_only=True, tag="slip_counts"):
    """The slips of a day by what became of them."""

    business_day: str
    counts: tuple[SlipCount, ...]


class EndVisit(Command, frozen=True, kw_only=True, tag="end_visit"):
    """The citizen is done with this ticket's page: it need not come back after a restart."""

    ticket_id: int


class TicketResult(Word, frozen=True, kw_only=True, tag="ticket"):
    """The ticket that was issued or changed."""

    card: TicketCard


class TicketsResult(Word, frozen=True, kw_only=True, tag="tickets"):
    """Tickets in the order of issue."""

    tickets: tuple[Ticket, ...]


class TicketIssued(Event, frozen=True, kw_only=True, tag="ticket_issued"):
    """A number is durable."""

    card: TicketCard


class TicketChanged(Event, frozen=True, kw_only=True, tag="ticket_changed"):
    """A verb moved a ticket."""

    ticket: Ticket
    verb: Verb


class SlipChanged(Event, frozen=True, kw_only=True, tag="slip_changed"):
    """A slip got further, or did not."""

    slip: SlipState
