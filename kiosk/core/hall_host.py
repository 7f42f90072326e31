"""What the rooms of the hall need of the engine."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from kiosk.core.desk import QueueingDesk
from kiosk.ports import Store
from kiosk.queueing.print_job import PrintJob
from kiosk.queueing.ticket import Ticket
from kiosk.words import AnyEvent, ServiceState, TicketResult


class HallHost(Protocol):
    """The engine, as the hall sees it."""

    store: Store
    desk: QueueingDesk

    def now(self) -> datetime: ...
    def publish(self, event: AnyEvent) -> None: ...
    def state_is_stale(self) -> None: ...
    def service_state(self, code: str) -> ServiceState | None: ...
    def issued(
        self, ticket: Ticket, job: PrintJob, *, is_new: bool, here: bool = True
    ) -> TicketResult: ...


def stamp(moment: datetime) -> str:
    """A moment as the store keeps it."""
    return moment.isoformat(timespec="milliseconds")
