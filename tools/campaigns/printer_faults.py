"""The twelve faults of a printer, many times each, at any moment: what becomes of the slips.

    python -m tools.prove printer               12 x 50, both lines; some 20 minutes
    python -m tools.prove printer --share 0.1   a taste of it

Each fault has a core process of its own, the real driver, and a simulated printer on a TCP port or
a pty. In every round the fault begins before the slip or at a byte drawn within it, a number is
taken, the outcome is awaited, the printer is mended, and a citizen whose slip is unknown looks into
the tray: who has it says so, who has not wants it again. Then the paper is counted by its QR codes.

    shown     the number was told to the face          stored   it is among the day's tickets
    at once   printed, confirmed by the printer        later    refused, and printed after the mend
    asked     unknown: the citizen was asked           again    of these: reprinted, marked
    twice     more paper than one and the reprints     lost     no paper, and nobody knows it
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_args

import zxingcpp
from PIL import Image

from hardware.simulators.printer_faults import Fault
from kiosk.queueing.slip import qr_text
from kiosk.words import (
    AnswerSlip,
    EndVisit,
    IssueTicket,
    ListTickets,
    TicketCard,
    TicketResult,
    TicketsResult,
)
from tools.campaigns.ward import LineKind, Ward

LINES: tuple[LineKind, ...] = get_args(LineKind)
LONGEST = {"tcp": 50_000, "pty": 14_000}
"""Bytes of a slip on that line: where in it a fault begins is drawn from these."""
SETTLED_S = 60.0
MENDED_S = 20.0
MOST_A_ROUND = 8
"""Slips that are cut in one round at most, torn ones too."""


@dataclass
class Tally:
    """What became of the rounds of one fault."""

    fault: Fault
    rounds: int = 0
    shown: int = 0
    stored: int = 0
    at_once: int = 0
    probable: int = 0
    later: int = 0
    asked: int = 0
    again: int = 0
    twice: int = 0
    lost: int = 0
    troubles: list[str] = field(default_factory=list)

    def add(self, other: Mapping[str, Any]) -> None:
        """Take in another tally of the same fault, as a record holds it."""
        for one in fields(self):
            if one.name != "fault":
                setattr(self, one.name, getattr(self, one.name) + other[one.name])

    @property
    def good(self) -> bool:
        """Whether every number was shown, stored, and printed once or known as unknown."""
        told = self.at_once + self.later + self.asked
        whole = self.shown == self.stored == told == self.rounds
        return whole and not self.twice and not self.lost and not self.troubles


class Trial:
    """The rounds of one fault on one line."""

    def __init__(self, ward: Ward, kind: LineKind, tally: Tally, dice: random.Random) -> None:
        self._ward = ward
        self._kind = kind
        self._tally = tally
        self._dice = dice

    def round(self) -> None:
        """One number, one fault, one citizen."""
        tally, ward = self._tally, self._ward
        self._mend()
        if not ward.until_printer("ready", MENDED_S):
            tally.troubles.append("the printer did not come back")
        tally.rounds += 1
        ward.machine.set_fault(self._written())
        card = self._take_number()
        tally.shown += bool(card.ticket.number)
        first = self._settled(card.slip.job_id)
        self._mend()
        reprinted = self._go_on(card, first)
        ward.ask(EndVisit(ticket_id=card.ticket.id))
        papers = self._papers(card)
        tally.twice += papers > 1 + reprinted
        tally.lost += papers == 0
        tally.stored += self._is_stored(card)

    def _written(self) -> str:
        """The fault, now or at a byte of the slip. A clone is one from the start (see `_mend`):
        half of the time it prints in peace, else its cover is opened."""
        name: str = self._tally.fault
        if name == "no_process_id":
            name = self._dice.choice([name, "cover_open"])
        at_once = self._dice.random() < 0.25
        return name if at_once else f"{name}@{self._dice.randrange(1, LONGEST[self._kind])}"

    def _mend(self) -> None:
        self._ward.machine.clear_faults()
        if self._tally.fault == "no_process_id":
            self._ward.machine.set_fault("no_process_id")

    def _take_number(self) -> TicketCard:
        wanted = IssueTicket(
            request_id=uuid.UUID(int=self._dice.getrandbits(128)).hex, service="land"
        )
        result = self._ward.ask(wanted)
        assert isinstance(result, TicketResult)
        return result.card

    def _settled(self, job_id: int) -> str:
        """The first outcome of a job: printed, refused or unknown."""
        slips = self._ward.slips
        found: list[tuple[str, str]] = []

        def check() -> bool:
            slip = slips.get(job_id)
            if slip is not None and slip.state in {"printed", "refused", "unknown"}:
                found.append((slip.state, slip.reason))
            return bool(found)

        if not self._ward.until(check, SETTLED_S):
            self._tally.troubles.append(f"job {job_id} did not settle")
            return ""
        state, reason = found[0]
        self._tally.at_once += state == "printed"
        self._tally.probable += reason == "probable"
        self._tally.asked += state == "unknown"
        return state

    def _go_on(self, card: TicketCard, first: str) -> int:
        """Until the citizen has a slip; how many reprints that took."""
        ward, job_id = self._ward, card.slip.job_id
        if first == "refused":
            printed = ward.until(lambda: ward.slips[job_id].state == "printed", MENDED_S)
            self._tally.later += printed
            if ward.slips[job_id].reprint:
                self._tally.troubles.append(f"{card.ticket.number}: a first slip is marked")
        if first != "unknown":
            return 0
        ward.until_printer("ready", MENDED_S)
        has_it = self._papers(card) > 0
        answer = AnswerSlip(ticket_id=card.ticket.id, answer="received" if has_it else "reprint")
        result = ward.ask(answer)
        assert isinstance(result, TicketResult)
        if has_it:
            return 0
        again = result.card.slip
        if not again.reprint:
            self._tally.troubles.append(f"{card.ticket.number}: a reprint is not marked")
        newest = again.job_id
        if not ward.until(
            lambda: newest in ward.slips and ward.slips[newest].state == "printed", SETTLED_S
        ):
            self._tally.troubles.append(f"{card.ticket.number}: no reprint")
        self._tally.again += 1
        return 1

    def _papers(self, card: TicketCard) -> int:
        """The slips with this ticket's code among those cut last."""
        token = qr_text(card.ticket)
        return sum(token in _codes(path) for path in self._ward.machine.slips[-MOST_A_ROUND:])

    def _is_stored(self, card: TicketCard) -> bool:
        result = self._ward.ask(ListTickets())
        assert isinstance(result, TicketsResult)
        return any(ticket.id == card.ticket.id for ticket in result.tickets)


def _codes(picture: Path) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(Image.open(picture).convert("L"))]


def try_fault(
    fault: Fault, rounds: int, lines: tuple[LineKind, ...], folder: Path, seed: str = ""
) -> Tally:
    """All rounds of one fault, shared out among the lines."""
    tally = Tally(fault)
    dice = random.Random(seed or fault)
    for place, kind in enumerate(lines):
        share = rounds // len(lines) + (place < rounds % len(lines))
        with Ward(folder / f"{fault}-{kind}", kind) as ward:
            if fault == "no_process_id":
                ward.machine.set_fault("no_process_id")
            trial = Trial(ward, kind, tally, dice)
            for _ in range(share):
                trial.round()
    return tally
