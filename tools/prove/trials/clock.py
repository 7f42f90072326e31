"""The wall clock is set wrong under a working kiosk, by minutes or by decades, and set right."""

from __future__ import annotations

import contextlib
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.errors import CommandRefused
from kiosk.link.client import LinkClient
from kiosk.pins import hash_pin
from kiosk.queueing.hours import HANOI
from kiosk.store.database import looking
from kiosk.words import (
    AskState,
    CallNext,
    CallResult,
    Complete,
    IssueTicket,
    KeepStaff,
    OpenCounter,
    Serve,
    StateResult,
    TicketResult,
)
from tools.campaigns.kiosk_site import KioskProcess
from tools.prove.moved_clock import MovedClock
from tools.prove.trial import Curve, Record, Row, Trial, Verdict

VISITS = 12  # before, while and after the clock is wrong
CALLS = 4
LASTS_S = 601.0  # longer than a leap is doubted
TOLD_S = 20.0
SLIP_OFF_S = 90.0  # a core that begins in doubt knows the time to a minute
STAFF = "lan"
COUNTERS = {"civil-status": "1", "residence": "3"}  # each calls for one service alone
_DAY = '["07:30-17:00"]'
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
KEYS = {
    "enabled": "false",
    "serve": "false",
    "always_open": "false",
    "public_holidays": "false",
} | dict.fromkeys(WEEKDAYS, _DAY)


@dataclass(frozen=True, slots=True)
class Leap:
    """How the clock goes wrong, between these hours of the day; `to` gives what it then says.

    `doubted`: it must not be believed. `at_start`: a core that is killed finds it so when it is
    back. `stays`: for more than ten minutes, until it is believed.
    """

    name: str
    hours: tuple[float, float]
    to: Callable[[random.Random, datetime], datetime]
    doubted: bool = False
    at_start: bool = False
    stays: bool = False


def _by(least: timedelta, most: timedelta) -> Callable[[random.Random, datetime], datetime]:
    return lambda dice, now: now + least + dice.random() * (most - least)


def _at(year: int) -> Callable[[random.Random, datetime], datetime]:
    """The first moment of time, or the last of 32 bits, and what comes after."""
    begin = datetime.fromtimestamp(0 if year == 1970 else 2**31 - 5, HANOI)
    return lambda dice, _: begin + timedelta(seconds=dice.uniform(0, 3600))


_MINUTE, _HOUR, _DAYS = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LEAPS = (
    Leap("minutes back", (9, 15), _by(-2 * _MINUTE, -50 * _MINUTE)),
    Leap("hours back", (13, 16), _by(-_HOUR, -5 * _HOUR)),
    Leap("days back", (9, 15), _by(-_DAYS, -40 * _DAYS), doubted=True),
    Leap("minutes ahead", (9, 15), _by(2 * _MINUTE, 50 * _MINUTE)),
    Leap("hours ahead", (8, 11), _by(_HOUR, 5 * _HOUR)),
    Leap("past the day's end", (9, 12), _by(9 * _HOUR, 11 * _HOUR)),
    Leap("past midnight", (9, 12), _by(15.5 * _HOUR, 19.5 * _HOUR), doubted=True),
    Leap("to 1970", (9, 15), _at(1970), doubted=True),
    Leap("to 2038", (9, 15), _at(2038), doubted=True),
    Leap("in 1970 at its start", (9, 15), _at(1970), doubted=True, at_start=True),
    Leap("in 2038 at its start", (9, 15), _at(2038), doubted=True, at_start=True),
    Leap("to 2038 for good", (9, 15), _at(2038), doubted=True, stays=True),
)
"""The last one of them leaves a kiosk that is in 2038 for years: then another one begins."""
ROUNDS = 5 * len(LEAPS)


@dataclass
class _Seen:
    """What citizens and clerks of one round saw."""

    promised: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    called: dict[str, list[str]] = field(default_factory=dict)
    days: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    slip_off_s: float = 0.0
    wrong_date: int = 0
    longest_ms: float = 0.0


