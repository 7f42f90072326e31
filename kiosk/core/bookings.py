"""Bookings: taken in from a file, given their number when they check in. Works offline."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import msgspec

from centre.wire import BookingChange
from kiosk.core.hall_host import HallHost
from kiosk.errors import CommandRefused
from kiosk.queueing.booking import (
    Booking,
    Refusal,
    booking_code,
    hanoi_moment,
    person_key,
    refused_check_in,
    refused_import,
    request_of,
)
from kiosk.queueing.print_job import PrintJob
from kiosk.queueing.ticket import Ticket
from kiosk.words import (
    BookingCheckedIn,
    BookingLine,
    BookingsResult,
    CheckInBooking,
    ImportBookings,
    IssueTicket,
    TicketResult,
)

log = logging.getLogger(__name__)
MAX_LINES = 5000


class Bookings:
    """`secret` keys the hashes of persons: whoever has the store alone cannot try numbers."""

    def __init__(self, host: HallHost, secret: bytes) -> None:
        self._host = host
        self._secret = secret
        self._stamp = ""

    def take_in(self, command: ImportBookings) -> BookingsResult:
        """Keep what can be kept; tells of each line that cannot why."""
        known = {one.code: one for one in self._host.store.bookings.all()}
        good, refused = self._sifted(command.bookings[:MAX_LINES], known)
        self._host.store.bookings.keep(list(good.values()))
        self.changed()
        log.info("bookings: %d kept, %d refused", len(good), len(refused))
        return BookingsResult(
            kept=len(good.keys() - known.keys()),
            known=len(good.keys() & known.keys()),
            refused=tuple(refused),
        )

    def of_centre(self, told: Sequence[BookingChange]) -> tuple[list[Booking], list[str]]:
        """What the centre tells, as it is to be kept, and the codes that are to go: those that were
        cancelled, and those that as they are now cannot be kept."""
        codes = [booking_code(one.code) for one in told]
        known = {one.code: one for one in self._host.store.bookings.all()}
        for code in codes:  # each is told whole: what it was before does not count
            known.pop(code, None)
        good, refused = self._sifted([_line(one) for one in told if one.state == "booked"], known)
        if refused:
            log.warning("%d bookings of the centre cannot be kept here", len(refused))
        return list(good.values()), [code for code in codes if code and code not in good]

    def _sifted(
        self, lines: Sequence[BookingLine], known: Mapping[str, Booking]
    ) -> tuple[dict[str, Booking], list[tuple[int, str]]]:
        """The bookings that can be kept beside those that are known, by code; and why the others
        cannot, by their place from 1."""
        desk = self._host.desk
        today = date.fromisoformat(desk.business_day)
        services = {service.code for service in desk.services}
        counts = Counter((one.person, one.day) for one in known.values() if one.person)
        good: dict[str, Booking] = {}
        refused: list[tuple[int, str]] = []
        for number, line in enumerate(lines, start=1):
            booking = self._booking(line)
            before = known.get(booking.code) or good.get(booking.code) if booking else None
            if before is not None and before.person:
                counts[before.person, before.day] -= 1
            why: Refusal | None = "booking_time"
            if booking is not None:
                why = refused_import(booking, today, services, counts, desk.plan.booking)
            if booking is None or why is not None:
                refused.append((number, why or ""))
                booking = before
            else:
                good[booking.code] = booking
            if booking is not None and booking.person:
                counts[booking.person, booking.day] += 1
        return good, refused

    def changed(self) -> None:
        """The list is another one."""
        self._stamp = ""

    def stamp(self) -> str:
        """Tells one list of bookings from another."""
        if not self._stamp:
            self._stamp = hashlib.sha256(msgspec.json.encode(self.for_others())).hexdigest()[:16]
        return self._stamp

    def for_others(self) -> tuple[Booking, ...]:
        """The list as the site's other kiosks have it: nothing of persons, nor who has come."""
        return tuple(
            replace(one, person="", ticket_id=None) for one in self._host.store.bookings.all()
        )

    def known(self, command: CheckInBooking) -> tuple[Ticket, PrintJob] | None:
        """The number that a booking has already."""
        booking = self._of_code(command.code)
        return self._host.store.ticket_of_request(request_of(booking)) if booking else None

    def check_in(self, command: CheckInBooking, *, visit: bool, letter: str = "") -> TicketResult:
        """The number of a booking; the same code gives the same number.

        `letter` takes the place of the service's series, for a number that the leader is to have
        later. Raises CommandRefused (unknown_booking, booking_early, booking_late,
        booking_other_day).
        """
        here = not command.kiosk
        if (known := self.known(command)) is not None:
            return self._host.issued(*known, is_new=False, here=here)
        booking = self._of_code(command.code)
        if booking is None:
            raise CommandRefused("no such booking", code="unknown_booking")
        why = refused_check_in(booking, self._host.now(), self._host.desk.plan.booking)
        if why is not None:
            raise CommandRefused("the booking is for another time", code=why, opens_at=booking.at)
        wanted = IssueTicket(
            request_id=request_of(booking),
            service=booking.service,
            priority=command.priority,
            language=command.language,
        )
        ticket, job = self._host.desk.check_in(
            self._host.store,
            booking,
            wanted,
            visit=visit,
            letter=letter,
            printed_at=command.kiosk,
        )
        result = self._host.issued(ticket, job, is_new=True, here=here)
        self._host.publish(
            BookingCheckedIn(ticket_id=ticket.id, number=ticket.number, booked_at=booking.at)
        )
        return result

    def _of_code(self, text: str) -> Booking | None:
        code = booking_code(text)
        return self._host.store.bookings.by_code(code) if code else None

    def _booking(self, line: BookingLine) -> Booking | None:
        try:
            at, registered_at = hanoi_moment(line.at), hanoi_moment(line.registered_at)
        except ValueError:
            return None
        return Booking(
            code=booking_code(line.code),
            service=line.service.strip(),
            at=at,
            registered_at=registered_at,
            person=self._hashed(line.person),
        )

    def _hashed(self, person: str) -> str:
        if not (plain := person_key(person)):
            return ""
        return hmac.new(self._secret, plain.encode(), hashlib.sha256).hexdigest()


def _line(told: BookingChange) -> BookingLine:
    return BookingLine(
        code=told.code,
        service=told.service,
        at=told.at,
        registered_at=told.registered_at,
        person=told.person,
    )
