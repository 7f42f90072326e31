"""Three kiosks of one site torn apart again and again: no number is lost, doubled or equal.

    python -m tools.prove apart                 eight sites, five rounds each; some ten minutes
    python -m tools.prove apart --share 0.1

Real core processes. Citizens take numbers at all three and check their bookings in, some of them at
two kiosks, while in each round the leader freezes, is killed, or one that follows is killed. At the
end everything is handed over, and then

    each number told to a citizen is in the leader's hands, once, and waits to be called;
    each booking has exactly one number that waits;
    all other numbers there are cancelled: nobody was ever told them, or the booking has another.
"""

from __future__ import annotations

import random
import signal
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kiosk.errors import CommandRefused, LinkError
from kiosk.queueing.hours import HANOI
from kiosk.words import (
    AnyCommand,
    BookingLine,
    CheckInBooking,
    ImportBookings,
    IssueTicket,
    ListTickets,
    TicketResult,
    TicketsResult,
)
from tools.campaigns.kiosk_site import KioskProcess, KioskSite, until

SERVICES = ("land", "social", "business", "residence")
BOOKINGS = 12
LEADER = "leader"
PAUSE_S = 0.02
CALM_S = 0.4


@dataclass
class Told:
    """What citizens know; `waits` are seconds for an answer at the kiosks that follow."""

    numbers: dict[str, str] = field(default_factory=dict)  # of request
    bookings: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # of code
    waits: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Citizens(threading.Thread):
    """Those in front of one kiosk; whoever gets no answer asks again, as its screen does."""

    def __init__(self, name: str, kiosk: KioskProcess, told: Told, chance: random.Random) -> None:
        super().__init__(name=name)
        self._kiosk = kiosk
        self._told = told
        self._chance = chance
        self._ended = threading.Event()
        self._client = kiosk.client("screen")

    def run(self) -> None:
        """One after the other."""
        count = 0
        while not self._ended.wait(PAUSE_S):
            count += 1
            if self._chance.random() < 0.1:
                code = f"BOOK{self._chance.randrange(BOOKINGS):02}"
                if number := self._ask(CheckInBooking(code=code)):
                    self._told.bookings[code].add(number)
                continue
            request = f"{self.name}-{count:08}"
            wanted = IssueTicket(request_id=request, service=self._chance.choice(SERVICES))
            number = self._ask(wanted)
            if self._chance.random() < 0.2 and self._ask(wanted) != number:
                self._told.wrong.append(f"{request}: {number}, then another")
            self._told.numbers[request] = number
        self._client.close()

    def end(self) -> None:
        """The last one goes."""
        self._ended.set()
        self.join()

    def _ask(self, command: AnyCommand) -> str:
        """The number, or "" where this is refused."""
        while True:
            begin = time.perf_counter()
            try:
                result = self._client.ask(command)
            except CommandRefused:
                return ""
            except LinkError:
                self._client.close()
                self._client = self._kiosk.client("screen")
            else:
                assert isinstance(result, TicketResult)
                if self.name != LEADER:
                    self._told.waits.append(time.perf_counter() - begin)
                return result.card.ticket.number


def tear_apart(root: Path, rounds: int, chance: random.Random, say: Callable[[str], None]) -> Told:
    """So many rounds; raises AssertionError where a promise was broken."""
    told = Told()
    with KioskSite(root) as site:
        _book(site.leader)
        site.until_all_follow()
        names = {LEADER: site.leader, **site.others}
        with _citizens(names, told, chance):
            for number in range(rounds):
                what = chance.choice((_freeze, _kill_leader, _kill_other, _freeze_and_kill))
                what(site, chance)
                time.sleep(CALM_S)
                say(f"round {number + 1}: {what.__name__.strip('_')}, {len(told.numbers)} numbers")
        for one in site.others.values():
            until("everything to be handed over", lambda one=one: _has_handed_over(one, site))  # type: ignore[misc]
        _judge(told, _tickets(site.leader))
        for one in site.all:
            assert "Traceback" not in one.log, one.log
    return told


def _judge(told: Told, tickets: list[tuple[str, str]]) -> None:
    states = dict(tickets)
    assert not told.wrong, told.wrong
    assert len(states) == len(tickets), "two numbers are equal"
    doubled = [number for number, count in Counter(told.numbers.values()).items() if count > 1]
    assert not doubled, f"told to two: {doubled}"
    gone = [number for number in told.numbers.values() if states.get(number) != "waiting"]
    assert not gone, f"told, but not waiting: {gone}"
    of_bookings = set()
    for code, numbers in told.bookings.items():
        waiting = [number for number in numbers if states.get(number) == "waiting"]
        assert len(waiting) == 1, f"{code}: {numbers} are {[states.get(one) for one in numbers]}"
        of_bookings |= numbers
    known = set(told.numbers.values()) | of_bookings
    extra = [number for number, state in tickets if number not in known and state != "cancelled"]
    assert not extra, f"nobody was told {extra}"


def _freeze(site: KioskSite, chance: random.Random) -> None:
    site.leader.send(signal.SIGSTOP)
    time.sleep(chance.uniform(0.1, 1.5))
    site.leader.send(signal.SIGCONT)


def _kill_leader(site: KioskSite, chance: random.Random) -> None:
    site.leader.send(signal.SIGKILL)
    time.sleep(chance.uniform(0.0, 0.5))
    site.leader.start()


def _freeze_and_kill(site: KioskSite, chance: random.Random) -> None:
    site.leader.send(signal.SIGSTOP)
    time.sleep(chance.uniform(0.05, 0.5))
    site.leader.send(signal.SIGKILL)
    site.leader.start()


def _kill_other(site: KioskSite, chance: random.Random) -> None:
    other = chance.choice(list(site.others.values()))
    other.send(signal.SIGKILL)
    other.start()


@contextmanager
def _citizens(kiosks: dict[str, KioskProcess], told: Told, chance: random.Random) -> Iterator[None]:
    crowd = [
        Citizens(name, kiosk, told, random.Random(chance.random()))
        for name, kiosk in kiosks.items()
    ]
    for one in crowd:
        one.start()
    try:
        yield
    finally:
        for one in crowd:
            one.end()


def _book(leader: KioskProcess) -> None:
    now = datetime.now(HANOI).isoformat(timespec="seconds")
    lines = (
        BookingLine(code=f"BOOK{n:02}", service=SERVICES[n % 4], at=now, registered_at=now)
        for n in range(BOOKINGS)
    )
    client = leader.client()
    client.ask(ImportBookings(bookings=tuple(lines)))
    client.close()


def _tickets(kiosk: KioskProcess) -> list[tuple[str, str]]:
    client = kiosk.client()
    result = client.ask(ListTickets())
    client.close()
    assert isinstance(result, TicketsResult)
    return [(one.number, one.state) for one in result.tickets]


def _has_handed_over(kiosk: KioskProcess, site: KioskSite) -> bool:
    leaders = {number for number, _ in _tickets(site.leader)}
    return all(number in leaders for number, _ in _tickets(kiosk))
