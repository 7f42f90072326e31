"""The guide behind the core's door: read by itself, asked at any moment, never in the way."""

import logging
from dataclasses import replace

import pytest
from house import TOPIC_LASTS, in_loop
from shelf import ABROAD, BIRTH, CATALOGUE, REPEAT, RESIDENCE, ShelfSource

from kiosk.core.guiding import LONGEST_QUESTION, bounded
from kiosk.core.printing import MAX_LOOSE
from kiosk.errors import CommandRefused
from kiosk.guide.catalogue import News
from kiosk.words import (
    AnswerReady,
    Ask,
    AskGuide,
    BrowseProcedures,
    ChecklistChanged,
    Done,
    FieldLine,
    LifeEventLine,
    ListChanged,
    NewsLine,
    PrintChecklist,
    PrintList,
    ShowProcedure,
    SuggestProcedures,
)

ALL_COMMANDS = [
    AskGuide(),
    BrowseProcedures(),
    SuggestProcedures(text="khai sinh"),
    Ask(text="khai sinh"),
    ShowProcedure(code=BIRTH.code),
    PrintChecklist(code=BIRTH.code),
]


def ask(house, command, face="screen"):
    """What the core answers."""
    return house.engine.do(command, face)


def refusal(house, command) -> str:
    """The code with which the command is refused."""
    with pytest.raises(CommandRefused) as refused:
        ask(house, command)
    return refused.value.code


async def ready(house):
    """Wait until the catalogue is read."""
    return await house.until(lambda: house.device("guide").state == "ready")


def codes(result) -> list[str]:
    """The codes of the lines, in order."""
    return [line.code for line in result.lines]


@in_loop
async def test_numbers_are_given_while_the_catalogue_is_still_being_read(start):
    source = ShelfSource()
    source.gate.clear()
    house = start(source=source)
    async with house.at_work(house.guiding.run):
        for command in ALL_COMMANDS:
            assert refusal(house, command) == "guide"
        assert house.device("guide").state == "starting"
        assert house.issue("request-1").ticket.number == "D001"
        source.gate.set()
        await ready(house)
        assert ask(house, AskGuide()).version == "first"


@in_loop
async def test_the_doors_count_what_the_ward_receives(house):
    async with house.at_work(house.guiding.run):
        await ready(house)
        doors = ask(house, AskGuide())
    assert doors.fields == (
        FieldLine(
            code="civil-status", name_vi="Hộ tịch", name_en="Civil status", icon="users", count=2
        ),
        FieldLine(code="residence", name_vi="Cư trú", name_en="Residence", icon="house", count=1),
    )
    assert doors.life_events == (
        LifeEventLine(code="birth", count=2),
        LifeEventLine(code="child", count=1),
        LifeEventLine(code="moving", count=1),
    )
    assert (doors.count, doors.checked) == (3, "2026-11-21")


@in_loop
async def test_browsing_shows_the_plain_form_before_its_rare_sibling(house):
    async with house.at_work(house.guiding.run):
        await ready(house)
        by_field = ask(house, BrowseProcedures(field="civil-status"))
        assert codes(by_field) == [BIRTH.code, ABROAD.code]
        assert by_field.lines[0].icon == "users"
        assert codes(ask(house, BrowseProcedures(life_event="moving"))) == [RESIDENCE.code]
        assert codes(ask(house, BrowseProcedures(field="residence", life_event="birth"))) == []
        assert len(ask(house, BrowseProcedures()).lines) == 3


@in_loop
async def test_a_procedure_comes_with_its_companions_and_its_service(house):
    async with house.at_work(house.guiding.run):
        await ready(house)
        shown = ask(house, ShowProcedure(code=BIRTH.code))
        assert shown.procedure == BIRTH
        assert codes(ask(house, SuggestProcedures(text="thuong tru"))) == [RESIDENCE.code]
        assert [line.code for line in shown.companions] == [RESIDENCE.code]
        assert shown.service.code == "civil-status"
        assert ask(house, ShowProcedure(code=RESIDENCE.code)).service is None
        for command in (ShowProcedure(code="9"), PrintChecklist(code="9")):
            assert refusal(house, command) == "unknown_procedure"


