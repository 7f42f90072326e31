"""A visit to the guide, with real touches: typed, chosen, printed, and on to a number."""

from __future__ import annotations

import logging

import pytest
from stand_in import StandInCore
from stand_in_guide import BARE, BIRTH, GONE, LONG, catalogue
from visitor import OpenScreen, Visitor

from kiosk.link.frames import Failure
from kiosk.screen.app import LANDSCAPE, PORTRAIT
from kiosk.words import (
    Ask,
    AskGuide,
    BrowseProcedures,
    CallClerk,
    ChecklistChanged,
    IssueTicket,
    ListChanged,
    PrintChecklist,
    PrintList,
    Say,
    ShowProcedure,
    SuggestProcedures,
)
from tools.demo.touch import wait_until

pytestmark = pytest.mark.usefixtures("unhurried")

KNOWN = catalogue().by_code[BIRTH]


def test_typed_printed_and_a_number(visitor: Visitor, core: StandInCore) -> None:
    visitor.touch("door.guide")
    visitor.touch("guide.search")
    visitor.types(*"khai", "space", *"sinh")
    wait_until(lambda: visitor.reads("search.text") == "khai sinh")
    visitor.touch(f"line.{BIRTH}")
    visitor.waits_for("page.procedure")
    wait_until(lambda: visitor.reads("page.title") == KNOWN.short)
    for document in KNOWN.documents:
        assert document.name in visitor.all_words()
    visitor.touch("procedure.print")
    wait_until(lambda: core.asked(PrintChecklist))
    assert core.asked(PrintChecklist) == [PrintChecklist(code=BIRTH, language="vi")]
    core.tell(ChecklistChanged(code=BIRTH, state="printed"))
    visitor.waits_for("notice")
    assert "lấy danh mục" in visitor.reads("notice")
    visitor.touch("procedure.ticket")
    visitor.touch("priority.skip")
    visitor.waits_for("page.ticket")
    assert [c.service for c in core.asked(IssueTicket)] == [KNOWN.service]
    assert not visitor.sees("bar.back")
    visitor.touch("ticket.done")
    visitor.waits_for("page.welcome")


def test_a_life_event_leads_to_its_procedures(visitor: Visitor, core: StandInCore) -> None:
    visitor.touch("door.guide")
    visitor.touch("life.birth")
    visitor.touch(f"line.{BIRTH}")
    visitor.waits_for("page.procedure")
    assert core.asked(BrowseProcedures) == [BrowseProcedures(life_event="birth")]
    visitor.touch("bar.back")
    visitor.waits_for("page.list")
    assert visitor.reads("page.title") == "Sinh con"
    visitor.touch("bar.back")
    visitor.waits_for("page.guide")
    visitor.touch("bar.back")
    visitor.waits_for("page.welcome")


def test_a_field_is_turned_page_by_page(visitor: Visitor) -> None:
    visitor.touch("door.guide")
    visitor.touch("guide.fields")
    visitor.touch("field.civil-status")
    visitor.waits_for(f"line.{BIRTH}")
    visitor.touch("lines.more")
    wait_until(lambda: not visitor.sees(f"line.{BIRTH}"))


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ([*"phuong", "grave"], "phuòng"),
        ([*"ph", "ư", "ơ", *"ng", "grave"], "phường"),
        (["telex", *"phuwowngf"], "phường"),
        ([*"hoa", "grave", "grave", "dot", "none"], "hoa"),
        ([*"abc", "erase", "erase", "1"], "a1"),
    ],
)
def test_the_keyboard_writes_vietnamese(visitor: Visitor, keys: list[str], text: str) -> None:
    visitor.touch("door.guide")
    visitor.touch("guide.search")
    visitor.types(*keys)
    assert visitor.reads("search.text") == text
    visitor.touch("key.clear")
    visitor.waits_for("search.empty")


def test_two_thumbs_write_both_letters(visitor: Visitor) -> None:
    visitor.touch("door.guide")
    visitor.touch("guide.search")
    visitor.touch("key.q", "key.p")
    assert sorted(visitor.reads("search.text")) == ["p", "q"]


def test_results_belong_to_what_is_typed(visitor: Visitor, core: StandInCore) -> None:
    visitor.touch("door.guide")
    visitor.touch("guide.search")
    core.frozen = True  # a slow core: letters come faster than answers
    visitor.writes("khai")
    core.frozen = False
    visitor.writes(" sinh")
    wait_until(lambda: core.asked(SuggestProcedures)[-1:] == [SuggestProcedures(text="khai sinh")])
    assert len(core.asked(SuggestProcedures)) <= 3
    visitor.waits_for(f"line.{BIRTH}")


