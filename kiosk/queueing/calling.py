"""Who is next, and why. Pure.

Of those whom a counter may call, in this order:

    late       a no-show who came back in time, once
    guard      who has waited longer than anybody should, every second call at most, so that in a
               hall that is always late the other orders still count
    the rule   favoured numbers (bookings whose time has come, by their registration; then the
               classes in their order) and ordinary ones by the fair ratio; each by their time

The ratio and the guard go on from the counter's own last calls: two counters that call in turn
cannot take each other's turns away.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from kiosk.queueing.priority import BOOKED, PriorityRule, Ratio
from kiosk.queueing.reason import Reason, Why
from kiosk.queueing.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class CallingRule:
    """The rule of the hall: see config.toml [hall] and [queue]."""

    priority: PriorityRule = field(default_factory=PriorityRule)
    longest_wait: timedelta = timedelta(minutes=60)
    late_places: int = 3
    no_show_calls: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One of a counter's last calls: whom it favoured, and whether the guard had its say."""

    favoured: bool
    guard: bool = False


def may_call(ticket: Ticket, counter: str, services: Collection[str]) -> bool:
    """Whether this counter may call the ticket: sent to it, or for one of its services."""
    if ticket.state != "waiting":
        return False
    return ticket.at_counter == counter if ticket.at_counter else ticket.service in services


def is_late(ticket: Ticket) -> bool:
    """Whether the ticket came back in time and was not called since."""
    return bool(ticket.late_at) and ticket.late_at >= ticket.called_at


def kind_of(ticket: Ticket, now: datetime) -> str:
    """By what it is ranked: BOOKED once the booking's time has come, else its class or ""."""
    if ticket.booked_at and datetime.fromisoformat(ticket.booked_at) <= now:
        return BOOKED
    return ticket.priority


def turn_of(reason: Reason) -> Turn | None:
    """How a call counts in its counter's order; None for one that had its turn before."""
    if reason.why == "late":
        return None
    return Turn(favoured=bool(reason.priority or reason.at), guard=reason.why == "guard")


def reason_to_name(ticket: Ticket, rule: PriorityRule, now: datetime) -> Reason:
    """The reason of a call that a clerk chose: it counts as the turn of its kind all the same."""
    return _ranked(Reason(why="named", minutes=_minutes(ticket, now)), ticket, rule, now)


def calling_order(
    waiting: Iterable[Ticket], rule: CallingRule, recent: Sequence[Turn], now: datetime
) -> Iterator[tuple[Ticket, Reason]]:
    """All who wait, each with the reason for which they would be called if nobody else came."""
    queues = _Queues(waiting, rule.priority, now)
    ratio = Ratio(rule.priority.ratio, (turn.favoured for turn in recent))
    may_guard = not (recent and recent[-1].guard)
    while (longest := queues.first("longest")) is not None:
        if (late := queues.first("late")) is not None:
            queues.remove(late)
            yield late, Reason(why="late", of=rule.late_places, minutes=_minutes(late, now))
            continue
        ticket, reason = _by_rule(queues, ratio, now)
        is_overdue = now - _joined(longest) >= rule.longest_wait
        if may_guard and is_overdue and longest is not ticket:
            ticket, reason = longest, Reason(why="guard", minutes=_minutes(longest, now))
        may_guard = reason.why != "guard"
        reason = _ranked(reason, ticket, rule.priority, now)
        ratio.took(priority=bool(reason.priority or reason.at))
        queues.remove(ticket)
        yield ticket, reason


class _Queues:
    """Those who wait, each in one of three queues and all in the fourth, by their waiting."""

    def __init__(self, waiting: Iterable[Ticket], rule: PriorityRule, now: datetime) -> None:
        by_time = sorted(waiting, key=_since)
        self._gone: set[int] = set()
        late: list[Ticket] = []
        ordinary: list[Ticket] = []
        favoured: list[tuple[int, str, int, Ticket]] = []
        for one in by_time:
            kind = kind_of(one, now)
            rank = rule.rank(kind) if kind else None
            if one.late_at and is_late(one):
                late.append(one)
            elif rank is None:
                ordinary.append(one)
            else:
                since = one.registered_at if kind == BOOKED else one.waits_since
                favoured.append((rank, since, one.id, one))
        self._queues = {
            "longest": deque(by_time),
            "late": deque(sorted(late, key=lambda one: one.late_at)),
            "favoured": deque(one for *_, one in sorted(favoured, key=lambda place: place[:3])),
            "ordinary": deque(ordinary),
        }

    def first(self, name: str) -> Ticket | None:
        """The head of a queue."""
        queue = self._queues[name]
        while queue and queue[0].id in self._gone:
            queue.popleft()
        return queue[0] if queue else None

    def remove(self, ticket: Ticket) -> None:
        """It was called."""
        self._gone.add(ticket.id)


def _by_rule(queues: _Queues, ratio: Ratio, now: datetime) -> tuple[Ticket, Reason]:
    """Whom the ratio takes of those who are not late, and why."""
    favoured, ordinary = queues.first("favoured"), queues.first("ordinary")
    if favoured is not None and (ordinary is None or ratio.is_priority):
        if kind_of(favoured, now) == BOOKED:
            return favoured, Reason(why="booked", minutes=_minutes(favoured, now))
        count, of = ratio.place(priority=True)
        reason = Reason(why="priority", count=count, of=of, minutes=_minutes(favoured, now))
        return favoured, reason
    assert ordinary is not None, "whoever is not late is favoured or ordinary"
    minutes = _minutes(ordinary, now)
    if favoured is not None:
        count, of = ratio.place(priority=False)
        return ordinary, Reason(why="ordinary_turn", count=count, of=of, minutes=minutes)
    why: Why = "sent_here" if ordinary.at_counter else "longest_wait"
    return ordinary, Reason(why=why, minutes=minutes)


def _ranked(reason: Reason, ticket: Ticket, rule: PriorityRule, now: datetime) -> Reason:
    """The reason with what favours the ticket now: its booking's time, or else its class."""
    kind = kind_of(ticket, now)
    if kind == BOOKED:
        return replace(reason, at=ticket.booked_at)
    return replace(reason, priority=kind) if rule.rank(kind) is not None else reason


def _since(ticket: Ticket) -> tuple[str, int]:
    return ticket.waits_since, ticket.id


def _joined(ticket: Ticket) -> datetime:
    return datetime.fromisoformat(ticket.waits_since)


def _minutes(ticket: Ticket, now: datetime) -> int:
    return max(0, int((now - _joined(ticket)).total_seconds() // 60))
