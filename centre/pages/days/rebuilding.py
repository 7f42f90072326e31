"""Tickets, their steps and answers, made again from events. Pure.

An event holds a ticket as a verb left it (kiosk.store writes it so), not the step: what the step
needs is in the ticket before and after. Several kiosks of a site may tell of one ticket (issued
here, taken over by the leader): its token says that it is one. What cannot be read is passed over
and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from kiosk.feedback.answer import Answer, kept_words
from kiosk.queueing.history import Step
from kiosk.queueing.ticket import VERBS, Ticket, Verb

VERB_KINDS: dict[str, Verb] = {f"ticket_{verb}": verb for verb in VERBS}
BEGINNINGS = frozenset({"ticket_issued", "ticket_taken_over", "ticket_restored"})
TICKET_KINDS = BEGINNINGS | VERB_KINDS.keys()
ANSWER_KIND = "feedback_given"
LONGEST_CODE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event as it is kept; `body` is its JSON."""

    site: str
    device: str
    epoch: str
    seq: int
    kind: str
    at: datetime
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Tickets with ids of our own, and their steps in the order in which they were."""

    tickets: Sequence[Ticket]
    steps: Sequence[Step]
    unread: int = 0

    def by_day(self) -> dict[str, Visits]:
        """Those of each business day, in the days' order."""
        tickets: dict[str, list[Ticket]] = {}
        for ticket in self.tickets:
            tickets.setdefault(ticket.business_day, []).append(ticket)
        steps: dict[str, list[Step]] = {}
        for step in self.steps:
            steps.setdefault(step.business_day, []).append(step)
        return {
            day: Visits(tickets=tickets[day], steps=steps.get(day, [])) for day in sorted(tickets)
        }


@dataclass(frozen=True, slots=True)
class Given:
    """An answer and which event it was."""

    answer: Answer
    told: Told


_ticket = msgspec.json.Decoder(Ticket)
_answer = msgspec.json.Decoder(Answer)


def visits_of(events: Iterable[Told], first_day: str, last_day: str) -> Visits:
    """The tickets of these business days, both included, with their steps."""
    known: dict[str, Ticket] = {}
    numbers: dict[str, int] = {}
    steps: list[Step] = []
    unread = 0
    for told in sorted(events, key=lambda one: (one.at, one.device, one.seq)):
        try:
            ticket = _ticket.decode(told.body)
            datetime.fromisoformat(ticket.issued_at)
        except ValueError:  # msgspec's own errors are some
            unread += 1
            continue
        if not first_day <= ticket.business_day <= last_day:
            continue
        key = ticket.token or ticket.request_id or f"{told.device}\n{ticket.id}"
        before = known.get(key)
        verb = VERB_KINDS.get(told.kind)
        if verb is None and before is not None:
            continue  # told by two kiosks, or restored
        known[key] = ticket
        number = numbers.setdefault(key, len(numbers) + 1)
        if verb is not None:
            steps.append(_step(number, ticket, before or ticket, verb, told.at))
    tickets = [replace(ticket, id=numbers[key]) for key, ticket in known.items()]
    return Visits(tickets=tickets, steps=steps, unread=unread)


def _step(number: int, after: Ticket, before: Ticket, verb: Verb, at: datetime) -> Step:
    return Step(
        ticket_id=number,
        business_day=after.business_day,
        at=at.isoformat(),
        verb=verb,
        service=before.service[:LONGEST_CODE],
        counter=(after.counter or before.counter)[:LONGEST_CODE],
        to_service=after.service if after.service != before.service else "",
    )


def answers_of(events: Iterable[Told], first_day: str, last_day: str) -> list[Given]:
    """The answers of these business days, both included, in the order in which they came. Words
    are cleaned once more: a kiosk does it, and a device need not be one."""
    found: dict[str, Given] = {}
    for told in sorted(events, key=lambda one: (one.at, one.device, one.seq)):
        try:
            answer = _answer.decode(told.body)
        except ValueError:
            continue
        if first_day <= answer.business_day <= last_day:
            found.setdefault(answer.request_id, Given(_tidied(answer), told))
    return list(found.values())


def _tidied(answer: Answer) -> Answer:
    return replace(
        answer,
        words=kept_words(answer.words),
        survey=answer.survey[:LONGEST_CODE],
        question=answer.question[:LONGEST_CODE],
        service=answer.service[:LONGEST_CODE],
        counter=answer.counter[:LONGEST_CODE],
        reasons=tuple(one[:LONGEST_CODE] for one in answer.reasons[:8]),
    )
