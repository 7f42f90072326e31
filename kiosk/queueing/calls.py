"""The calls of one business day: what was announced, and whose turn each counter had last.

Made by telling it every step of the day in its order, and kept by telling it every new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from kiosk.queueing.calling import Turn, turn_of
from kiosk.queueing.history import Step
from kiosk.queueing.reason import Reason

RECENT = 40  # two runs of the longest that a ratio allows
SHOWN = 12
_NOTED = ("hold", "transfer", "next_service")


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """One call or recall: the `announcement`th of the day, the `times`th of this number."""

    announcement: int
    ticket_id: int
    counter: str
    at: str
    times: int


class Calls:
    """Tell it steps with `note`."""

    def __init__(self) -> None:
        self._reasons: dict[int, Reason] = {}
        self._notes: dict[int, str] = {}
        self._served: Counter[str] = Counter()
        self._turns: dict[str, list[Turn]] = {}
        self._last: dict[int, Announced] = {}  # of ticket, the one called last at the end
        self._called: list[tuple[str, str]] = []  # when and for which service
        self._count = 0

    def note(self, step: Step) -> Announced | None:
        """Take in a step; what is to be announced for it, if it is a call."""
        if step.verb in ("complete", "next_service"):
            self._served[step.counter] += 1
        if step.note and step.verb in _NOTED:
            self._notes[step.ticket_id] = step.note
        if step.verb not in ("call", "recall"):
            return None
        self._count += 1
        before = self._last.pop(step.ticket_id, None)
        times = before.times + 1 if before is not None and step.verb == "recall" else 1
        announced = Announced(
            announcement=self._count,
            ticket_id=step.ticket_id,
            counter=step.counter,
            at=step.at,
            times=times,
        )
        self._last[step.ticket_id] = announced
        if step.reason is not None:
            self._reasons[step.ticket_id] = step.reason
        if step.verb == "call":
            self._called.append((step.at, step.service))
            self._take_turn(step)
        return announced

    def turns(self, counter: str) -> list[Turn]:
        """The counter's last turns, oldest first."""
        return self._turns.get(counter, [])

    def last(self) -> list[Announced]:
        """The numbers called last, newest first, each once."""
        return list(reversed(self._last.values()))[:SHOWN]

    def reason(self, ticket_id: int) -> Reason | None:
        """Why this number was called last."""
        return self._reasons.get(ticket_id)

    def note_of(self, ticket_id: int) -> str:
        """What a clerk wrote last about this number, for the next one."""
        return self._notes.get(ticket_id, "")

    def served(self, counter: str) -> int:
        """How many this counter served today."""
        return self._served[counter]

    def count_since(self, moment: str, services: Collection[str]) -> int:
        """How many were called for these services after `moment`, recalls not counted."""
        return sum(1 for at, service in self._called if at > moment and service in services)

    def _take_turn(self, step: Step) -> None:
        turn = turn_of(step.reason) if step.reason is not None else None
        if turn is not None:
            turns = self._turns.setdefault(step.counter, [])
            turns.append(turn)
            del turns[:-RECENT]