class _House:
    """A core whose clocks we move, its citizens and its clerks."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.clock = MovedClock(folder / "clock")
        self.core = KioskProcess(folder, KEYS, program=self.clock.program)
        self.core.start()
        self._client: LinkClient | None = None
        staff = KeepStaff(code=STAFF, name="Lan", role="clerk", pin_hash=hash_pin("4071"))
        self.client.ask(staff)

    @property
    def client(self) -> LinkClient:
        """A face of it."""
        if self._client is None:
            self._client = self.core.client("screen")
        return self._client

    def die_and_find(self, wrong: timedelta) -> None:
        """kill -9; it begins again while the clock is wrong."""
        self.hang_up()
        self.core.send(signal.SIGKILL)
        self.clock.set_wrong(wrong)
        self.core.start()

    def visits(self, seen: _Seen, name: str) -> None:
        """So many citizens, one after the other, half of them for each service."""
        for number in range(VISITS):
            service = tuple(COUNTERS)[number % len(COUNTERS)]
            request = f"{name}-{number:04}"
            begun = time.perf_counter()
            try:
                result = self.client.ask(IssueTicket(request_id=request, service=service))
            except CommandRefused as error:
                seen.refused[error.code] += 1
                continue
            finally:
                seen.longest_ms = max(seen.longest_ms, 1000 * (time.perf_counter() - begun))
            assert isinstance(result, TicketResult)
            ticket = result.card.ticket
            on_slip = datetime.fromisoformat(ticket.issued_at).astimezone(HANOI)
            off_s = abs((on_slip - self.clock.now()).total_seconds())
            seen.slip_off_s = max(seen.slip_off_s, off_s)
            seen.wrong_date += on_slip.date().isoformat() != ticket.business_day
            seen.days.append(ticket.business_day)
            kept = (request, ticket.business_day, ticket.number)
            seen.promised.setdefault(service, []).append(kept)

    def calls(self, seen: _Seen, most: int = 10**6) -> None:
        """Both counters call, serve and complete; `most` of them at each."""
        for service, counter in COUNTERS.items():
            self.client.ask(OpenCounter(counter=counter, staff=STAFF))
            for _ in range(most):
                number = self._call(counter)
                if not number:
                    break
                seen.called.setdefault(service, []).append(number)
        self.client.events.clear()

    def _call(self, counter: str) -> str:
        try:
            called = self.client.ask(CallNext(counter=counter, staff=STAFF))
        except CommandRefused as error:
            if error.code != "nobody_waiting":
                raise
            return ""
        assert isinstance(called, CallResult)
        told = {"ticket_id": called.ticket.id, "counter": counter, "staff": STAFF}
        self.client.ask(Serve(**told))
        self.client.ask(Complete(**told))
        return called.ticket.number

    def is_told(self, state: str) -> bool:
        """Whether faces hear soon that the clock is so."""
        ends = time.monotonic() + TOLD_S
        while time.monotonic() < ends:
            result = self.client.ask(AskState())
            assert isinstance(result, StateResult)
            clock = next((one for one in result.state.devices if one.name == "clock"), None)
            if clock is not None and clock.state == state:
                return True
            time.sleep(0.1)
        return False

    def kept(self) -> tuple[dict[str, tuple[str, str, str]], int]:
        """Day, number and state by request; and how many numbers of a day were given twice."""
        with looking(self.core.data.database) as connection:
            rows = connection.execute(
                "SELECT request_id, business_day, number, state FROM ticket"
            ).fetchall()
        doubled = len(rows) - len({(day, number) for _, day, number, _ in rows})
        return {request: (day, number, state) for request, day, number, state in rows}, doubled

    def hang_up(self) -> None:
        """The face goes."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def close(self) -> None:
        """End of the core."""
        self.hang_up()
        self.core.end()
        self.clock.close()


