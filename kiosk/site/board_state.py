"""What the board shows, which is what everybody in the hall may know: no reason, note or staff."""

from __future__ import annotations

from kiosk.words import Call, Closing, CounterCondition, HallState, Notice, ServiceWaiting
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
    """The whole board. `calls` are the last ones, newest first, each number once."""

    now: str
    business_day: str
    calls: tuple[Call, ...]
    counters: tuple[BoardCounter, ...]
    waiting: tuple[ServiceWaiting, ...]
    notices: tuple[Notice, ...]
    closing: Closing | None = None


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
        closing=hall.closing,
    )
