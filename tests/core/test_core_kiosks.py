"""Several kiosks in one process: the leader is asked through a wire that can be cut and slow."""

from dataclasses import replace

import pytest
from hall_of_the_house import Clerks
from house import in_loop
from two_kiosks import issue, numbers

from kiosk.errors import CommandRefused
from kiosk.words import (
    CallClerk,
    CheckInBooking,
    HallChanged,
    IssueTicket,
    TakeOver,
)


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
