"""What can be wrong with the simulated printer, and from which byte on.

Several faults may stand together. Written as text: NAME[:AMOUNT][@BYTES].

    paper_out       the roll has ended, or ends after AMOUNT mm of paper more: offline
    paper_low       the roll ends soon: a warning, still printing
    cover_open      offline
    cutter_error    offline, the cutter is stuck
    overheated      offline, comes back by itself
    silent          takes everything, prints, answers nothing
    unplugged       the cable is out; what was received stays
    power_off       as unplugged, and what was received and not printed is lost
    no_process_id   a simple model that does not know GS ( H
    wrong_id        GS ( H is answered with another job's id
    slow            takes AMOUNT bytes per second; with 0 it takes no more
    garbage         in place of its answers, and in between, come random bytes

With BYTES the fault begins when that many more bytes have been received.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

Fault = Literal[
    "paper_out",
    "paper_low",
    "cover_open",
    "cutter_error",
    "overheated",
    "silent",
    "unplugged",
    "power_off",
    "no_process_id",
    "wrong_id",
    "slow",
    "garbage",
]
FAULTS: tuple[Fault, ...] = get_args(Fault)
AWAY: frozenset[Fault] = frozenset({"unplugged", "power_off"})
_WRITTEN = re.compile(r"(?P<name>\w+)(?::(?P<amount>\d{1,9}))?(?:@(?P<after>\d{1,9}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Onset:
    """A fault, its amount, and the bytes that are still received before it begins."""

    name: Fault
    amount: int = 0
    after: int = 0


def parse_fault(text: str) -> Onset:
    """A fault as it is typed. Raises `ValueError`, which names the faults."""
    written = _WRITTEN.fullmatch(text)
    names = {name: name for name in FAULTS}
    if written is None or written["name"] not in names:
        raise ValueError(f"{text!r} is no fault: NAME[:AMOUNT][@BYTES] of {', '.join(FAULTS)}")
    return Onset(names[written["name"]], int(written["amount"] or 0), int(written["after"] or 0))


class Faults:
    """The faults that stand and those that are to come."""

    def __init__(self) -> None:
        self._standing: dict[Fault, int] = {}
        self._coming: list[Onset] = []

    def __contains__(self, name: object) -> bool:
        return name in self._standing

    def amount(self, name: Fault) -> int:
        """The amount of a fault that stands."""
        return self._standing[name]

    @property
    def away(self) -> bool:
        """Whether the cable is out or the power off."""
        return not AWAY.isdisjoint(self._standing)

    @property
    def until_next(self) -> int | None:
        """Bytes until the next one begins; None where none is to come."""
        return min((onset.after for onset in self._coming), default=None)

    def add(self, onset: Onset) -> list[Onset]:
        """From now on, or later; tells what began now."""
        self._coming.append(onset)
        return self.receive(0)

    def receive(self, count: int) -> list[Onset]:
        """So many bytes have come; tells what began with them."""
        moved = [Onset(one.name, one.amount, one.after - count) for one in self._coming]
        begun = [one for one in moved if one.after <= 0]
        self._coming = [one for one in moved if one.after > 0]
        self._standing.update({one.name: one.amount for one in begun})
        return begun

    def clear(self) -> None:
        """None stands, none is to come."""
        self._standing.clear()
        self._coming.clear()
