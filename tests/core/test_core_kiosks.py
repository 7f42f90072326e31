"""Several kiosks in one process: the leader is asked through a wire that can be cut and slow."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from hall_of_the_house import Clerks
from house import House, in_loop

from kiosk.core import following
from kiosk.errors import CommandRefused, LeaderAway
from kiosk.paths import DEFAULT_CONFIG
from kiosk.words import (
    AskHall,
    AskQueue,
    AskSite,
    BookingLine,
    CallClerk,
    CheckInBooking,
    CopyBookings,
    HallChanged,
    ImportBookings,
    IssueForKiosk,
    IssueTicket,
    TakeOver,
)


class Wire:
    """A kiosk.ports.Leader over no network: calls reach the leader's engine unless it is cut.

    While `deaf`, the leader does what it is asked and its answer is lost: the late answer.
    """

    def __init__(self, leader: House) -> None:
        self.leader = leader
        self.cut = self.deaf = False
        self.asked = 0

    def _ask(self, command):
        self.asked += 1
        if self.cut:
            raise LeaderAway("the cable is out")
        result = self.leader.engine.do(command, "site")
        if self.deaf:
            raise LeaderAway("too late")
        return result

    def issue(self, wanted, within_s):
        more = {"service": wanted.service, "priority": wanted.priority}
        return self._ask(IssueForKiosk(kiosk="X", request_id=wanted.request_id, **more)).card

    def check_in(self, wanted, within_s):
        return self._ask(CheckInBooking(kiosk="X", code=wanted.code)).card

    def hand_over(self, tickets, within_s):
        return self._ask(TakeOver(kiosk="X", tickets=tuple(tickets))).request_ids

    def call_clerk(self, wanted, within_s):
        self._ask(CallClerk(kiosk="X", page=wanted.page))

    def site(self, within_s):
        return self._ask(AskSite(kiosk="X"))

    def bookings(self, within_s):
        return self._ask(CopyBookings(kiosk="X")).bookings

    def close(self):
        pass


class Threadless:
    """In place of the device's thread: SQLite belongs to the test's thread."""

    def __init__(self, name):
        pass

    async def call(self, ask, within_s):
        await asyncio.sleep(0)
        return ask()

    def close(self, last=None):
        pass


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A leader, who follows it, and the wire between."""
    monkeypatch.setattr(following, "DeviceThread", Threadless)
    text = DEFAULT_CONFIG.read_text()
    leading = tmp_path / "leading.toml"
    leading.write_text(
        text.replace("\nkiosks = []", '\nkiosks = ["X"]').replace('key_file = ""', 'key_file = "k"')
    )
    leader = House(tmp_path / "leader", leading)
    follower = House(tmp_path / "follower", DEFAULT_CONFIG)
    wire = Wire(leader)
    tie = follower.engine.follow(lambda: wire, letter="X", within_s=0.25)
    yield leader, follower, wire, tie
    leader.close()
    follower.close()


async def issue(follower, request, **more):
    """The number that a citizen gets at the kiosk that follows."""
    wanted = IssueTicket(request_id=request, **({"service": "land"} | more))
    return (await follower.engine.obey(wanted, "screen")).card.ticket.number


def numbers(house):
    """Number and state of today's tickets there."""
    return {one.number: one.state for one in house.store.tickets_of("2026-11-23")}


@in_loop
async def test_numbers_are_the_leaders_and_slips_are_printed_here(site):
    leader, follower, wire, _ = site
    assert [await issue(follower, "visit-0001") for _ in range(2)] == ["D001", "D001"]
    assert wire.asked == 1
    assert leader.issue("visit-0002").ticket.number == "D002"
    ticket = follower.store.tickets_of("2026-11-23")[0]
    assert follower.store.newest_job(ticket.id).state == "pending"
    job = leader.store.newest_job(leader.desk.hall.tickets()[0].id)
    assert (job.state, job.reason) == ("abandoned", "other_kiosk X")
    assert follower.desk.hall.tickets() == []  # nobody is called from here


@in_loop
async def test_a_cut_wire_gives_the_own_letter_and_hands_over_once(site):
    leader, follower, wire, tie = site
    wire.cut = True
    assert [await issue(follower, f"visit-000{n}") for n in (1, 2)] == ["X001", "X002"]
    assert follower.device("leader").state == "unavailable"
    assert wire.asked == 1  # it is not asked again at every touch
    wire.cut = False
    for _ in range(2):
        await tie._look()
    assert numbers(leader) == {"X001": "waiting", "X002": "waiting"}
    assert follower.device("leader").state == "ready"
    assert follower.desk.hall.tickets() == []
    assert await issue(follower, "visit-0003") == "D001"
    clerks = Clerks(leader, "4")
    assert clerks.next()[0] == "X001"
    assert leader.store.ticket_of_request("visit-0001")[0].token == (
        follower.store.ticket_of_request("visit-0001")[0].token
    )


@in_loop
async def test_a_number_that_came_too_late_is_nobodys(site):
    leader, follower, wire, tie = site
    wire.deaf = True
    assert await issue(follower, "visit-0001") == "X001"
    assert numbers(leader) == {"D001": "waiting"}
    wire.deaf = False
    await tie._look()
    assert numbers(leader) == {"D001": "cancelled", "X001": "waiting"}
    assert leader.store.ticket_of_request("visit-0001")[0].number == "X001"


