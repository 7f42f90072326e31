"""A visit in the core: it speaks by it, and forgets it when told, or when nobody can be there."""

from datetime import date, datetime

import pytest
from house import TOPIC_LASTS, House, in_loop
from shelf import BIRTH

from kiosk.queueing.hours import HANOI
from kiosk.queueing.notice import HouseNotice, notices_on
from kiosk.words import (
    Ask,
    ForgetVisit,
    Say,
    SetMaintenance,
    ShowProcedure,
    TellVisit,
    Visit,
)

SLOW = Visit(language="en", modes=frozenset({"slowSpeech"}), topic="1.001193", ticket=7)


def at_the_screen(house: House, command):
    return house.engine.do(command, "screen")


@in_loop
async def test_what_nobody_at_a_face_asked_for_is_said_in_the_language_of_the_visit(house):
    house.engine.utter("clerk.coming", {})
    at_the_screen(house, TellVisit(visit=SLOW))
    house.engine.utter("clerk.coming", {})
    at_the_screen(house, ForgetVisit())
    house.engine.utter("clerk.coming", {})
    assert [language for _, language in house.speech.said] == ["vi", "en", "vi"]


@in_loop
async def test_everything_is_said_slowly_to_whoever_asked_for_it(house):
    at_the_screen(house, TellVisit(visit=SLOW))
    at_the_screen(house, Say(phrase="page.services", language="en"))
    house.issue("request-1", language="en")
    slow = list(house.speech.slow)
    at_the_screen(house, ForgetVisit())
    at_the_screen(house, Say(phrase="page.services"))
    assert "Please choose what you have come for." in slow
    assert any("Your number is" in text for text in slow)
    assert house.speech.slow == slow


@in_loop
async def test_a_visit_is_forgotten_with_all_that_was_talked_of(house):
    async with house.at_work(house.guiding.run):
        await house.until(lambda: house.device("guide").state == "ready")
        at_the_screen(house, ShowProcedure(code=BIRTH.code))
        at_the_screen(house, TellVisit(visit=SLOW))
        assert at_the_screen(house, Ask(text="phí bao nhiêu")).answer.procedure == BIRTH.code
        at_the_screen(house, ForgetVisit())
        assert at_the_screen(house, Ask(text="phí bao nhiêu")).answer.procedure == ""
    assert house.engine.visits.of("screen") == Visit()


@in_loop
async def test_a_visit_of_a_screen_that_died_is_forgotten_in_time(house):
    at_the_screen(house, TellVisit(visit=SLOW))
    house.hands.pass_by(TOPIC_LASTS)  # who needs time is given more
    assert house.engine.visits.of("screen") == SLOW
    at_the_screen(house, Say(phrase="page.services"))
    house.hands.pass_by(TOPIC_LASTS)
    assert house.engine.visits.of("screen") == SLOW
    house.hands.pass_by(TOPIC_LASTS)
    assert house.engine.visits.of("screen") == Visit()


@in_loop
async def test_one_face_knows_nothing_of_another(house):
    at_the_screen(house, TellVisit(visit=SLOW))
    assert house.engine.visits.of("tablet") == Visit()
    house.engine.do(ForgetVisit(), "tablet")
    assert house.engine.visits.of("screen") == SLOW


def test_a_visit_that_needs_time_is_waited_for_twice_as_long():
    assert Visit().patience == 1
    assert Visit(modes=frozenset({"largeText"})).patience == 1
    assert SLOW.patience == Visit(modes=frozenset({"byKeys"})).patience == 2


@in_loop
async def test_maintenance_lasts_over_a_restart(start):
    house = start()
    assert house.engine.state().maintenance is False
    house.engine.do(SetMaintenance(on=True), "cli")
    assert start().engine.state().maintenance is True
    again = start()
    again.engine.do(SetMaintenance(on=False), "cli")
    assert start().engine.state().maintenance is False


def test_a_house_with_hours_tells_them_and_its_notices(start):
    house = start({"always_open": "false"})
    state = house.engine.state()
    assert state.hours == "7:30–11:30, 13:30–17:00"
    assert [one.text_vi for one in state.notices] == [
        "Xin quý ông bà chuẩn bị sẵn giấy tờ khi đến lượt"
    ]
    assert start().engine.state().hours == ""  # always open


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-11-22", ["always"]),
        ("2026-11-23", ["always", "from", "two days"]),
        ("2026-11-24", ["always", "from", "two days"]),
        ("2026-11-25", ["always", "from"]),
    ],
)
def test_a_notice_holds_on_its_days(day, told):
    first, last = date(2026, 11, 23), date(2026, 11, 24)
    notices = (
        HouseNotice(text_vi="always"),
        HouseNotice(text_vi="from", first=first),
        HouseNotice(text_vi="two days", first=first, last=last),
    )
    assert [one.text_vi for one in notices_on(date.fromisoformat(day), notices)] == told


def test_the_hours_of_a_day_off_are_none(start):
    sunday = datetime(2026, 11, 22, 8, 0, tzinfo=HANOI)
    assert start({"always_open": "false"}, wall=sunday).engine.state().hours == ""
