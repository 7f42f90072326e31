"""What happened to a ticket, step by step: enough for the report and for every "why".

A move is a ticket as a verb left it, and the step that tells of it; both are kept together.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.queueing.reason import Reason
from kiosk.queueing.ticket import State, Ticket, Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One verb. `service` is where the ticket was, `to_service` where it went, if it did; `note`
    is what a clerk wrote: the reason of a hold, a word for the next counter."""

    ticket_id: int
    business_day: str
    at: str
    verb: Verb
    service: str
    counter: str = ""
    staff: str = ""
    to_service: str = ""
    reason: Reason | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A ticket as it is after the step; `before` is the state that the decision saw."""

    ticket: Ticket
    before: State
    step: Step
