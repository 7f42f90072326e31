"""The verbs of a counter as buttons, keys and addresses name them, made commands of the core."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from kiosk.site.sessions import Session
from kiosk.words import (
    CallTicket,
    CloseCounter,
    ComeBack,
    Complete,
    CounterCommand,
    Hold,
    MarkNoShow,
    NextService,
    OpenCounter,
    PauseCounter,
    PutBack,
    Recall,
    Serve,
    Transfer,
)
from kiosk.words.root import Word

CounterVerb = Literal["open", "pause", "close"]
TicketVerb = Literal[
    "call",
    "recall",
    "serve",
    "hold",
    "put_back",
    "transfer",
    "next_service",
    "no_show",
    "come_back",
    "complete",
]


class Particulars(Word, frozen=True, kw_only=True):
    """What some verbs need: hold and pause a `reason`, transfer a `service` or `counter`,
    next_service a `service`; transfer and next_service may have a `note`."""

    reason: str = ""
    service: str = ""
    counter: str = ""
    note: str = ""


def counter_command(session: Session, verb: CounterVerb, reason: str) -> CounterCommand:
    """Open, pause or close the counter of a session."""
    counter, staff = session.counter, session.staff
    match verb:
        case "open":
            return OpenCounter(counter=counter, staff=staff)
        case "pause":
            return PauseCounter(counter=counter, staff=staff, reason=reason)
        case "close":
            return CloseCounter(counter=counter, staff=staff)


_COMMANDS: dict[TicketVerb, Callable[..., CounterCommand]] = {
    "call": CallTicket,
    "recall": Recall,
    "serve": Serve,
    "hold": Hold,
    "put_back": PutBack,
    "transfer": Transfer,
    "next_service": NextService,
    "no_show": MarkNoShow,
    "come_back": ComeBack,
    "complete": Complete,
}


def ticket_command(
    session: Session, verb: TicketVerb, ticket_id: int, more: Particulars
) -> CounterCommand:
    """One of the verbs to a ticket, at the counter of a session."""
    needs: dict[str, str] = {}
    match verb:
        case "hold":
            needs = {"reason": more.reason}
        case "transfer":
            needs = {
                "to_service": more.service,
                "to_counter": more.counter,
                "note": more.note,
            }
        case "next_service":
            needs = {"service": more.service, "note": more.note}
    return _COMMANDS[verb](
        ticket_id=ticket_id, counter=session.counter, staff=session.staff, **needs
    )
