"""The one door: commands in, events out, on a real store and a clock moved by hand."""

from datetime import datetime, timedelta

import pytest
from house import MONDAY, in_loop

from kiosk.errors import CommandRefused, StoreUnavailable
from kiosk.queueing.hours import HANOI
from kiosk.words import (
    AnswerSlip,
    AskState,
    CallClerk,
    ChangeTicket,
    ClerkCalled,
    EndVisit,
    IssueTicket,
    ListTickets,
    Say,
    StateChanged,
    StopSpeech,
    TicketChanged,
    TicketIssued,
)

OFFICE = {"always_open": "false", "public_holidays": "false"}


def refusal(house, command, face="screen") -> CommandRefused:
    """Why the command is refused."""
    with pytest.raises(CommandRefused) as refused:
        house.engine.do(command, face)
    return refused.value


def test_a_number_is_told_spoken_and_listed(house):
    card = house.issue("request-1", priority="elderly")
    assert (card.ticket.number, card.ticket.state, card.slip.state) == (
        "D001",
        "waiting",
        "pending",
    )
    assert card.service.where_vi == "Quầy số 4 – tầng 1"
    assert [event for event in house.events if isinstance(event, TicketIssued)] == [
        TicketIssued(card=card)
    ]
    said, language = house.speech.said[-1]
    assert (said[1], language) == ("Số của ông bà là D001.", "vi")
    assert house.engine.do(ListTickets(), "cli").tickets == (card.ticket,)


def test_the_same_request_back_to_back_is_one_number(house):
    first = house.issue("request-1")
    told = len(house.events)
    second = house.issue("request-1", face="cli", service="civil-status")
    assert second.ticket == first.ticket
    assert len(house.events) == told  # not told, printed or spoken twice
    assert len(house.speech.said) == 1
    assert len(house.store.unfinished_jobs()) == 1


def test_it_is_one_number_even_when_closed_or_full_meanwhile(start):
    house = start(OFFICE | {"daily_quota": "1"})
    first = house.issue("request-1", service="civil-status")
    house.hands.pass_by(timedelta(hours=4))
    assert house.issue("request-1", service="civil-status").ticket == first.ticket


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (IssueTicket(request_id="request-1", service="fishing"), "unknown_service"),
        (IssueTicket(request_id="request-1", service="land", priority="vip"), "unknown_priority"),
        (IssueTicket(request_id="short", service="land"), "wrong_answer"),
        (IssueTicket(request_id="x" * 65, service="land"), "wrong_answer"),
        (ChangeTicket(ticket_id=99, verb="call"), "unknown_ticket"),
        (AnswerSlip(ticket_id=99, answer="received"), "unknown_ticket"),
        (Say(phrase="page.nothing"), "unknown_phrase"),
        (Say(phrase="page.ticket", values={"number": "A001"}), "unknown_phrase"),
        (Say(phrase="page.closed", values={"opens": "x" * 701}), "unknown_phrase"),
    ],
)
def test_what_cannot_be_done_has_a_code(house, command, code):
    assert refusal(house, command).code == code
    assert house.store.tickets_of("2026-11-23") == []


def test_closed_says_when_it_opens(start):
    house = start(OFFICE)
    house.hands.pass_by(timedelta(hours=3, minutes=45))  # 11:45, lunch
    refused = refusal(house, IssueTicket(request_id="request-1", service="land"))
    assert (refused.code, refused.opens_at) == ("closed", "2026-11-23T13:30:00+07:00")
    service = house.engine.state().services[0]
    assert (service.availability, service.opens_at) == ("closed", "2026-11-23T13:30:00+07:00")
    house.hands.pass_by(timedelta(hours=1, minutes=45))
    assert house.issue("request-1").ticket.number == "D001"


def test_full_offers_the_next_day(start):
    house = start(OFFICE | {"daily_quota": "2"})
    for request in ("request-1", "request-2"):
        house.issue(request, service="civil-status")
    refused = refusal(house, IssueTicket(request_id="request-3", service="civil-status"))
    assert (refused.code, refused.opens_at) == ("full", "2026-11-24T07:30:00+07:00")
    assert house.issue("request-4", service="land").ticket.number == "D001"


