"""The day in figures, from the tickets and what happened to them. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean, median
from typing import Literal

from kiosk.queueing.history import Step
from kiosk.queueing.hours import HANOI
from kiosk.queueing.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How long things took, in seconds; all 0 where there were none."""

    count: int = 0
    mean_s: float = 0.0
    median_s: float = 0.0
    p90_s: float = 0.0
    longest_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What became of some tickets. `waits` reach from joining the queue to the call that led to
    being served; `services` from there to the end."""

    issued: int = 0
    served: int = 0
    no_shows: int = 0
    cancelled: int = 0
    expired: int = 0
    waits: Spread = Spread()
    services: Spread = Spread()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The tally of one service (its code), counter (its number) or hour ("07" to "17")."""

    key: str
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """How many numbers expired for one reason, a note of kiosk.queueing.closing."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReport:
    """A business day. A line stands for every service and counter that had anything to do, and
    for every hour between the first and the last that had; `left_over` for every reason."""

    business_day: str
    whole: Tally
    by_service: tuple[Line, ...]
    by_counter: tuple[Line, ...]
    by_hour: tuple[Line, ...]
    left_over: tuple[LeftOver, ...] = ()


def day_report(business_day: str, tickets: Iterable[Ticket], steps: Iterable[Step]) -> DayReport:
    """The report of a day: of all its tickets, and their steps in the order in which they were."""
    by_ticket: dict[int, list[Step]] = {}
    reasons: Counter[str] = Counter()
    for step in steps:
        if step.verb == "expire":
            reasons[step.note] += 1
        by_ticket.setdefault(step.ticket_id, []).append(step)
    marks = [mark for ticket in tickets for mark in _marks(ticket, by_ticket.get(ticket.id, []))]
    hours: dict[int, list[_Mark]] = {}
    for mark in marks:
        hours.setdefault(mark.hour, []).append(mark)
    return DayReport(
        business_day=business_day,
        whole=_tally(marks),
        by_service=_lines(marks, lambda mark: mark.service),
        by_counter=_lines(marks, lambda mark: mark.counter),
        by_hour=tuple(
            Line(key=f"{hour:02}", tally=_tally(hours.get(hour, ())))
            for hour in range(min(hours), max(hours) + 1)
        )
        if hours
        else (),
        left_over=tuple(LeftOver(reason=why, count=reasons[why]) for why in sorted(reasons)),
    )


def staff_tally(staff: str, tickets: Iterable[Ticket], steps: Sequence[Step]) -> Tally:
    """What one member of staff did: whom they served, how long it took, who did not come."""
    own = {step.ticket_id for step in steps if step.staff == staff}
    marks: list[_Mark] = []
    for ticket in tickets:
        if ticket.id in own:
            marks += _marks(ticket, [step for step in steps if step.ticket_id == ticket.id])
    return _tally(mark for mark in marks if mark.staff == staff)


_What = Literal["issued", "served", "no_show", "cancelled", "expired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """One thing that counts, where and when; `wait_s` and `service_s` for who was served."""

    what: _What
    service: str
    at: str
    counter: str = ""
    staff: str = ""
    wait_s: float = 0.0
    service_s: float = 0.0

    @property
    def hour(self) -> int:
        """The hour of the day in Hanoi, from 0."""
        return _moment(self.at).astimezone(HANOI).hour


def _marks(ticket: Ticket, steps: Sequence[Step]) -> list[_Mark]:
    first = steps[0].service if steps else ticket.service
    marks = [_Mark(what="issued", service=first, at=ticket.issued_at)]
    joined, called, served = ticket.issued_at, "", ""
    for step in steps:
        match step.verb:
            case "call":
                called = step.at
            case "serve":
                served = served or step.at
            case "next_service" | "complete":
                marks.append(_served(step, joined, called, served))
                joined, served = step.at, ""
            case "come_back":
                joined = step.at
            case "put_back" | "transfer":
                served = ""
            case "no_show" | "cancel" | "expire":
                marks.append(_ended(step))
    return marks if steps else [*marks, *_unwritten(ticket)]


def _served(step: Step, joined: str, called: str, served: str) -> _Mark:
    begun = served or called or step.at
    return _Mark(
        what="served",
        service=step.service,
        at=called or begun,
        counter=step.counter,
        staff=step.staff,
        wait_s=_seconds(joined, called or begun),
        service_s=_seconds(begun, step.at),
    )


_ENDED: dict[str, _What] = {"no_show": "no_show", "cancel": "cancelled", "expire": "expired"}


def _ended(step: Step) -> _Mark:
    return _Mark(
        what=_ENDED[step.verb],
        service=step.service,
        at=step.at,
        counter=step.counter,
        staff=step.staff,
    )


def _unwritten(ticket: Ticket) -> Iterator[_Mark]:
    """What a ticket tells itself, from before its steps were kept, or after they went."""
    if ticket.state == "done" and ticket.ended_at:
        begun = ticket.served_at or ticket.called_at or ticket.ended_at
        yield _Mark(
            what="served",
            service=ticket.service,
            at=ticket.called_at or begun,
            counter=ticket.counter,
            wait_s=_seconds(ticket.issued_at, ticket.called_at or begun),
            service_s=_seconds(begun, ticket.ended_at),
        )
    elif ticket.state in ("no_show", "cancelled", "expired"):
        yield _Mark(
            what=ticket.state,
            service=ticket.service,
            at=ticket.ended_at or ticket.issued_at,
            counter=ticket.counter,
        )


def _lines(marks: Sequence[_Mark], key: Callable[[_Mark], str]) -> tuple[Line, ...]:
    keys = sorted({key(mark) for mark in marks} - {""}, key=lambda name: (len(name), name))
    return tuple(
        Line(key=name, tally=_tally(mark for mark in marks if key(mark) == name)) for name in keys
    )


def _tally(marks: Iterable[_Mark]) -> Tally:
    marks = list(marks)
    counts = Counter(mark.what for mark in marks)
    served = [mark for mark in marks if mark.what == "served"]
    return Tally(
        issued=counts["issued"],
        served=counts["served"],
        no_shows=counts["no_show"],
        cancelled=counts["cancelled"],
        expired=counts["expired"],
        waits=spread([mark.wait_s for mark in served]),
        services=spread([mark.service_s for mark in served]),
    )


def spread(seconds: Sequence[float]) -> Spread:
    """How these times are spread; the 90th percentile by the nearest rank."""
    if not seconds:
        return Spread()
    ordered = sorted(seconds)
    return Spread(
        count=len(ordered),
        mean_s=fmean(ordered),
        median_s=median(ordered),
        p90_s=ordered[math.ceil(0.9 * len(ordered)) - 1],
        longest_s=ordered[-1],
    )


def _seconds(begun: str, ended: str) -> float:
    return max(0.0, (_moment(ended) - _moment(begun)).total_seconds())


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
