"""Words of the hall: all that is called and waits, one place in it, the day and its report."""

from __future__ import annotations

from typing import Literal

from kiosk.queueing.report import DayReport, Tally
from kiosk.queueing.ticket import State
from kiosk.words.counters import Call, CounterState, HallTicket
from kiosk.words.root import Command, Event, Language, Word
from kiosk.words.staff import StaffCall


class ServiceWaiting(Word, frozen=True, kw_only=True):
    """How many wait for a service, and since when the one who waits longest does ("" for none)."""

    service: str
    name_vi: str
    name_en: str
    series: str
    waiting: int
    longest_since: str = ""
    estimate_minutes: int | None = None


class MissingSlip(Word, frozen=True, kw_only=True):
    """A number whose slip is not on paper, or perhaps not: who asks for it is believed."""

    ticket_id: int
    number: str
    service: str
    state: Literal["refused", "unknown"]
    reason: str
    issued_at: str


class Notice(Word, frozen=True, kw_only=True):
    """A line for the board, of config.toml [[notice]]."""

    text_vi: str
    text_en: str = ""


class Closing(Word, frozen=True, kw_only=True):
    """The house gives no numbers any more today. `why`: by hand, or because the hours are over.

    `at` (ISO 8601) is when those who still waited expired, or will; `over` that they have.
    """

    why: Literal["by_hand", "after_hours"]
    at: str
    over: bool = True


class ServiceClosing(Word, frozen=True, kw_only=True):
    """A service whose day has ended before the house's, as far as it concerns anybody.

    `at` (ISO 8601) is until when those who wait for it are served; `over` that their numbers
    have expired.
    """

    service: str
    name_vi: str
    name_en: str
    at: str
    over: bool = False


class HallState(Word, frozen=True, kw_only=True):
    """All that a console or a board needs to draw itself after any reconnect.

    `calls` are the last ones, newest first, at most 12, each number once; those still awaited at a
    counter are in `counters` too. `on_hold` and `no_shows` are today's who may still come.
    `closing` is None as long as the day goes on; `by_hand` tells that a manager opened it.
    `expired` numbers did so today. `near` are the numbers that come next at the open counters;
    `closed_services` those that have closed before the house. `stale` at a kiosk that follows: its
    leader, whose hall this is, does not answer.
    """

    now: str
    business_day: str
    counters: tuple[CounterState, ...]
    calls: tuple[Call, ...]
    waiting: tuple[ServiceWaiting, ...]
    on_hold: tuple[HallTicket, ...] = ()
    no_shows: tuple[HallTicket, ...] = ()
    staff_calls: tuple[StaffCall, ...] = ()
    missing_slips: tuple[MissingSlip, ...] = ()
    notices: tuple[Notice, ...] = ()
    near: tuple[str, ...] = ()
    closed_services: tuple[ServiceClosing, ...] = ()
    closing: Closing | None = None
    by_hand: bool = False
    expired: int = 0
    stale: bool = False


class AskHall(Command, frozen=True, kw_only=True, tag="ask_hall"):
    """The whole HallState. -> HallResult"""


class AskQueue(Command, frozen=True, kw_only=True, tag="ask_queue"):
    """Who waits for a counter (empty: for any), in the order in which they would be called if
    nobody else came; no more than `limit`. -> QueueResult"""

    counter: str = ""
    limit: int = 30


class AskPlace(Command, frozen=True, kw_only=True, tag="ask_place"):
    """Where the ticket of a slip's token stands. -> PlaceResult; unknown_ticket for a token that
    is not one of today's."""

    token: str


class AskDay(Command, frozen=True, kw_only=True, tag="ask_day"):
    """The report of a business day (ISO date; empty: today). -> DayResult"""

    business_day: str = ""


class AskMyDay(Command, frozen=True, kw_only=True, tag="ask_my_day"):
    """What one member of staff did today. -> TallyResult"""

    staff: str


class CloseDay(Command, frozen=True, kw_only=True, tag="close_day"):
    """The house closes for today: counters close, who is served is done, every number that is
    left over expires with the reason "closing", and no number is given until OpenDay or the next
    day. -> HallResult"""

    staff: str


class OpenDay(Command, frozen=True, kw_only=True, tag="open_day"):
    """The house is open again after CloseDay; or, outside its hours, open until CloseDay or
    midnight. What has expired stays so. -> HallResult"""

    staff: str


class HallResult(Word, frozen=True, kw_only=True, tag="hall"):
    """The hall as it is now."""

    hall: HallState


class QueueResult(Word, frozen=True, kw_only=True, tag="queue"):
    """Who waits, next first, each with the reason for which they would be called."""

    tickets: tuple[HallTicket, ...]


class PlaceResult(Word, frozen=True, kw_only=True, tag="place"):
    """One's own ticket: no name, no note. `ahead` and `estimate_minutes` while it waits.

    `served_until` (ISO 8601) while it waits and its service gives no numbers any more;
    `house_open` tells whether the house itself still goes on.
    """

    number: str
    service_vi: str
    service_en: str
    state: State
    counter: str
    language: Language = "vi"
    ahead: int = 0
    estimate_minutes: int | None = None
    served_until: str = ""
    house_open: bool = True


class DayResult(Word, frozen=True, kw_only=True, tag="day"):
    """A day in figures."""

    report: DayReport


class TallyResult(Word, frozen=True, kw_only=True, tag="tally"):
    """One's own day in figures."""

    tally: Tally


class HallChanged(Event, frozen=True, kw_only=True, tag="hall_changed"):
    """The whole new state for consoles and boards."""

    hall: HallState
