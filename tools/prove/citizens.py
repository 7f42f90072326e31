"""Citizens who take numbers one after the other while a trial does its worst."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.link.client import LinkClient
from kiosk.store.database import looking
from kiosk.words import IssueTicket, TicketResult

SERVICES = ("civil-status", "certification", "residence", "land")
LOOK_S = 0.02


@dataclass
class Citizen:
    """Somebody who wants a number until they have it: the same request after every silence."""

    socket: Path

    def takes(self, request_id: str, service: str, within_s: float = 60.0) -> tuple[str, float]:
        """The number, and the seconds that it took. Raises TimeoutError."""
        begun = time.monotonic()
        while time.monotonic() - begun < within_s:
            try:
                with LinkClient(self.socket, timeout_s=5.0) as client:
                    result = client.ask(IssueTicket(request_id=request_id, service=service))
                    assert isinstance(result, TicketResult)
                    return result.card.ticket.number, time.monotonic() - begun
            except KioskError:
                time.sleep(LOOK_S)
        raise TimeoutError(f"{request_id} got no number")


class Citizens(threading.Thread):
    """They come all the time, `every_s` apart; what each was promised is remembered."""

    def __init__(self, socket: Path, prefix: str, every_s: float = 0.15) -> None:
        super().__init__(daemon=True)
        self._citizen = Citizen(socket)
        self._prefix = prefix
        self._every = every_s
        self._ended = threading.Event()
        self.promised: dict[str, str] = {}
        self.longest_s = 0.0
        self.failure = ""

    def run(self) -> None:
        """Until `end`, or until somebody gets no number at all: `failure` says who."""
        dice = random.Random(self._prefix)
        while not self._ended.wait(self._every):
            request = f"{self._prefix}-{len(self.promised):06d}"
            try:
                number, took = self._citizen.takes(request, dice.choice(SERVICES))
            except TimeoutError as error:
                self.failure = str(error)
                return
            self.promised[request] = number
            self.longest_s = max(self.longest_s, took)

    def end(self) -> None:
        """Nobody comes any more."""
        self._ended.set()
        self.join()


def kept_in(database: Path) -> dict[str, str]:
    """Numbers by request, as they are in the store's file, whoever lives."""
    with looking(database) as connection:
        rows = connection.execute("SELECT request_id, number FROM ticket").fetchall()
    return dict(rows)


def lost_of(promised: dict[str, str], kept: dict[str, str]) -> int:
    """How many of the promised are not kept as they were promised."""
    return sum(kept.get(request) != number for request, number in promised.items())


def doubles_in(database: Path) -> int:
    """How many numbers of a business day were given more than once."""
    with looking(database) as connection:
        (count,) = connection.execute(
            "SELECT count(*) - count(DISTINCT business_day || ' ' || number) FROM ticket"
        ).fetchone()
    return int(count)


def given_in(database: Path) -> list[tuple[str, str]]:
    """Requests and their numbers in the order in which they were given."""
    with looking(database) as connection:
        return connection.execute("SELECT request_id, number FROM ticket ORDER BY id").fetchall()  # type: ignore[no-any-return]


def waiting_in(database: Path) -> int:
    """How many entries of the outbox the centre has not acknowledged."""
    with looking(database) as connection:
        return int(connection.execute("SELECT count(*) FROM outbox").fetchone()[0])
