"""What the board shows, which is what everybody in the hall may know: no reason, note or staff."""

from __future__ import annotations

from kiosk.words import (
    Call,
    Closing,
    CounterCondition,
    HallState,
    Notice,
    ServiceClosing,
    ServiceWaiting,
)
from kiosk.words.root import Word


class BoardCounter(Word, frozen=True, kw_only=True):
    """A counter and the number that is there, if any. `called` until they have come."""

    number: str
    place_vi: str
    place_en: str
    state: CounterCondition
    ticket: str = ""
    called: bool = False


class BoardState(Word, frozen=True, kw_only=True):
    """The whole board. `calls` are the last ones, newest first, each number once; `near` are the
    numbers that come next, `closed_services` those that have closed before the house. `stale`:
    the kiosk that leads the site, whose hall this is, does not answer this one."""

    now: str
    business_day: str
    calls: tuple[Call, ...]
    counters: tuple[BoardCounter, ...]
    waiting: tuple[ServiceWaiting, ...]
    notices: tuple[Notice, ...]
    near: tuple[str, ...] = ()
    closed_services: tuple[ServiceClosing, ...] = ()
    closing: Closing | None = None
    stale: bool = False


def board_state(hall: HallState) -> BoardState:
    """The board of a hall."""
    return BoardState(
        now=hall.now,
        business_day=hall.business_day,
        calls=hall.calls,
        counters=tuple(
            BoardCounter(
                number=one.number,
                place_vi=one.place_vi,
                place_en=one.place_en,
                state=one.state,
                ticket=one.ticket.number if one.ticket else "",
                called=one.ticket is not None and one.ticket.state == "called",
            )
            for one in hall.counters
        ),
        waiting=hall.waiting,
        notices=hall.notices,
        near=hall.near,
        closed_services=hall.closed_services,
        closing=hall.closing,
        stale=hall.stale,
    )