@in_loop
async def test_a_new_catalogue_takes_the_place_of_the_old_one_and_a_broken_one_does_not(start):
    source = ShelfSource()
    house = start(source=source)
    async with house.at_work(house.guiding.run):
        await ready(house)
        source.fault = ValueError("line 7: no code")
        await house.until(lambda: house.device("guide").warnings)
        device = house.device("guide")
        assert (device.state, device.warnings) == ("ready", ("catalogue",))
        assert "line 7" in device.detail
        assert ask(house, AskGuide()).version == "first"
        source.catalogue = replace(CATALOGUE, version="second", procedures=(BIRTH,))
        source.fault = None
        await house.until(lambda: not house.device("guide").warnings)
        assert (ask(house, AskGuide()).version, ask(house, AskGuide()).count) == ("second", 1)
        assert source.reads == 3  # each state of the disk once


@in_loop
async def test_without_a_catalogue_the_guide_is_away_until_there_is_one(start):
    source = ShelfSource(fault=OSError("no such folder"))
    house = start(source=source)
    async with house.at_work(house.guiding.run):
        await house.until(lambda: house.device("guide").state == "unavailable")
        assert house.device("guide").reason == "catalogue"
        assert refusal(house, AskGuide()) == "guide"
        source.fault = None
        await ready(house)


@in_loop
async def test_a_checklist_is_printed_told_and_counted_nowhere(house):
    async with house.at_work(house.guiding.run, house.printing.run):
        await ready(house)
        await house.until(lambda: house.device("printer").state == "ready")
        assert ask(house, PrintChecklist(code=BIRTH.code)) == Done()
        told = await house.until(
            lambda: [one for one in house.events if isinstance(one, ChecklistChanged)]
        )
        assert told == [ChecklistChanged(code=BIRTH.code, state="printed", reason=told[0].reason)]
        assert house.speech.said == [(["Xin mời ông bà lấy danh mục giấy tờ."], "vi")]
        assert house.store.unfinished_jobs() == []
        card = house.issue("request-1")
        assert await house.until_slip(card, "printed", "refused", "unknown") == "printed"
    assert len(house.machine.slips) == 2


@in_loop
async def test_without_a_printer_a_checklist_is_refused_at_once(house):
    async with house.at_work(house.guiding.run, house.printing.run):
        await ready(house)
        house.machine.set_fault("paper_out")
        await house.until(lambda: house.device("printer").state == "unavailable")
        assert refusal(house, PrintChecklist(code=BIRTH.code, language="en")) == "printer"
        assert house.speech.said == [
            (["Sorry, it could not be printed. Please photograph the code on the screen."], "en")
        ]


@in_loop
async def test_a_checklist_that_the_printer_gives_back_is_told_and_never_tried_again(house):
    async with house.at_work(house.guiding.run, house.printing.run):
        await ready(house)
        await house.until(lambda: house.device("printer").state == "ready")
        house.machine.set_fault("unplugged")  # and nobody has noticed yet
        assert ask(house, PrintChecklist(code=BIRTH.code)) == Done()
        told = await house.until(
            lambda: [one for one in house.events if isinstance(one, ChecklistChanged)]
        )
        assert (told[0].code, told[0].state) == (BIRTH.code, "refused")
        assert "chụp mã" in house.speech.said[-1][0][0]
        house.machine.clear_faults()
        await house.until(lambda: house.device("printer").state == "ready")
        card = house.issue("request-1")
        assert await house.until_slip(card, "printed") == "printed"
    assert len(house.machine.slips) == 1


@in_loop
async def test_tickets_come_before_checklists_and_three_checklists_are_enough(house):
    async with house.at_work(house.guiding.run, house.printing.run):
        await ready(house)
        await house.until(lambda: house.device("printer").state == "ready")
        for _ in range(MAX_LOOSE):
            assert ask(house, PrintChecklist(code=BIRTH.code)) == Done()
        assert refusal(house, PrintChecklist(code=BIRTH.code)) == "printer"
        card = house.issue("request-1")  # none of these has gone to the printer yet
        assert await house.until_slip(card, "printed") == "printed"
        assert not [one for one in house.events if isinstance(one, ChecklistChanged)]
        await house.until(
            lambda: sum(isinstance(one, ChecklistChanged) for one in house.events) == MAX_LOOSE
        )


@in_loop
async def test_an_answer_is_told_to_its_face_and_spoken(house):
    async with house.at_work(house.guiding.run):
        await ready(house)
        answer = ask(house, Ask(text="thường  trú", language="en")).answer
    assert (answer.procedure, answer.question) == (RESIDENCE.code, "thường trú")
    assert AnswerReady(answer=answer, face="screen") in house.events
    assert house.speech.said == [(["thường trú en "], "en")]