def test_a_question_is_answered(visitor: Visitor, core: StandInCore) -> None:
    visitor.touch("door.guide")
    visitor.touch("guide.search")
    visitor.writes("khai sinh")
    visitor.touch("key.search")
    visitor.touch("answer.show_procedure")
    visitor.waits_for("page.procedure")
    assert core.asked(Ask) == [Ask(text="khai sinh", language="vi")]
    assert visitor.screen.procedure.property("section") == "facts"  # it was asked for the fee
    visitor.touch("bar.back")
    visitor.waits_for("page.answer")
    visitor.touch("bar.speak")
    wait_until(lambda: core.asked(Say))
    assert core.asked(Say)[0].phrase == "page.answer"
    assert core.asked(Say)[0].values["spoken"] == visitor.reads("answer.spoken")
    visitor.touch("bar.language")
    wait_until(lambda: visitor.reads("page.title") == KNOWN.short_en)
    assert core.asked(Ask)[-1].language == "en"
    visitor.touch("answer.take_ticket")
    visitor.waits_for("page.priority")
    assert visitor.screen.ticket.property("chosen") == KNOWN.service


def test_one_of_a_few_is_chosen(visitor: Visitor) -> None:
    visitor.touch("door.guide")
    visitor.touch("guide.search")
    visitor.writes("tạm trú")
    visitor.touch("key.search")
    visitor.waits_for("page.answer")
    wait_until(lambda: visitor.reads("page.title") == "Ông bà muốn hỏi việc nào?")
    choices = visitor.screen.answer.property("choices")
    code = choices.data(choices.index(0), 257)
    visitor.touch(f"line.{code}")
    wait_until(lambda: visitor.screen.procedure.property("title"))
    visitor.waits_for("page.procedure")


@pytest.mark.parametrize("helps", [["lowReach"], ["lowReach", "largeText"]], ids=" ".join)
def test_all_four_are_within_low_reach_of_a_wide_screen(
    open_screen: OpenScreen, helps: list[str]
) -> None:
    visitor = open_screen(LANDSCAPE)
    for one in helps:
        visitor.screen.comfort.toggle(one)
    visitor.screen.guide.enter()
    visitor.screen.search.open()
    visitor.writes("tạm trú")
    visitor.screen.search.press("search")
    visitor.waits_for("page.answer")
    choices = visitor.screen.answer.property("choices")
    wait_until(lambda: choices.rowCount() == 4)
    last = f"line.{choices.data(choices.index(3), 257)}"
    if "largeText" in helps:
        visitor.touch("lines.more")
    visitor.touch(last)
    visitor.waits_for("page.procedure")


def test_what_nobody_knows_leads_to_a_person(visitor: Visitor, core: StandInCore) -> None:
    visitor.touch("door.guide")
    visitor.touch("guide.search")
    visitor.writes("xyz")
    visitor.touch("key.search")
    visitor.touch("answer.call_staff")
    wait_until(lambda: core.asked(CallClerk))
    assert core.asked(CallClerk) == [CallClerk(page="answer")]
    visitor.touch("answer.browse_guide")
    visitor.waits_for("page.guide")


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("mode", ["plain", "lowReach"])
def test_the_code_leads_to_the_portal(
    open_screen: OpenScreen, size: tuple[int, int], mode: str
) -> None:
    visitor = open_screen(size)
    if mode != "plain":
        visitor.screen.comfort.toggle(mode)
    visitor.goes_to_procedure(BIRTH)
    assert visitor.scans() == KNOWN.portal


def test_companions_lead_on_and_back(visitor: Visitor, core: StandInCore) -> None:
    other = KNOWN.companions[0]
    visitor.goes_to_procedure(BIRTH)
    visitor.touch("section.companions")
    visitor.touch(f"line.{other}")
    wait_until(lambda: visitor.reads("page.title") == catalogue().by_code[other].short)
    visitor.touch("bar.back")
    wait_until(lambda: visitor.reads("page.title") == KNOWN.short)
    assert [c.code for c in core.asked(ShowProcedure)] == [BIRTH, other]


def test_what_is_missing_is_said(visitor: Visitor) -> None:
    visitor.goes_to_procedure(BARE.code)
    assert "Xin hỏi cán bộ" in visitor.all_words()
    assert not visitor.sees("procedure.ticket")
    assert not visitor.sees("section.companions")
    visitor.touch("section.facts")
    wait_until(lambda: visitor.all_words().count("Xin hỏi cán bộ") == 4)


