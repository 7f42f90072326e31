"""The end of the day: by hand, and by itself after the hours."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hall_of_the_house import Clerks
from house import in_loop

from kiosk.errors import CommandRefused
from kiosk.words import (
    AskDay,
    AskHall,
    AskPlace,
    BookingLine,
    CheckInBooking,
    CloseCounter,
    CloseDay,
    HallChanged,
    ImportBookings,
    OpenDay,
    TakeOver,
)

HOURS = {"always_open": "false", "hall.closing_grace_min": "30"}


@pytest.fixture
def clerks(start):
    """A house that keeps its hours, 07:30-11:30 and 13:30-17:00; counters 2 and 4 are open."""
    return Clerks(start(HOURS), "2", "4")


def until(clerks, hour, minute):
    """Time goes on to that hour of the day, and the house is looked after."""
    hands = clerks.house.hands
    then = hands.wall.replace(hour=hour, minute=minute, second=0, microsecond=0)
    hands.pass_by(then - hands.wall)
    clerks.house.engine.hall.look()


def states(clerks):
    return {one.number: one.state for one in clerks.house.desk.hall.tickets()}


def test_who_was_never_called_expires_when_the_grace_is_over(clerks):
    clerks.come(3)
    clerks.next()
    until(clerks, 17, 29)
    assert set(states(clerks).values()) == {"called", "waiting"}
    closing = clerks.hall().closing
    assert (closing.why, closing.at[11:16], closing.over) == ("after_hours", "17:30", False)
    assert clerks.hall().expired == 0
    until(clerks, 17, 30)
    assert states(clerks) == {"D001": "called", "D002": "expired", "D003": "expired"}
    assert clerks.hall().expired == 2
    report = clerks.do(AskDay()).report
    assert [(one.reason, one.count) for one in report.left_over] == [("after_hours", 2)]


def test_whom_a_counter_has_begun_with_is_left_to_the_counters(clerks):
    clerks.come(4)
    for number, verb in (("D001", "hold"), ("D002", "put_back"), ("D003", "serve")):
        clerks.then("call", number)
        clerks.then(verb, number)
    until(clerks, 18, 0)
    assert states(clerks) == {
        "D001": "on_hold", "D002": "waiting", "D003": "serving", "D004": "expired",
    }  # fmt: skip
    clerks.then("complete", "D003")
    assert clerks.next()[0] == "D002"  # work goes on
    clerks.then("put_back", "D002")
    clerks.do(CloseCounter(counter="4", staff="lan"))
    until(clerks, 18, 1)
    assert states(clerks)["D001"] == "expired"
    assert states(clerks)["D002"] == "expired"


def test_boards_are_told_when_the_day_is_over_though_nobody_waits(clerks):
    for hour, minute in ((16, 59), (17, 0), (17, 30)):
        until(clerks, hour, minute)
        clerks.house.engine.refresh()
    told = [one.hall.closing for one in clerks.house.events if isinstance(one, HallChanged)]
    assert [one.over if one else None for one in told][-3:] == [None, False, True]


def test_a_break_at_noon_closes_nothing(clerks):
    clerks.come(2)
    until(clerks, 12, 30)
    assert set(states(clerks).values()) == {"waiting"}
    assert clerks.hall().closing is None


def test_a_service_that_closes_before_the_house_says_so_to_whom_it_concerns(start):
    clerks = Clerks(start(HOURS | {"hours": '{ monday = ["07:30-10:00"] }'}), "1")
    clerks.come(1)  # for another service, which goes on
    (mine,) = clerks.come(1, start=2, service="civil-status")
    token = clerks.named(mine).token

    def place():
        return clerks.do(AskPlace(token=token))

    until(clerks, 9, 59)
    assert (clerks.hall().closed_services, place().served_until) == ((), "")
    until(clerks, 10, 0)
    (told,) = clerks.hall().closed_services
    assert (told.service, told.at[11:16], told.over) == ("civil-status", "10:30", False)
    assert place().served_until[11:16] == "10:30"
    until(clerks, 10, 30)
    (told,) = clerks.hall().closed_services
    assert told.over
    assert (place().state, place().served_until, place().house_open) == ("expired", "", True)
    assert states(clerks)["D001"] == "waiting"
    until(clerks, 17, 0)  # the house's own closing says it all
    assert clerks.hall().closing is not None
    assert clerks.hall().closed_services == ()
    assert not place().house_open


def test_a_service_that_closes_early_and_concerns_nobody_is_not_told_of(start):
    clerks = Clerks(start(HOURS | {"hours": '{ monday = ["07:30-10:00"] }'}), "1")
    for hour in (10, 11):
        until(clerks, hour, 0)
        assert clerks.hall().closed_services == ()


def test_a_house_that_is_always_open_never_closes(start):
    clerks = Clerks(start({"hall.closing_grace_min": "0"}), "2")
    clerks.come(2)
    until(clerks, 23, 59)
    assert set(states(clerks).values()) == {"waiting"}
    assert clerks.hall().closing is None


def test_a_house_that_was_closed_gives_no_number_until_it_is_opened(clerks):
    clerks.come(1)
    clerks.do(CloseDay(staff="lan"))
    with pytest.raises(CommandRefused) as refusal:
        clerks.come(1, start=2)
    assert refusal.value.code == "closed"
    assert refusal.value.opens_at.startswith("2026-11-24T07:30")
    assert clerks.hall().closing.why == "by_hand"
    clerks.do(OpenDay(staff="lan"))
    assert clerks.hall().closing is None
    clerks.come(1, start=3)
    assert states(clerks) == {"D001": "expired", "D002": "waiting"}


def test_what_was_decided_by_hand_outlives_a_restart_and_ends_at_midnight(clerks, start):
    clerks.do(CloseDay(staff="lan"))
    again = Clerks(start(HOURS, wall=clerks.house.hands.wall))
    assert again.hall().closing.why == "by_hand"
    again.house.hands.pass_by(timedelta(days=1))
    assert again.do(AskHall()).hall.closing is None
    again.come(1)


def test_a_house_opened_outside_its_hours_stays_open_until_midnight(clerks):
    until(clerks, 19, 0)
    clerks.do(OpenDay(staff="lan"))
    assert clerks.hall().by_hand
    clerks.come(1)
    until(clerks, 23, 50)
    assert states(clerks) == {"D001": "waiting"}


@in_loop
async def test_nobody_has_to_ask_for_it(clerks):
    clerks.come(1)
    hands = clerks.house.hands
    hands.pass_by(timedelta(hours=9, minutes=30))
    async with clerks.house.at_work(clerks.house.housekeeping.run):
        await clerks.house.until(lambda: states(clerks) == {"D001": "expired"})


def test_a_booking_is_not_taken_into_a_closed_house(clerks):
    line = BookingLine(
        code="HANOI1", service="land", at="2026-11-23T08:30:00+07:00",
        registered_at="2026-11-20T08:00:00+07:00",
    )  # fmt: skip
    clerks.do(ImportBookings(bookings=(line,)))
    clerks.do(CloseDay(staff="lan"))
    assert clerks.refused(CheckInBooking(code="HANOI1")) == "closed"
    clerks.do(OpenDay(staff="lan"))
    assert clerks.do(CheckInBooking(code="HANOI1")).card.ticket.booked_at


def test_numbers_handed_over_to_a_closed_house_expire(start):
    clerks = Clerks(start(HOURS | {"kiosks": '["X"]', "key_file": '"k"'}), "4")
    clerks.come(1)
    clerks.do(CloseDay(staff="lan"))
    given = replace(
        clerks.named("D001"), id=0, number="X001", series="X", state="waiting",
        request_id="by-x-itself", token="x" * 16,
    )  # fmt: skip
    clerks.do(TakeOver(kiosk="X", tickets=(given,)))
    assert states(clerks)["X001"] == "waiting"
    clerks.house.engine.hall.look()
    assert states(clerks)["X001"] == "expired"
