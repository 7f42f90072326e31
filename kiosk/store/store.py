"""The store: what is promised is written here before anybody hears of it.

Each method that writes is one transaction; when it returns, the fact is on the disk. It belongs
to one thread. Every method raises StoreUnavailable where SQLite or the disk refuses.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from kiosk.errors import StoreUnavailable
from kiosk.queueing.closing import DAY_OVER
from kiosk.queueing.moves import Deed, move
from kiosk.queueing.print_job import PrintJob, PrintState, SlipCount
from kiosk.queueing.series import next_running, number_text
from kiosk.queueing.ticket import Ticket
from kiosk.store.backup import back_up, backups_in, prune
from kiosk.store.centre import CentreShelf
from kiosk.store.database import free_bytes, immediate
from kiosk.store.feedback import FeedbackShelf
from kiosk.store.giving import RefreshmentShelf
from kiosk.store.hall import HallShelf
from kiosk.store.handover import HandoverShelf
from kiosk.store.journal import Journal
from kiosk.store.people import BookingShelf, StaffShelf
from kiosk.store.recovery import Restored, open_whole
from kiosk.store.rooms import Rooms, told

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreFolders:
    """Where the store keeps its file, its backups and its journal."""

    database: Path
    backups: Path
    journal: Path


class Store:
    """Tickets, print jobs and the outbox in one SQLite file.

    It is made closed; until `open` has succeeded every other method raises StoreUnavailable.
    """

    def __init__(self, folders: StoreFolders, *, min_free_mb: int) -> None:
        self._folders = folders
        self._min_free = min_free_mb * 1024 * 1024
        self._journal = Journal(folders.journal)
        self._opened: Rooms | None = None
        self._together: list[Ticket] | None = None  # what is issued in an open transaction
        self.trusted = True  # False once the file showed a fault while it was open
        self.hall = HallShelf(self)
        self.staff = StaffShelf(self)
        self.bookings = BookingShelf(self)
        self.handover = HandoverShelf(self)
        self.refreshments = RefreshmentShelf(self)
        self.feedback = FeedbackShelf(self)
        self.centre = CentreShelf(self)

    @told
    def open(self, now: datetime) -> Restored | None:
        """Open, check and, where the file is damaged, restore: then tells what that came to.

        A fault met while running is mended the same way as one found at the start; a store that
        is open and met none stays as it is. Raises StoreUnavailable.
        """
        if self._opened is not None and self.trusted:
            return None
        self.close()
        self._folders.database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        database, restored = open_whole(
            self._folders.database, self._folders.backups, self._journal, now
        )
        self._opened = Rooms(database)
        self.trusted = True
        return restored

    def close(self) -> None:
        """Let go of the files."""
        opened, self._opened = self._opened, None
        self._journal.close()
        if opened is not None:
            opened.database.close()

    @property
    def rooms(self) -> Rooms:
        """The open tables: for the store's own shelves. Raises StoreUnavailable."""
        if self._opened is None:
            raise StoreUnavailable("the store is not open")
        return self._opened

    def write_in_journal(self, ticket: Ticket) -> None:
        """Put a number that is durable into the second, plain record too."""
        self._journal.append(ticket)

    @told
    def last_known(self) -> datetime | None:
        """The latest moment that the store has seen."""
        return self.rooms.facts.last_known

    @told
    def issue(
        self,
        draft: Ticket,
        *,
        visit: bool,
        booking: str = "",
        printed_at: str = "",
        lent: bool = False,
    ) -> tuple[Ticket, PrintJob]:
        """Give the draft the next number of its series: ticket, print job and outbox entry.

        The draft's id, number and running are ignored; `visit` says that a citizen's page shows
        it, `booking` is the code that it is given for, `printed_at` the letter of the kiosk that
        prints the slip where that is another one, `lent` is True where it is to be handed to this
        kiosk's leader. A `request_id` that was served before gives that ticket and its newest job
        again.
        """
        if (known := self.ticket_of_request(draft.request_id)) is not None:
            return known
        self._check_space()
        rooms = self.rooms
        with self._transaction():
            highest = rooms.tickets.highest_running(draft.business_day, draft.series) or 0
            floor = rooms.facts.floor(draft.business_day, draft.series)
            running = next_running(max(highest, floor))
            ticket = rooms.tickets.add(
                replace(draft, running=running, number=number_text(draft.series, running))
            )
            if printed_at:
                job = rooms.jobs.add_elsewhere(ticket.id, ticket.issued_at, printed_at)
            else:
                job = rooms.jobs.add(ticket.id, ticket.issued_at, visit=visit)
            if lent:
                rooms.lent.mark(ticket.id, handed_over=False)
            if booking:
                rooms.bookings.give(booking, ticket.id)
            rooms.outbox.add("ticket_issued", ticket, ticket.issued_at)
        if self._together is None:
            self.write_in_journal(ticket)
        else:
            self._together.append(ticket)
        return ticket, job

    @told
    def together(self, works: Sequence[Callable[[], T]]) -> list[T]:
        """Do several works that `issue`, in one transaction: it is kept when this returns.

        Where one of them raises, nothing of any is kept, and that goes on up.
        """
        with immediate(self.rooms.database):
            self._together = []
            try:
                done = [work() for work in works]
            finally:
                issued, self._together = self._together, None
        for ticket in issued:
            self.write_in_journal(ticket)
        return done

    def _transaction(self) -> contextlib.AbstractContextManager[None]:
        """One of its own, unless one is open that does several works together."""
        if self._together is not None:
            return contextlib.nullcontext()
        return immediate(self.rooms.database)

    @told
    def ticket_of_request(self, request_id: str) -> tuple[Ticket, PrintJob] | None:
        """What a request was given before."""
        rooms = self.rooms
        ticket = rooms.tickets.by_request(request_id)
        if ticket is None:
            return None
        job = rooms.jobs.newest_of(ticket.id)
        assert job is not None, "a ticket and its job are one transaction"
        return ticket, job

    @told
    def ticket(self, ticket_id: int) -> Ticket | None:
        """The ticket with this id."""
        return self.rooms.tickets.by_id(ticket_id)

    @told
    def ticket_of_token(self, token: str) -> Ticket | None:
        """The ticket with this token."""
        return self.rooms.tickets.by_token(token)

    @told
    def tickets_of(self, business_day: str) -> list[Ticket]:
        """The tickets of a business day, in the order of issue."""
        return self.rooms.tickets.of_day(business_day)

    @told
    def close_former_days(self, business_day: str, now: str) -> list[Ticket]:
        """Expire what former days left open; gives the expired tickets.

        The centre hears it from the leader where the ticket is the leader's.
        """
        rooms = self.rooms
        left = rooms.tickets.left_open_before(business_day)
        if not left:
            return []
        leaders = rooms.lent.leaders(business_day)
        moves = [move(ticket, Deed(verb="expire", at=now, note=DAY_OVER)) for ticket in left]
        expired = [one for one in moves if one is not None]
        with immediate(rooms.database):
            for one in expired:
                rooms.tickets.change(one.ticket, one.before)
                rooms.steps.add(one.step)
                if one.ticket.id not in leaders:
                    rooms.outbox.add("ticket_expire", one.ticket, now)
        return [one.ticket for one in expired]

    @told
    def job(self, job_id: int) -> PrintJob | None:
        """The print job with this id."""
        return self.rooms.jobs.by_id(job_id)

    @told
    def newest_job(self, ticket_id: int) -> PrintJob | None:
        """The last print job of a ticket."""
        return self.rooms.jobs.newest_of(ticket_id)

    @told
    def move_job(self, job: PrintJob, state: PrintState, reason: str, now: str) -> PrintJob:
        """Write how far a slip got."""
        with immediate(self.rooms.database):
            self.rooms.jobs.move(job.id, state, reason, now)
        return replace(job, state=state, reason=reason)

    @told
    def reprint(self, ticket_id: int, now: str) -> PrintJob:
        """A further job for a ticket, marked as a reprint; the one before is abandoned."""
        with immediate(self.rooms.database):
            before = self.rooms.jobs.newest_of(ticket_id)
            if before is not None and before.state != "printed":
                self.rooms.jobs.move(before.id, "abandoned", "reprinted", now)
            visit = self.rooms.jobs.end_visit(ticket_id)
            return self.rooms.jobs.add(ticket_id, now, reprint=True, visit=visit)

    @told
    def reprints(self, ticket_id: int) -> int:
        """How often a ticket's slip was reprinted."""
        return self.rooms.jobs.reprints_of(ticket_id)

    @told
    def slip_counts(self, business_day: str) -> list[SlipCount]:
        """What became of the slips of a business day's tickets."""
        return self.rooms.jobs.counts_of(business_day)

    @told
    def end_visit(self, ticket_id: int) -> None:
        """The citizen is done with this ticket's page."""
        with immediate(self.rooms.database):
            self.rooms.jobs.end_visit(ticket_id)

    @told
    def unfinished_jobs(self) -> list[PrintJob]:
        """The jobs that are pending, being sent or refused, oldest first."""
        return self.rooms.jobs.unfinished()

    @told
    def open_visits(self) -> list[PrintJob]:
        """The jobs whose page may have to come back, newest first."""
        return self.rooms.jobs.with_open_visit()

    def _check_space(self) -> None:
        if free_bytes(self._folders.database.parent) < self._min_free:
            raise StoreUnavailable("the disk is nearly full")

    @told
    def remember(self, now: str) -> None:
        """Write down the time: the business day is known after the next start.

        It also proves that a number could be kept now.
        """
        self._check_space()
        with immediate(self.rooms.database):
            self.rooms.facts.put("last_known", now)

    @told
    def fact(self, name: str) -> str:
        """A small thing that was kept, or ""."""
        return self.rooms.facts.get(name)

    @told
    def put_fact(self, name: str, value: str) -> None:
        """Keep a small thing, whatever it was before."""
        with immediate(self.rooms.database):
            self.rooms.facts.put(name, value)

    @told
    def back_up(self, now: datetime, keep_days: int) -> Path:
        """A backup of now; old ones go. Works through a connection of its own: any thread."""
        path = back_up(self._folders.database, self._folders.backups, now, min_free=self._min_free)
        prune(self._folders.backups, keep_days, now)
        self._journal.prune((now - timedelta(days=keep_days)).date().isoformat())
        return path

    def last_backup(self) -> datetime | None:
        """When the newest backup was made."""
        return next((moment for moment, _ in backups_in(self._folders.backups)), None)