def test_priority_goes_before(house):
    for number in range(4):
        assert house.issue(f"request-{number}").ticket.ahead == number
    assert house.issue("request-old", priority="elderly").ticket.ahead == 0
    assert house.engine.state().services[3].waiting == 5


def test_a_ticket_goes_through_every_verb(house):
    card = house.issue("request-1")
    for verb, more, state in (
        ("call", {"counter": "4"}, "called"),
        ("recall", {}, "called"),
        ("no_show", {}, "no_show"),
        ("call", {}, "called"),
        ("serve", {}, "serving"),
        ("hold", {}, "on_hold"),
        ("serve", {}, "serving"),
        ("transfer", {"service": "social"}, "waiting"),
        ("call", {"counter": "4"}, "called"),
        ("serve", {}, "serving"),
        ("complete", {}, "done"),
    ):
        house.hands.pass_by(timedelta(minutes=1))
        changed = house.change(card, verb, **more)
        assert changed.ticket.state == state, verb
        assert house.store.ticket(card.ticket.id) == changed.ticket
        assert TicketChanged(ticket=changed.ticket, verb=verb) in house.events
    assert (changed.ticket.service, changed.ticket.counter) == ("social", "4")
    told = [entry.kind for entry in house.store.centre.batch(99, 1_000_000).rows]
    assert told[1:4] == ["ticket_call", "ticket_recall", "ticket_no_show"]
    assert refusal(house, ChangeTicket(ticket_id=card.ticket.id, verb="call")).code == "wrong_state"
    other = house.issue("request-2")
    house.change(other, "call", counter="4")
    assert house.change(other, "cancel").ticket.state == "cancelled"


def test_the_state_is_told_only_when_it_is_news(house):
    def told():
        return [event for event in house.events if isinstance(event, StateChanged)]

    house.engine.refresh()
    for _ in range(9):
        house.hands.pass_by(timedelta(seconds=3))
        house.engine.refresh()
    assert len(told()) == 1
    house.hands.pass_by(timedelta(seconds=3))
    house.engine.refresh()
    assert len(told()) == 2  # the time, twice a minute
    house.issue("request-1")
    house.engine.refresh()
    assert len(told()) == 3
    assert told()[-1].state == house.engine.do(AskState(), "cli").state


def test_a_listener_that_fails_undoes_nothing(house, caplog):
    def listener(event: object) -> None:
        raise RuntimeError("a face's bug")

    house.engine.listen(listener)
    after: list[object] = []
    house.engine.listen(after.append)
    assert house.issue("request-1").ticket.number == "D001"
    assert isinstance(after[0], TicketIssued)
    assert "a listener failed" in caplog.messages


def test_two_faces_and_whose_page_comes_back(house):
    seen = house.issue("request-1", face="screen")
    house.issue("request-2", face="cli")
    assert [card.ticket.id for card in house.engine.state().unfinished] == [seen.ticket.id]
    house.engine.do(EndVisit(ticket_id=seen.ticket.id), "screen")
    assert house.engine.state().unfinished == ()


def test_a_page_comes_back_for_five_minutes_at_most(house):
    house.issue("request-1")
    house.hands.pass_by(timedelta(minutes=4))
    assert len(house.engine.state().unfinished) == 1
    house.hands.pass_by(timedelta(minutes=2))
    assert house.engine.state().unfinished == ()


def test_say_stop_and_a_clerk(house):
    values = {"number": "A001", "where": "Quầy số 1"}
    house.engine.do(Say(phrase="page.ticket", values=values), "screen")
    assert "Quầy số 1" in house.speech.said[-1][0][0]
    house.engine.do(StopSpeech(), "screen")
    assert house.speech.stops == 1
    house.engine.do(CallClerk(page="services"), "screen")
    assert ClerkCalled(page="services") in house.events