@pytest.mark.parametrize("told", [True, False])
def test_without_a_printer_the_code_is_photographed(
    visitor: Visitor, core: StandInCore, told: bool
) -> None:
    visitor.goes_to_procedure(BIRTH)
    if not told:
        core.guide_refusal = Failure(id=0, code="printer", detail="away")
    visitor.touch("procedure.print")
    wait_until(lambda: core.asked(PrintChecklist))
    if told:
        core.tell(ChecklistChanged(code=BARE.code, state="printed"))  # somebody else's
        core.tell(ChecklistChanged(code=BIRTH, state="refused"))
    visitor.waits_for("notice")
    assert "chụp mã" in visitor.reads("notice")
    assert "printer" not in visitor.all_words()
    assert not visitor.screen.procedure.property("printing")


def test_a_closed_service_says_so_and_leads_back(visitor: Visitor, core: StandInCore) -> None:
    core.refusal = Failure(id=0, code="full", detail="", opens_at="2026-11-24T07:30:00+07:00")
    visitor.goes_to_procedure(BIRTH)
    visitor.touch("procedure.ticket")
    visitor.touch("priority.skip")
    visitor.waits_for("page.closed")
    visitor.touch("bar.back")
    visitor.waits_for("page.procedure")


def test_a_guide_that_is_not_ready(
    visitor: Visitor, core: StandInCore, caplog: pytest.LogCaptureFixture
) -> None:
    core.guide_refusal = Failure(id=0, code="guide", detail="the catalogue is not read")
    with caplog.at_level(logging.ERROR):
        visitor.touch("door.guide")
        visitor.waits_for("advice.clerk")
    assert "catalogue" not in visitor.all_words()
    core.guide_refusal = None
    visitor.touch("bar.home")
    visitor.touch("door.guide")
    visitor.touch("life.birth")
    visitor.waits_for(f"line.{BIRTH}")


def test_a_procedure_that_has_gone(visitor: Visitor) -> None:
    visitor.goes_to_guide()
    visitor.screen.procedure.open("0.000000")
    visitor.waits_for("notice")
    assert "Xin lỗi" in visitor.reads("notice")


@pytest.mark.parametrize("leaves", ["by hand", "by silence"])
def test_the_next_citizen_finds_nothing(open_screen: OpenScreen, leaves: str) -> None:
    hasty = {"timeout_s": 0.3, "question_s": 0.2} if leaves == "by silence" else {}
    visitor = open_screen(**hasty)
    visitor.screen.guide.enter()
    visitor.screen.search.open()
    visitor.writes("khai sinh")
    if leaves == "by hand":
        visitor.screen.search.press("search")
        wait_until(lambda: visitor.screen.answer.property("kind"))
        visitor.touch("bar.home")
    visitor.waits_for("page.welcome")
    assert visitor.screen.search.property("text") == ""
    assert visitor.screen.search.property("lines").rowCount() == 0
    assert visitor.screen.answer.property("question") == ""
    assert not visitor.screen.procedure.property("here")


def test_the_doors_are_asked_for_anew(visitor: Visitor, core: StandInCore) -> None:
    visitor.goes_to_guide()
    visitor.touch("bar.home")
    visitor.goes_to_guide()
    wait_until(lambda: len(core.asked(AskGuide)) == 2)


def test_a_list_goes_on_paper_and_what_was_abolished_says_so(
    visitor: Visitor, core: StandInCore
) -> None:
    visitor.touch("door.guide")
    visitor.touch("guide.fields")
    visitor.screen.browse.openField("news:abolished")
    visitor.waits_for(f"line.{GONE}")
    visitor.touch("list.print")
    wait_until(lambda: core.asked(PrintList))
    assert core.asked(PrintList) == [PrintList(title="Đã bãi bỏ", news="abolished")]
    core.tell(ListChanged(title="Đã bãi bỏ", state="printed"))
    visitor.waits_for("notice")
    assert "lấy danh sách" in visitor.reads("notice")
    visitor.touch(f"line.{GONE}")
    wait_until(lambda: "đã bãi bỏ" in visitor.reads("notice"))
    assert core.asked(ShowProcedure) == []


def test_a_long_document_is_opened_by_a_touch(visitor: Visitor) -> None:
    visitor.goes_to_guide()
    visitor.screen.procedure.open(LONG.code)
    visitor.touch("document.more")
    wait_until(lambda: LONG.documents[0].name in visitor.all_words())
    assert not visitor.sees("document.more")
