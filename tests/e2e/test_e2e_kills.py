"""kill -9 of the core at random moments while a face issues: none lost, none doubled.

Thirty cores die here each time; `make prove` kills two hundred so (KIOSK_KILLS), and a thousand
times the parts of a whole kiosk.
"""

import os
import random
import threading
from dataclasses import dataclass, field

import pytest

from kiosk.errors import LinkError
from kiosk.words import IssueTicket, ListTickets

KILLS = int(os.environ.get("KIOSK_KILLS", "25"))
SERVICES = ("civil-status", "certification", "residence", "land")


@dataclass
class Citizens:
    """Those who ask for numbers, and what they were promised. A request without an answer is
    asked again with the same words, as the screen does."""

    promised: dict[str, str] = field(default_factory=dict)
    unanswered: IssueTicket | None = None

    def ask_until_it_dies(self, core, seconds: float, *, at_once: bool) -> None:
        """Issue, one after the other, until the core is killed `seconds` after its first answer,
        or, `at_once`, after the first question: it may then answer nobody."""
        killer = threading.Timer(seconds, core.process.kill)
        with core.client() as client:
            if at_once:
                killer.start()
            try:
                while True:
                    wanted = self.unanswered or IssueTicket(
                        request_id=random.randbytes(8).hex(), service=random.choice(SERVICES)
                    )
                    self.unanswered = wanted
                    ticket = client.ask(wanted).card.ticket
                    assert ticket.request_id == wanted.request_id
                    self.promised[ticket.request_id] = ticket.number
                    self.unanswered = None
                    if not killer.ident:
                        killer.start()
            except LinkError:
                killer.join()
        core.kill()


def kills(start_core, count: int, changes: dict[str, str]) -> None:
    citizens = Citizens()
    for life in range(count + count // 5):
        seconds = random.uniform(0.0, 0.08)
        citizens.ask_until_it_dies(start_core(changes), seconds, at_once=life >= count)
    core = start_core(changes)
    with core.client() as client:
        kept = {one.request_id: one.number for one in client.ask(ListTickets()).tickets}
    lost = [one for one, number in citizens.promised.items() if kept.get(one) != number]
    doubled = len(kept) - len(set(kept.values()))
    print(
        f"{count} kills of the core while issuing: {len(citizens.promised)} acknowledged, "
        f"{len(lost)} lost, {doubled} doubled"
    )
    assert len(citizens.promised) >= count
    assert (lost, doubled) == ([], 0)
    assert len(kept) <= len(citizens.promised) + 1  # the one in flight at the last kill
    for letter in "ABCD":
        numbers = sorted(number for number in kept.values() if number[0] == letter)
        assert numbers == [f"{letter}{n:03d}" for n in range(1, len(numbers) + 1)]
    assert core.stop() == 0
    assert "damaged" not in core.log


def test_kills_while_issuing_and_printing(start_core):
    kills(start_core, 6, {})


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_many_kills_while_issuing(start_core, tmp_path):
    kills(start_core, KILLS, {"printer.port": f'"file:{tmp_path / "slips.bin"}"'})
