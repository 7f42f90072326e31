"""Bookings of a site with several kiosks, the leader there, cut off and back."""

from datetime import timedelta

import pytest
from hall_of_the_house import Clerks
from house import in_loop
from two_kiosks import numbers

from kiosk.errors import CommandRefused
from kiosk.words import (
    AskHall,
    AskQueue,
    BookingLine,
    CheckInBooking,
    ImportBookings,
)


def book(leader, *codes, at="08:10"):
    """Bookings of today, in the leader's list."""
    leader.engine.do(
        ImportBookings(
            bookings=tuple(
                BookingLine(
                    code=code,
                    service="land",
                    at=f"2026-11-23T{at}:00+07:00",
                    registered_at="2026-11-20T08:00:00+07:00",
                    person="001099012345",
                )
                for code in codes
            )
        ),
        "cli",
    )


async def check_in(follower, code):
    return (await follower.engine.obey(CheckInBooking(code=code), "screen")).card.ticket.number


@in_loop
async def test_a_booking_checks_in_though_the_leader_is_away(site):
    leader, follower, wire, tie = site
    book(leader, "AAAA1", "BBBB2")
    await tie._look()
    assert [one.person for one in follower.store.bookings.all()] == ["", ""]
    asked = wire.asked
    await tie._look()
    assert wire.asked == asked + 1  # the list is the same: it is not copied again
    wire.cut = True
    assert [await check_in(follower, code) for code in ("aaaa-1", "AAAA1")] == ["X001", "X001"]
    with pytest.raises(CommandRefused) as refusal:
        await check_in(follower, "CCCC3")
    assert refusal.value.code == "leader"  # who may know it
    wire.cut = False
    await tie._look()
    assert numbers(leader) == {"X001": "waiting"}
    taken = leader.store.ticket_of_request("booking-AAAA1-2026-11-23")[0]
    assert taken.booked_at == "2026-11-23T08:10:00+07:00"
    assert leader.engine.do(CheckInBooking(code="AAAA1"), "screen").card.ticket.number == "X001"
    assert await check_in(follower, "BBBB2") == "D001"
    assert await check_in(follower, "AAAA1") == "X001"


@in_loop
async def test_a_booking_that_is_taken_back_is_taken_back_here(site):
    leader, follower, wire, tie = site
    book(leader, "AAAA1", "BBBB2")
    await tie._look()
    wire.cut = True
    await check_in(follower, "AAAA1")
    wire.cut = False
    leader.hands.pass_by(timedelta(days=1))
    leader.engine.do(AskHall(), "cli")  # a new day: its list is empty
    await tie._look()
    assert [one.code for one in follower.store.bookings.all()] == ["AAAA1"]  # it has its number


@in_loop
async def test_a_booking_that_checks_in_twice_is_called_once(site):
    leader, follower, wire, tie = site
    book(leader, "AAAA1")
    await tie._look()
    wire.cut = True
    assert await check_in(follower, "AAAA1") == "X001"
    assert leader.engine.do(CheckInBooking(code="AAAA1"), "screen").card.ticket.number == "D001"
    wire.cut, wire.deaf = False, True
    await tie._look()  # the answer to the handover is lost: it is told again
    wire.deaf = False
    await tie._look()
    assert follower.store.handover.to_hand_over(10) == []
    assert numbers(leader) == {"D001": "waiting", "X001": "cancelled"}
    assert leader.store.ticket_of_request("booking-AAAA1-2026-11-23")[0].number == "D001"


@in_loop
async def test_a_check_in_that_was_answered_too_late_keeps_the_number_in_the_hand(site):
    leader, follower, wire, tie = site
    book(leader, "AAAA1")
    await tie._look()
    wire.deaf = True
    assert await check_in(follower, "AAAA1") == "X001"
    wire.deaf = False
    await tie._look()
    assert numbers(leader) == {"D001": "cancelled", "X001": "waiting"}


@pytest.mark.parametrize("moved", [False, True], ids=["cancelled", "moved"])
@in_loop
async def test_a_booking_that_was_taken_back_unseen_waits_as_a_number_without(site, moved):
    leader, follower, wire, tie = site
    book(leader, "AAAA1", "BBBB2")
    await tie._look()
    wire.cut = True
    leader.store.centre.keep_changes([], ["AAAA1"], "2")  # as the centre tells it
    if moved:
        book(leader, "AAAA1", at="16:00")
    leader.engine.hall.bookings.changed()
    given = [await check_in(follower, code) for code in ("AAAA1", "BBBB2")]
    assert given == ["X001", "X002"]  # nobody is sent away
    wire.cut, wire.deaf = False, True
    await tie._look()  # the answer to the handover is lost: it is told again
    wire.deaf = False
    await tie._look()
    assert numbers(leader) == {"X001": "waiting", "X002": "waiting"}
    clerks = Clerks(leader, "4")
    clerks.house.hands.pass_by(timedelta(minutes=10))
    told = clerks.do(AskQueue(counter="4")).tickets
    marks = [(one.number, one.booked_at[11:16], one.booking_gone) for one in told]
    assert marks == [("X002", "08:10", False), ("X001", "", True)]
    assert [clerks.next()[0], clerks.counter("4").ticket.booking_gone] == ["X002", False]
    clerks.then("serve", "X002")
    assert [clerks.next()[0], clerks.counter("4").ticket.booking_gone] == ["X001", True]
    clerks.then("serve", "X001")
    onward = clerks.then("next_service", "X001", service="civil-status")
    assert not onward.booking_gone  # there is nothing to tell of in another queue
    leader.store.centre.keep_changes([], ["BBBB2"], "3")  # its citizen is here: it stays
    assert leader.engine.do(CheckInBooking(code="BBBB2"), "screen").card.ticket.number == "X002"


@in_loop
async def test_bookings_are_brought_to_the_leader(site):
    with pytest.raises(CommandRefused) as refusal:
        book(site[1], "AAAA1")
    assert refusal.value.code == "not_leading"
