"""Which bookings are taken. Pure; the house's own rules (`kiosk.queueing.booking`) come first.

booking_code, booking_time, unknown_service, booking_day, booking_too_many     as at a kiosk
booking_past    its time has come, or had come before it was changed
booking_slot    no slot of that service begins then
booking_field   this person has a booking in this field that day
booking_full    the slot's quota is given
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from kiosk.queueing import booking as house
from kiosk.queueing.booking import Booking, BookingRule
from kiosk.queueing.hours import HANOI, Calendar, Week, spans_on

Refusal = house.Refusal | Literal["booking_past", "booking_slot", "booking_field", "booking_full"]
AS_THINGS_STAND: frozenset[Refusal] = frozenset(
    {"booking_too_many", "booking_field", "booking_full", "booking_past"}
)
"""Refusals that another moment or another slot may lift; the rest are wrong by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingPlan:
    """A service of a site that can be booked: `a_slot` bookings each `slot_min` minutes."""

    service: str
    field: str
    a_slot: int
    slot_min: int
    week: Week


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is booked already, the booking in question left out: the fields of this person's
    bookings on that day, and how many bookings the slot has."""

    fields: tuple[str, ...] = ()
    in_slot: int = 0


def days_ahead(now: datetime) -> tuple[date, ...]:
    """The days that can be booked: Hanoi's today and six more."""
    today = now.astimezone(HANOI).date()
    return tuple(today + timedelta(days=ahead) for ahead in range(house.DAYS_AHEAD + 1))


def slots_on(day: date, plan: BookingPlan, calendar: Calendar) -> tuple[datetime, ...]:
    """When the slots of a day begin; each ends before its span does."""
    midnight = datetime.combine(day, time(), HANOI)
    return tuple(
        midnight + timedelta(minutes=minute)
        for span in spans_on(day, plan.week, calendar)
        for minute in range(span.opens, span.closes - plan.slot_min + 1, plan.slot_min)
    )


def refused_booking(
    booking: Booking,
    plan: BookingPlan,
    calendar: Calendar,
    standing: Standing,
    now: datetime,
    rule: BookingRule,
) -> Refusal | None:
    """Why a booking is not taken, or cannot be moved to where it is now; None: it is taken."""
    today = days_ahead(now)[0]
    booked = {(booking.person, booking.day): len(standing.fields)}
    if why := house.refused_import(booking, today, {plan.service}, booked, rule):
        return why
    at = datetime.fromisoformat(booking.at)
    if at <= now:
        return "booking_past"
    if at not in slots_on(at.astimezone(HANOI).date(), plan, calendar):
        return "booking_slot"
    if plan.field in standing.fields:
        return "booking_field"
    return "booking_full" if standing.in_slot >= plan.a_slot else None


def free_slots(
    day: date,
    plan: BookingPlan,
    calendar: Calendar,
    taken: Iterable[datetime],
    now: datetime,
) -> tuple[tuple[datetime, int], ...]:
    """Each slot that can still be booked on a day, and how many bookings it still takes."""
    if day not in days_ahead(now):
        return ()
    booked = Counter(taken)
    slots = ((at, plan.a_slot - booked[at]) for at in slots_on(day, plan, calendar))
    return tuple((at, free) for at, free in slots if at > now and free > 0)