def play(folder: Path, first: int, last: int) -> Iterator[Record]:
    """A core for each turn of all leaps, a day for each of them."""
    turn = len(LEAPS)
    for life in range(first // turn, -(-last // turn)):
        with contextlib.closing(_House(folder / f"life{life}")) as house:
            for number in range(max(first, life * turn), min(last, (life + 1) * turn)):
                yield _round(house, number)


def _round(house: _House, number: int) -> Record:
    leap, dice = LEAPS[number % len(LEAPS)], random.Random(number)
    seen = _Seen()
    midnight = house.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    house.clock.go_to(midnight + _DAYS + dice.uniform(*leap.hours) * _HOUR)
    house.visits(seen, f"round{number}-before")
    house.calls(seen, CALLS)
    refused, seen.slip_off_s = Counter(seen.refused), 0.0
    now = house.clock.now()
    wrong = leap.to(dice, now) - now
    if leap.at_start:
        house.die_and_find(wrong)
    else:
        house.clock.set_wrong(wrong)
    house.visits(seen, f"round{number}-wrong")
    house.calls(seen, CALLS)
    told = house.is_told("unavailable" if leap.doubted else "ready")
    off_s, refused_then = seen.slip_off_s, seen.refused - refused
    if leap.stays:
        house.clock.pass_by(timedelta(seconds=LASTS_S))
        told = house.is_told("ready") and told
        house.visits(seen, f"round{number}-there")
        house.calls(seen, CALLS)
    house.clock.set_wrong(timedelta())
    house.visits(seen, f"round{number}-after")
    house.calls(seen)
    right = house.is_told("unavailable" if leap.stays else "ready")
    return _record(house, leap, seen) | {
        "round": number,
        "leap": leap.name,
        "by_s": round(wrong.total_seconds()),
        "told": told,
        "told_right": right,
        "slip_off_s": round(off_s, 1) if leap.doubted else None,
        "refused": sum(refused_then.values()) if leap.doubted else sum(seen.refused.values()),
    }


def _record(house: _House, leap: Leap, seen: _Seen) -> Record:
    kept, doubled = house.kept()
    promised = [one for ones in seen.promised.values() for one in ones]
    expired = disorder = 0
    for service, ones in seen.promised.items():
        over = {request for request, *_ in ones if kept.get(request, ("",))[-1] == "expired"}
        due = [number for request, _, number in ones if request not in over]
        expired += len(over)
        disorder += due != seen.called.get(service, [])
    return {
        "promised": len(promised),
        "lost": sum(kept.get(one[0], ())[:2] != one[1:] for one in promised),
        "doubled": doubled,
        "disorder": disorder,
        "expired": expired,
        "may_expire": leap.stays,
        "day_back": seen.days != sorted(seen.days),
        "wrong_date": seen.wrong_date,
        "longest_ms": round(seen.longest_ms, 1),
        "lives": house.core.process is not None and house.core.process.poll() is None,
    }  # fmt: skip


def judge(records: Sequence[Record]) -> Verdict:
    """Nothing lost or doubled, the order kept, the core alive, and doubt is told."""
    rows = [
        Row("leaps, of 12 kinds", f"{len(records)}", f"{ROUNDS}"),
        Row("numbers promised", f"{sum(one['promised'] for one in records):,}"),
    ]
    for what, key in (
        ("of these lost", "lost"),
        ("numbers of a day given twice", "doubled"),
        ("queues called in another order than they came", "disorder"),
        ("slips whose date is not the day of their number", "wrong_date"),
        ("business days that went back", "day_back"),
    ):
        count = sum(one[key] for one in records)
        rows.append(Row(what, f"{count}", "0", count == 0))
    died = sum(not one["lives"] for one in records)
    rows.append(Row("the core died", f"{died}", "0", died == 0))
    untold = [one["leap"] for one in records if not one["told"] or not one["told_right"]]
    rows.append(
        Row("the state of the clock was not told as it was",
            f"{len(untold)} {', '.join(sorted(set(untold)))}".strip(), "0", not untold)
    )  # fmt: skip
    swept = sum(one["expired"] for one in records if not one["may_expire"])
    rows.append(Row("waiting numbers that a leap expired", f"{swept}", "0", swept == 0))
    given_up = sum(one["expired"] for one in records if one["may_expire"])
    rows.append(Row("the same where 2038 lasted ten minutes", f"{given_up}"))
    offs = [one["slip_off_s"] for one in records if one["slip_off_s"] is not None]
    if offs:
        closed = sum(one["refused"] for one in records if one["slip_off_s"] is not None)
        rows.append(Row("citizens refused by a clock in doubt", f"{closed}", "0", closed == 0))
        rows.append(
            Row("time on a slip while the clock is in doubt, off by at most",
                f"{max(offs):.1f} s", f"{SLIP_OFF_S:g} s", max(offs) <= SLIP_OFF_S)
        )  # fmt: skip
    late = sum(one["refused"] for one in records if one["leap"] == "past the day's end")
    rows.append(Row("refused as closed by a clock that says evening", f"{late}"))
    waits = [one["longest_ms"] for one in records]
    return Verdict(rows, [Curve("the longest wait for a number in a round", "ms", waits)])


TRIAL = Trial(
    "clock",
    "The wall clock of a core is set wrong while citizens take numbers and two counters call: by "
    "minutes, hours and days, back and ahead, past the hours and past midnight, to 1970 and 2038, "
    "also while the core is dead; then it is set right.",
    ROUNDS,
    play,
    judge,
)
