"""The hall's rooms behind one door: counters, calls, staff, bookings, the day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec

from kiosk.core.bookings import Bookings
from kiosk.core.calling import Calling
from kiosk.core.counters import Counters
from kiosk.core.day import Day
from kiosk.core.hall_host import HallHost, stamp
from kiosk.core.hall_picture import HallPicture
from kiosk.core.leading import Leading
from kiosk.core.near import Near
from kiosk.core.staffing import Staffing
from kiosk.errors import CommandRefused
from kiosk.ports import Store
from kiosk.queueing.print_job import PrintJob
from kiosk.queueing.report import day_report, staff_tally
from kiosk.queueing.ticket import Ticket
from kiosk.words import (
    AnswerCall,
    AskDay,
    AskHall,
    AskMyDay,
    AskPlace,
    AskQueue,
    AskSite,
    BookingsCopy,
    CancelCall,
    ChangeTicket,
    CheckInBooking,
    CloseCounter,
    CloseDay,
    Command,
    CopyBookings,
    CounterCommand,
    DayResult,
    Done,
    HallChanged,
    HallCommand,
    HallResult,
    HallState,
    ImportBookings,
    IssueForKiosk,
    KeepStaff,
    ListStaff,
    OpenDay,
    PlaceResult,
    QueueResult,
    RemoveStaff,
    Result,
    SiteResult,
    StaffResult,
    TakeOver,
    TallyResult,
    TicketResult,
)


class HallRooms:
    """Every command of the hall; lives on the core's loop alone."""

    def __init__(self, host: HallHost, secret: bytes) -> None:
        self._host = host
        self._counters = Counters(host)
        self._staffing = Staffing(host)
        self._picture = HallPicture(host.desk, self._counters, self._staffing)
        self._calling = Calling(host, self._counters, self._picture)
        self._house_day = Day(host, self._counters, self._calling)
        self._near = Near(host, self._counters)
        self.bookings = Bookings(host, secret)
        self.leading = Leading(host, self._calling)
        self.elsewhere: Callable[[], HallState | None] = lambda: None  # the leader's hall
        self._told: HallState | None = None
        self._telling = False  # it will be told in the loop's next turn
        self._rooms: dict[type[Command], Callable[[Any], Result]] = {
            AskHall: self._ask_hall,
            AskQueue: self._queue,
            AskPlace: self._place,
            AskDay: self._day,
            AskMyDay: self._my_day,
            CloseDay: self._close_day,
            OpenDay: self._open_day,
            AnswerCall: self._answer_call,
            CancelCall: self._cancel_call,
            ListStaff: self._staffing.listed,
            KeepStaff: self._staffing.keep,
            RemoveStaff: self._remove_staff,
            ImportBookings: self.bookings.take_in,
            IssueForKiosk: self.leading.issue,
            TakeOver: self.leading.take_over,
            AskSite: self._site,
            CopyBookings: self._copy_bookings,
        }
        host.desk.day_begun.append(self._begin_day)

    def do(self, command: HallCommand, *, visit: bool) -> Result:
        """Carry out a command. Raises CommandRefused and StoreUnavailable."""
        self._host.desk.follow_day(self._host.store)
        if isinstance(command, CounterCommand):
            result = self._calling.do(command)
            self._tell_soon()
            return result
        if isinstance(command, CheckInBooking):
            return self._check_in(command, visit=visit)
        return self._rooms[type(command)](command)

    def state(self) -> HallState:
        """The hall now: the leader's, where there is one."""
        return self.elsewhere() or self._picture.state(
            self._host.now(),
            closing=self._house_day.closing(),
            ended=self._house_day.services_end(),
            near=self._near.numbers(),
        )

    def look(self) -> None:
        """Close the day by itself when its time has come. Raises StoreUnavailable."""
        self._house_day.look()

    def hours_changed(self) -> None:
        """The house keeps other hours from now on."""
        self._house_day.reckon()

    def refresh(self) -> None:
        """Look whose turn is near, and tell the hall: asked at least once a second."""
        self._near.look()
        self.tell()

    def tell(self) -> None:
        """Tell consoles and boards the hall, where it is news: more than the time."""
        self._staffing.watch()
        state = self.state()
        told = self._told
        if told is None or msgspec.structs.replace(state, now=told.now) != told:
            self._told = state
            self._host.publish(HallChanged(hall=state))

    def _tell_soon(self) -> None:
        """As `tell`, in the loop's next turn: whoever clicked has their answer before the whole
        hall is drawn, and clicks of one turn are told together. At once where no loop runs."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.tell()
            return
        if not self._telling:
            self._telling = True
            loop.call_soon(self._tell_now)

    def _tell_now(self) -> None:
        self._telling = False
        self.tell()

    def change(self, command: ChangeTicket) -> Ticket:
        """Move a ticket past the counters, as a technician may; it is announced all the same."""
        done = self._host.desk.change(self._host.store, command)
        self._calling.publish([done])
        return done.ticket

    def call_clerk(self, page: str, kiosk: str) -> None:
        """A citizen wants a person."""
        self._staffing.raise_call(page, kiosk)
        self.tell()

    def job_changed(self, job: PrintJob) -> None:
        """A slip got further, or did not."""
        self._staffing.job_changed(job)

    def _begin_day(self, store: Store) -> None:
        self._counters.begin_day(store)
        self._house_day.begin_day(store)
        self._staffing.begin_day(store)
        today = self._host.desk.business_day
        keep = timedelta(days=self._host.desk.plan.keep_days)
        self.bookings.changed()
        store.hall.forget_before((date.fromisoformat(today) - keep).isoformat(), today)

    def _check_in(self, command: CheckInBooking, *, visit: bool) -> TicketResult:
        if command.kiosk:
            self.leading.refuse_stranger(command.kiosk)
        return self.bookings.check_in(command, visit=visit)

    def _site(self, command: AskSite) -> SiteResult:
        self.leading.refuse_stranger(command.kiosk)
        services = (self._host.service_state(one.code) for one in self._host.desk.services)
        return SiteResult(
            services=tuple(one for one in services if one is not None),
            hall=self.state(),
            bookings=self.bookings.stamp(),
        )

    def _copy_bookings(self, command: CopyBookings) -> BookingsCopy:
        self.leading.refuse_stranger(command.kiosk)
        return BookingsCopy(bookings=self.bookings.for_others())

    def _ask_hall(self, command: AskHall) -> HallResult:
        return HallResult(hall=self.state())

    def _queue(self, command: AskQueue) -> QueueResult:
        number = self._counters.known(command.counter) if command.counter else ""
        return QueueResult(tickets=self._picture.queue(number, command.limit, self._host.now()))

    def _answer_call(self, command: AnswerCall) -> Done:
        self._staffing.answer(command)
        self.tell()
        return Done()

    def _remove_staff(self, command: RemoveStaff) -> StaffResult:
        """They are gone, and nobody waits for them: their counter closes."""
        left = self._staffing.remove(command)
        for number in self._counters.of(command.code):
            self._calling.do(CloseCounter(counter=number, staff=command.code))
        self.tell()
        return left

    def _cancel_call(self, command: CancelCall) -> Done:
        self._staffing.cancel(command)
        self.tell()
        return Done()

    def _close_day(self, command: CloseDay) -> HallResult:
        self._house_day.close(command)
        self.tell()
        return HallResult(hall=self.state())

    def _open_day(self, command: OpenDay) -> HallResult:
        self._house_day.open(command)
        self.tell()
        return HallResult(hall=self.state())

    def _place(self, command: AskPlace) -> PlaceResult:
        found = self._host.store.ticket_of_token(command.token)
        ticket = self._host.desk.hall.ticket(found.id) if found is not None else None
        if ticket is None:
            raise CommandRefused("no such ticket today", code="unknown_ticket")
        ends = self._house_day.services_end().get(ticket.service)
        return self._picture.place(
            ticket,
            self._host.now(),
            served_until=stamp(ends) if ends is not None else "",
            house_open=self._house_day.closing() is None,
        )

    def _day(self, command: AskDay) -> DayResult:
        day = command.business_day or self._host.desk.business_day
        try:
            date.fromisoformat(day)
        except ValueError as error:
            raise CommandRefused(f"{day!r} is no day", code="wrong_answer") from error
        store = self._host.store
        report = day_report(day, store.tickets_of(day), store.hall.steps_of(day))
        return DayResult(report=report)

    def _my_day(self, command: AskMyDay) -> TallyResult:
        steps = self._host.store.hall.steps_of(self._host.desk.business_day)
        return TallyResult(tally=staff_tally(command.staff, self._host.desk.hall.tickets(), steps))