@in_loop
async def test_a_lost_answer_to_a_handover_is_asked_again(site):
    leader, follower, wire, tie = site
    wire.cut = True
    await issue(follower, "visit-0001")
    wire.cut, wire.deaf = False, True
    await tie._look()
    assert len(follower.store.handover.to_hand_over(10)) == 1
    wire.deaf = False
    await tie._look()
    assert follower.store.handover.to_hand_over(10) == []
    assert numbers(leader) == {"X001": "waiting"}


@in_loop
async def test_a_ghost_that_was_served_meanwhile_stays_as_it_is(site):
    leader, follower, wire, tie = site
    wire.deaf = True
    await issue(follower, "visit-0001")
    clerks = Clerks(leader, "4")
    clerks.next()
    clerks.then("serve", "D001")
    wire.deaf = False
    await tie._look()
    assert numbers(leader) == {"D001": "serving", "X001": "waiting"}


@in_loop
async def test_what_the_leader_refuses_is_refused_here(site):
    _, follower, wire, _ = site
    with pytest.raises(CommandRefused) as refusal:
        await issue(follower, "visit-0001", service="fishing")
    assert refusal.value.code == "unknown_service"
    wire.cut = True
    for code in ("leader", "leader"):  # asked, and known to be away
        with pytest.raises(CommandRefused) as refusal:
            await follower.engine.obey(CheckInBooking(code="AAAA1"), "screen")
        assert refusal.value.code == code


@in_loop
async def test_no_number_of_the_leaders_series_is_ever_given_here(site):
    _, follower, _, _ = site
    card = follower.engine.do(IssueTicket(request_id="visit-0009", service="land"), "site").card
    assert card.ticket.number == "X001"


@in_loop
async def test_a_call_for_a_person_reaches_the_leader_when_it_can(site):
    leader, follower, wire, tie = site
    wire.cut = True
    follower.engine.do(CallClerk(page="ticket"), "screen")
    await tie._look()
    wire.cut = False
    await tie._look()
    calls = Clerks(leader).hall().staff_calls
    assert ("ticket", "X") in {(call.page, call.kiosk) for call in calls}


def test_only_ones_own_letter_is_taken_over(site):
    leader = site[0]
    card = leader.issue("visit-0001")
    foreign = replace(
        card.ticket, number="X007", series="X", running=7, request_id="foreign-1", token="t" * 16
    )
    for bad in (
        card.ticket,  # another letter
        replace(foreign, number="X008"),  # a number that does not say what it is
        replace(foreign, number="D002", series="D", running=2),
    ):
        done = leader.engine.do(TakeOver(kiosk="X", tickets=(bad,)), "site")
        assert done.request_ids == ()
    done = leader.engine.do(TakeOver(kiosk="X", tickets=(foreign,)), "site")
    assert done.request_ids == ("foreign-1",)
    twin = replace(foreign, request_id="foreign-2", token="u" * 16)
    assert leader.engine.do(TakeOver(kiosk="X", tickets=(twin,)), "site").request_ids == ()
    with pytest.raises(CommandRefused) as refusal:
        leader.engine.do(TakeOver(kiosk="Y", tickets=()), "site")
    assert refusal.value.code == "not_leading"
    assert sorted(numbers(leader)) == ["D001", "X007"]


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
async def test_the_hall_here_is_the_leaders_and_says_when_it_is_old(site):
    leader, follower, wire, tie = site
    assert not follower.engine.hall.state().stale
    leader.issue("visit-0001")
    clerks = Clerks(leader, "4")
    clerks.next()
    await tie._look()
    follower.engine.refresh()
    told = [event.hall for event in follower.events if isinstance(event, HallChanged)][-1]
    here = next(one for one in told.counters if one.number == "4")
    assert (here.ticket.number, told.calls[0].number, told.stale) == ("D001", "D001", False)
    wire.cut = True
    assert await issue(follower, "visit-0002") == "X001"
    follower.engine.refresh()
    told = [event.hall for event in follower.events if isinstance(event, HallChanged)][-1]
    assert told.stale
    assert told.calls[0].number == "D001"
    wire.cut = False
    await tie._look()
    follower.engine.refresh()
    told = [event.hall for event in follower.events if isinstance(event, HallChanged)][-1]
    assert not told.stale
    assert {one.service: one.waiting for one in told.waiting}["land"] == 1


@in_loop
async def test_whose_turn_is_near_is_told_here_too(site):
    leader, follower, wire, tie = site
    clerks = Clerks(leader, "1", "4")
    clerks.come(4, service="land")
    clerks.come(1, start=5, service="civil-status")
    leader.engine.refresh()
    await tie._look()
    assert follower.engine.hall.state().near == ("A001", "D001", "D002")
    clerks.next()
    assert clerks.hall().near == ("A001", "D002")  # at once; who comes after in a moment
    leader.engine.refresh()
    await tie._look()
    assert follower.engine.hall.state().near == ("A001", "D002", "D003")
    wire.cut = True
    await tie._look()
    assert follower.engine.hall.state().near == ()  # who knows what was called meanwhile


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