@in_loop
async def test_a_question_goes_on_about_the_topic_of_its_face_until_the_citizen_has_gone(house):
    def topic_of(question, face="screen", **more):
        return ask(house, Ask(text=question, **more), face).answer.procedure

    async with house.at_work(house.guiding.run):
        await ready(house)
        assert topic_of("thế phí bao nhiêu") == ""
        assert topic_of("thường trú") == RESIDENCE.code
        assert topic_of("thế phí bao nhiêu") == RESIDENCE.code
        assert topic_of("thế phí bao nhiêu", "voice") == ""
        assert topic_of("chào") == ""
        assert topic_of("thế phí bao nhiêu") == RESIDENCE.code  # a greeting changes no topic
        assert topic_of("thế phí bao nhiêu", topic=BIRTH.code) == BIRTH.code
        ask(house, ShowProcedure(code=ABROAD.code))
        assert topic_of("thế phí bao nhiêu") == ABROAD.code
        assert topic_of("một cái giấy") == ""  # which one is meant, is not known: nor the topic
        assert topic_of("thế phí bao nhiêu") == ""
        assert topic_of("thường trú") == RESIDENCE.code
        house.hands.pass_by(TOPIC_LASTS)
        assert topic_of("thế phí bao nhiêu") == ""
        assert topic_of("thường trú") == RESIDENCE.code
        ask(house, AskGuide())
        assert topic_of("thế phí bao nhiêu") == ""


@in_loop
async def test_of_a_question_nothing_is_logged(house, caplog):
    caplog.set_level(logging.DEBUG)
    async with house.at_work(house.guiding.run):
        await ready(house)
        for command in (
            SuggestProcedures(text="chồng tôi đánh"),
            Ask(text="chồng tôi đánh"),
        ):
            ask(house, command)
        assert refusal(house, Ask(text="chồng tôi đánh!")) == "bug"
    assert "ValueError in ask" in caplog.text
    assert "chồng" not in caplog.text


@pytest.mark.parametrize(
    ("text", "looked_at"),
    [
        ("  khai \n sinh\t ", "khai sinh"),
        ("Tiê\u0301ng", "Tiếng"),
        ("", ""),
        ("a" * 10_000, "a" * LONGEST_QUESTION),
    ],
)
def test_a_question_is_looked_at_as_far_as_it_goes(text, looked_at):
    assert bounded(text) == looked_at


@in_loop
async def test_a_list_is_printed_and_told(house):
    async with house.at_work(house.guiding.run, house.printing.run):
        await ready(house)
        await house.until(lambda: house.device("printer").state == "ready")
        assert ask(house, PrintList(title="Hộ tịch", field="civil-status")) == Done()
        told = await house.until(
            lambda: [one for one in house.events if isinstance(one, ListChanged)]
        )
        assert (told[0].title, told[0].state) == ("Hộ tịch", "printed")
        assert house.speech.said == [(["Xin mời ông bà lấy danh sách thủ tục."], "vi")]
        assert refusal(house, PrintList(title="x", field="none")) == "unknown_procedure"


@in_loop
async def test_what_is_new_stands_on_a_shelf_of_its_own(start):
    news = (
        News(code=BIRTH.code, name="Khai sinh", field="Hộ tịch", event="amended", on="2026-11-20"),
        News(code="8.000001", name="Cấp sổ hộ khẩu", field="Cư trú", event="abolished", on=""),
        News(code="1.000001", name="Ở thành phố", field="Khác", event="new", on="2026-11-20"),
    )
    catalogue = replace(CATALOGUE, news=news, since="2026-11-20")
    house = start(source=ShelfSource(catalogue))
    async with house.at_work(house.guiding.run):
        await ready(house)
        doors = ask(house, AskGuide())
        assert (doors.since, doors.news) == (
            "2026-11-20",
            (NewsLine(event="amended", count=1), NewsLine(event="abolished", count=1)),
        )
        assert codes(ask(house, BrowseProcedures(news="amended"))) == [BIRTH.code]
        gone = ask(house, BrowseProcedures(news="abolished")).lines[0]
        assert (gone.short_vi, gone.icon) == ("Cấp sổ hộ khẩu", "")


@in_loop
async def test_an_answer_is_given_again_to_its_own_face(house):
    async with house.at_work(house.guiding.run):
        await ready(house)
        first = ask(house, Ask(text="khai sinh")).answer
        again = ask(house, Ask(text=REPEAT)).answer
        assert (again.intent, again.procedure) == ("repeat", first.procedure)
        assert house.speech.said[-1] == house.speech.said[-2]
        assert ask(house, Ask(text=REPEAT), "voice").answer.procedure == ""
