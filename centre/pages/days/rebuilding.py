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

    def of_day(self, business_day: str) -> Visits:
        """Those of one business day."""
        tickets = [one for one in self.tickets if one.business_day == business_day]
        ids = {one.id for one in tickets}
        return Visits(tickets=tickets, steps=[one for one in self.steps if one.ticket_id in ids])


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
        number = before.id if before else len(known) + 1
        verb = VERB_KINDS.get(told.kind)
        if verb is None and before is not None:
            continue  # told by two kiosks, or restored
        known[key] = replace(ticket, id=number)
        if verb is not None:
            steps.append(_step(known[key], before or ticket, verb, told.at))
    return Visits(tickets=list(known.values()), steps=steps, unread=unread)


def _step(after: Ticket, before: Ticket, verb: Verb, at: datetime) -> Step:
    return Step(
        ticket_id=after.id,
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
