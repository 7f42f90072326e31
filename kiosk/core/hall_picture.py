"""The hall as consoles and boards see it: values of kiosk.words made from what is in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from types import MappingProxyType

from kiosk.core.counters import Counters
from kiosk.core.desk import QueueingDesk
from kiosk.core.hall_host import stamp
from kiosk.core.staffing import Staffing
from kiosk.queueing.booking import has_lost_booking
from kiosk.queueing.calling import calling_order, is_late
from kiosk.queueing.calls import Announced
from kiosk.queueing.hall import Hall
from kiosk.queueing.hours import HANOI
from kiosk.queueing.notice import notices_on
from kiosk.queueing.plan import HallPlan
from kiosk.queueing.reason import Reason
from kiosk.queueing.service import Service
from kiosk.queueing.ticket import Ticket
from kiosk.words import (
    Call,
    Closing,
    CounterState,
    HallState,
    HallTicket,
    Language,
    Notice,
    PlaceResult,
    ServiceClosing,
    ServiceWaiting,
)


def notices_today(plan: HallPlan, now: datetime) -> tuple[Notice, ...]:
    """What the house tells everybody today."""
    told = notices_on(now.astimezone(HANOI).date(), plan.notices)
    return tuple(Notice(text_vi=one.text_vi, text_en=one.text_en) for one in told)


class HallPicture:
    """Draws HallState and its parts."""

    def __init__(self, desk: QueueingDesk, counters: Counters, staffing: Staffing) -> None:
        self._desk = desk
        self._counters = counters
        self._staffing = staffing
        self._looked: tuple[Hall, int, dict[str, str]] | None = None

    def state(
        self,
        now: datetime,
        *,
        closing: Closing | None = None,
        ended: Mapping[str, datetime] = MappingProxyType({}),
        near: tuple[str, ...] = (),
    ) -> HallState:
        """The whole hall; `closing` where its day has ended, `ended` the services whose day has,
        with until when those who wait are served; `near` whose turn is near."""
        hall = self._desk.hall
        since = self._longest()
        current = {one.counter: one for one in hall.tickets("called", "serving")}
        calls = (self.call(one) for one in self._desk.calls.last())
        return HallState(
            now=now.isoformat(timespec="milliseconds"),
            business_day=self._desk.business_day,
            counters=tuple(
                self._counter(one.number, current.get(one.number)) for one in self._counters.all()
            ),
            calls=tuple(one for one in calls if one is not None),
            waiting=tuple(self._service(one, since, now) for one in self._desk.services),
            on_hold=tuple(self.ticket(one) for one in hall.tickets("on_hold")),
            no_shows=tuple(self.ticket(one) for one in hall.tickets("no_show")),
            staff_calls=self._staffing.open_calls(),
            missing_slips=self._staffing.missing_slips(),
            notices=notices_today(self._desk.plan, now),
            near=near,
            closed_services=() if closing else self._closed(ended, now),
            closing=closing,
            expired=len(hall.tickets("expired")),
            by_hand=self._desk.by_hand == "opened",
        )

    def counter(self, number: str) -> CounterState:
        """One counter."""
        return self._counter(number, self._counters.current(number))

    def _longest(self) -> dict[str, str]:
        """Who has waited longest, looked for again only when somebody came or went."""
        hall = self._desk.hall
        if self._looked is None or self._looked[:2] != (hall, hall.changes):
            self._looked = hall, hall.changes, _since(hall.tickets("waiting"))
        return self._looked[2]

    def ticket(self, ticket: Ticket, reason: Reason | None = None) -> HallTicket:
        """A ticket; `reason` is that of its last call unless one is given."""
        return HallTicket(
            id=ticket.id,
            number=ticket.number,
            service=ticket.service,
            priority=ticket.priority,
            language=_language(ticket),
            state=ticket.state,
            issued_at=ticket.issued_at,
            queued_at=ticket.waits_since,
            called_at=ticket.called_at,
            served_at=ticket.served_at,
            counter=ticket.counter,
            at_counter=ticket.at_counter,
            booked_at=ticket.booked_at,
            booking_gone=has_lost_booking(ticket),
            late=is_late(ticket),
            calls=ticket.calls,
            note=self._desk.calls.note_of(ticket.id),
            reason=reason or self._desk.calls.reason(ticket.id),
        )

    def call(self, announced: Announced) -> Call | None:
        """A call as it is shown and spoken; None for a ticket that is gone."""
        ticket = self._desk.hall.ticket(announced.ticket_id)
        if ticket is None:
            return None
        return Call(
            announcement=announced.announcement,
            ticket_id=ticket.id,
            number=ticket.number,
            counter=announced.counter,
            language=_language(ticket),
            at=announced.at,
            times=announced.times,
        )

    def queue(self, number: str, limit: int, now: datetime) -> tuple[HallTicket, ...]:
        """Who waits for a counter, or for any, next first."""
        waiting = self._counters.waiting(number) if number else self._desk.hall.tickets("waiting")
        turns = self._desk.calls.turns(number)
        order = calling_order(waiting, self._desk.plan.calling, turns, now)
        return tuple(self.ticket(one, reason) for one, reason in islice(order, max(0, limit)))

    def place(
        self, ticket: Ticket, now: datetime, *, served_until: str = "", house_open: bool = True
    ) -> PlaceResult:
        """Where one ticket stands, for the citizen who has it. See PlaceResult for the rest."""
        service = self._desk.service(ticket.service)
        ahead, estimate = 0, None
        if ticket.state == "waiting":
            ahead = self._ahead(ticket, service, now)
            estimate = self._desk.estimate(service, ahead, now)
        return PlaceResult(
            number=ticket.number,
            service_vi=service.name_vi,
            service_en=service.name_en,
            state=ticket.state,
            counter=ticket.counter,
            language=_language(ticket),
            ahead=ahead,
            estimate_minutes=estimate,
            served_until=served_until if ticket.state == "waiting" else "",
            house_open=house_open,
        )

    def _ahead(self, ticket: Ticket, service: Service, now: datetime) -> int:
        pool = self._desk.pool(service.code)
        waiting = [
            one
            for one in self._desk.hall.tickets("waiting")
            if one.service in pool and one.at_counter in ("", ticket.at_counter)
        ]
        counter = ticket.at_counter or next((one.number for one in service.counters), "")
        turns = self._desk.calls.turns(counter)
        order = calling_order(waiting, self._desk.plan.calling, turns, now)
        return next((place for place, (one, _) in enumerate(order) if one.id == ticket.id), 0)

    def _counter(self, number: str, current: Ticket | None) -> CounterState:
        session = self._counters.session(number)
        counter = self._counters.counter(number)
        services = self._counters.services(number)
        return CounterState(
            number=number,
            place_vi=counter.place_vi,
            place_en=counter.place_en,
            services=tuple(one.code for one in self._desk.services if one.code in services),
            state=session.state,
            staff=session.staff,
            staff_name=self._staffing.name_of(session.staff),
            since=session.since,
            pause_reason=session.reason,
            ticket=self.ticket(current) if current is not None else None,
            waiting=self._desk.hall.waiting_at(number, services),
            served=self._desk.calls.served(number),
        )

    def _closed(self, ended: Mapping[str, datetime], now: datetime) -> tuple[ServiceClosing, ...]:
        """Those of the `ended` services for which somebody still waits, or has expired."""
        if not ended:
            return ()
        hall = self._desk.hall
        expired = Counter(one.service for one in hall.tickets("expired"))
        over = {code: now >= at for code, at in ended.items()}
        return tuple(
            ServiceClosing(
                service=one.code,
                name_vi=one.name_vi,
                name_en=one.name_en,
                at=stamp(ended[one.code]),
                over=over[one.code],
            )
            for one in self._desk.services
            if one.code in ended
            and (expired[one.code] if over[one.code] else hall.waiting({one.code}))
        )

    def _service(self, service: Service, since: dict[str, str], now: datetime) -> ServiceWaiting:
        return ServiceWaiting(
            service=service.code,
            name_vi=service.name_vi,
            name_en=service.name_en,
            series=service.series,
            waiting=self._desk.hall.waiting({service.code}),
            longest_since=since.get(service.code, ""),
            estimate_minutes=self._desk.estimate(service, self._desk.waiting(service), now),
        )


def _since(tickets: list[Ticket]) -> dict[str, str]:
    """Of each service, since when the one waits who has waited longest."""
    since: dict[str, str] = {}
    for ticket in tickets:
        joined = ticket.queued_at or ticket.issued_at
        if joined < since.get(ticket.service, "~"):  # "~" is after every date
            since[ticket.service] = joined
    return since


def _language(ticket: Ticket) -> Language:
    return "en" if ticket.language == "en" else "vi"