def test_english_is_spoken_in_english(house):
    house.issue("request-1", language="en")
    said, language = house.speech.said[-1]
    assert language == "en"
    assert "D001" in said[1]


def test_a_new_day_begins_at_one_and_the_old_one_expires(house):
    old = house.issue("request-1")
    house.hands.pass_by(timedelta(days=1))
    new = house.issue("request-2")
    assert (new.ticket.number, new.ticket.business_day, new.ticket.ahead) == (
        "D001",
        "2026-11-24",
        0,
    )
    assert house.store.ticket(old.ticket.id).state == "expired"
    assert (
        house.engine.do(ListTickets(business_day="2026-11-23"), "cli").tickets[0].number == "D001"
    )


def test_the_clock_in_1970_and_back_across_restarts(start):
    numbers = []
    for wall in (
        MONDAY,
        datetime(1970, 1, 1, 7, 0, tzinfo=HANOI),
        MONDAY + timedelta(minutes=30),
        datetime(1970, 1, 1, 7, 0, tzinfo=HANOI),
    ):
        house = start(wall=wall)
        card = house.issue(f"request-{len(numbers)}")
        house.hands.wall = datetime(1970, 1, 1, 7, 0, tzinfo=HANOI)  # and in the middle
        again = house.issue(f"middle-{len(numbers)}")
        assert {card.ticket.business_day, again.ticket.business_day} == {"2026-11-23"}
        numbers += [card.ticket.number, again.ticket.number]
    assert numbers == [f"D{n:03d}" for n in range(1, 9)]


def test_nobody_comes_before_others_because_the_clock_was_set_back(start):
    house = start()
    early = house.issue("request-1").ticket
    house.hands.wall -= timedelta(hours=3)
    late = [house.issue(f"request-{number}").ticket for number in (2, 3)]
    assert all(one.issued_at < early.issued_at for one in late)  # what their slips say
    house = start(wall=house.hands.wall)
    late.append(house.issue("request-4").ticket)
    waiting = sorted(house.desk.hall.tickets("waiting"), key=lambda one: one.waits_since)
    assert [one.number for one in waiting] == ["D001", "D002", "D003", "D004"]
    assert len({one.waits_since for one in waiting}) == 4


def test_a_store_that_fails_is_told_and_comes_back(house):
    house.issue("request-1")
    house.store.rooms.database.execute("PRAGMA query_only=ON")
    with pytest.raises(StoreUnavailable):
        house.issue("request-2")
    assert house.device("store").state == "unavailable"
    assert house.device("store").reason == "write_failed"
    house.housekeeping._tick()  # opens it anew: it is not trusted any more
    assert house.device("store").state == "ready"
    assert house.issue("request-2").ticket.number == "D002"


def test_damage_is_told_as_long_as_the_core_runs(start, tmp_path):
    house = start()
    house.issue("request-1")
    house.close()
    path = tmp_path / "store" / "kiosk.db"
    path.write_bytes(path.read_bytes()[:5000])
    house = start()
    assert house.device("store").state == "ready"
    assert house.device("store").reason == "restored"
    assert "1 tickets put back from the journal" in house.device("store").detail
    assert house.issue("request-2").ticket.number == "D101"


@in_loop
async def test_housekeeping_beats_ticks_and_backs_up(house, monkeypatch):
    from kiosk.core import housekeeping

    monkeypatch.setattr(housekeeping, "TICK_S", 0.02)
    monkeypatch.setattr(housekeeping, "LOOK_S", 0.02)
    monkeypatch.setattr(housekeeping, "REFRESH_S", 0.01)
    house.issue("request-1")
    async with house.at_work(house.housekeeping.run):
        await house.until(lambda: house.beats > 2)
        assert house.store.last_backup() is None
        house.hands.pass_by(timedelta(minutes=2))  # no backup yet: one soon after the start
        first = await house.until(house.store.last_backup)
        house.hands.pass_by(timedelta(minutes=61))
        await house.until(lambda: house.store.last_backup() != first)
