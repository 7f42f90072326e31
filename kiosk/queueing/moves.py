"""How each verb changes a ticket. Whether it may is asked of `next_state` first. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from kiosk.queueing.history import Move, Step
from kiosk.queueing.reason import Reason
from kiosk.queueing.ticket import State, Ticket, Verb, next_state

_ENDS: frozenset[State] = frozenset({"done", "cancelled", "no_show", "expired"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Who does what, when and where. Only transfer and next_service look at `to_service` and
    `to_counter`; `in_time` says of come_back that they are not too late to be next. `queues_at` is
    since when they wait who queue anew, where that is not `at`."""

    verb: Verb
    at: str
    counter: str = ""
    staff: str = ""
    to_service: str = ""
    to_counter: str = ""
    in_time: bool = False
    reason: Reason | None = None
    note: str = ""
    queues_at: str = ""


def move(ticket: Ticket, deed: Deed) -> Move | None:
    """The ticket after the deed, with the step to keep; None where its state does not allow it."""
    state = next_state(ticket.state, deed.verb)
    if state is None:
        return None
    step = Step(
        ticket_id=ticket.id,
        business_day=ticket.business_day,
        at=deed.at,
        verb=deed.verb,
        service=ticket.service,
        counter=deed.counter or ticket.counter,
        staff=deed.staff,
        to_service=deed.to_service,
        reason=deed.reason,
        note=deed.note,
    )
    changed = replace(ticket, state=state, **_changes(ticket, deed, state))
    return Move(ticket=changed, before=ticket.state, step=step)


def _changes(ticket: Ticket, deed: Deed, state: State) -> dict[str, Any]:
    if state == "waiting":
        return _back_to_a_queue(ticket, deed)
    there = {"counter": deed.counter or ticket.counter}
    if deed.verb in ("call", "recall"):
        return {**there, "called_at": deed.at, "calls": ticket.calls + 1, "ended_at": ""}
    if deed.verb == "serve":
        return {**there, "served_at": ticket.served_at or deed.at}
    return {**there, "ended_at": deed.at} if state in _ENDS else there


def _back_to_a_queue(ticket: Ticket, deed: Deed) -> dict[str, Any]:
    """At no counter, and not called yet as far as no-shows are concerned.

    A transfer keeps the place by the time waited. Who was served here and goes on to another
    service queues there from now: a booking was for the first alone. A no-show who comes back in
    time is next, once; else at the end, and no booking puts them before others any more.
    """
    back = {"counter": "", "served_at": "", "ended_at": "", "calls": 0}
    queued_at = deed.queues_at or deed.at
    anew = {**back, "queued_at": queued_at, "booked_at": "", "registered_at": ""}
    match deed.verb:
        case "transfer":
            service = deed.to_service or ticket.service
            return {**back, "service": service, "at_counter": deed.to_counter, "late_at": ""}
        case "next_service":
            return {**anew, "service": deed.to_service, "at_counter": "", "late_at": ""}
        case "come_back":
            in_time = deed.in_time and not ticket.late_at
            late_at = max(deed.at, ticket.called_at)  # the clock may have been set back
            return {**back, "late_at": late_at} if in_time else anew
        case _:
            return back
