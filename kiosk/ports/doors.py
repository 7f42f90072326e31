"""How the core is reached from beside it: its own faces, the kiosk that leads, who listens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kiosk.queueing.booking import Booking
from kiosk.queueing.ticket import Ticket
from kiosk.words import (
    AnyCommand,
    AnyEvent,
    CallClerk,
    CheckInBooking,
    IssueTicket,
    KioskState,
    Result,
    SiteResult,
    TicketCard,
)


class Door(Protocol):
    """The engine, as the faces of its own process meet it (the site's pages); on the loop alone."""

    def do(self, command: AnyCommand, face: str) -> Result:
        """Carry out a command; raises CommandRefused and StoreUnavailable."""
        ...

    async def obey(self, command: AnyCommand, face: str) -> Result:
        """As `do`; numbers that are asked for at the same time become durable together."""
        ...

    def state(self) -> KioskState:
        """All that is, now; the hall's half is asked for with AskHall."""
        ...

    def listen(self, listener: Listener) -> None:
        """From now on `listener` hears every event."""
        ...


class Leader(Protocol):
    """The kiosk that leads, seen from one that does not. Blocking, used by one thread alone.

    Each call ends within the time given: it raises LeaderAway where there is no answer by then,
    and CommandRefused where that is the answer. Asking twice does no harm.
    """

    def issue(self, wanted: IssueTicket, within_s: float) -> TicketCard:
        """A number of the leader's, whose slip is printed here."""
        ...

    def check_in(self, wanted: CheckInBooking, within_s: float) -> TicketCard:
        """The number of a booking that the leader knows."""
        ...

    def hand_over(self, tickets: Sequence[Ticket], within_s: float) -> Sequence[str]:
        """Hand over numbers that were given here; the request ids of those that it keeps."""
        ...

    def call_clerk(self, wanted: CallClerk, within_s: float) -> None:
        """Somebody here wants a person."""
        ...

    def site(self, within_s: float) -> SiteResult:
        """The whole site as it is now."""
        ...

    def bookings(self, within_s: float) -> Sequence[Booking]:
        """The bookings of today and the days to come."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...


class Listener(Protocol):
    """Whoever hears events: the link's server, the hall's pages, the worker that speaks."""

    def __call__(self, event: AnyEvent) -> None:
        """Must not block and must not raise."""
        ...
