"""A visit from the first touch to the last, with real touches."""

from __future__ import annotations

import msgspec
import pytest
from stand_in import StandInCore
from surroundings import state
from visitor import OpenScreen, Visitor

from kiosk.link.frames import Failure
from kiosk.words import (
    AnswerSlip,
    CallClerk,
    EndVisit,
    IssueTicket,
    Say,
    SlipChanged,
    SlipState,
    StateChanged,
    StopSpeech,
    TicketIssued,
)
from tools.demo.touch import find, tap, wait_until

pytestmark = pytest.mark.usefixtures("unhurried")


def slip(core: StandInCore, to: str, job_id: int = 1, reason: str = "") -> None:
    core.tell(SlipChanged(slip=SlipState(job_id=job_id, ticket_id=1, state=to, reason=reason)))


def test_three_touches_to_a_number(visitor: Visitor, core: StandInCore) -> None:
    visitor.touch("door.ticket")
    visitor.touch("service.civil-status")
    visitor.touch("priority.skip")
    visitor.waits_for("page.ticket")
    assert visitor.reads("ticket.number") == "A012"
    assert "Quầy số 1 – tầng 1" in visitor.all_words()
    assert "Còn 5 người phía trước" in visitor.all_words()
    (asked,) = core.asked(IssueTicket)
    assert (asked.service, asked.priority, asked.language) == ("civil-status", "", "vi")
    assert 8 <= len(asked.request_id) <= 64
    visitor.touch("ticket.done")
    visitor.waits_for("page.welcome")
    wait_until(lambda: core.asked(EndVisit) == [EndVisit(ticket_id=1)])


def test_a_priority_is_told(visitor: Visitor, core: StandInCore) -> None:
    visitor.goes_to_services()
    visitor.touch("service.residence")
    visitor.touch("priority.elderly")
    visitor.waits_for("page.ticket")
    assert [c.priority for c in core.asked(IssueTicket)] == ["elderly"]


def test_no_classes_no_question(open_screen: OpenScreen, core: StandInCore) -> None:
    core.state = msgspec.structs.replace(core.state, priorities=())
    visitor = open_screen()
    visitor.goes_to_services()
    visitor.touch("service.civil-status")
    visitor.waits_for("page.ticket")


def test_two_fingers_on_two_services_choose_one(visitor: Visitor) -> None:
    visitor.goes_to_services()
    visitor.touch("service.civil-status", "service.certification")
    visitor.waits_for("page.priority")
    assert visitor.screen.ticket.property("chosen") in {"civil-status", "certification"}


def test_two_fingers_on_two_answers_give_one_number(visitor: Visitor, core: StandInCore) -> None:
    visitor.goes_to_services()
    visitor.touch("service.civil-status")
    visitor.touch("priority.skip", "priority.elderly")
    visitor.waits_for("page.ticket")
    assert len(core.asked(IssueTicket)) == 1


def test_a_double_tap_gives_one_number(visitor: Visitor, core: StandInCore) -> None:
    visitor.goes_to_services()
    visitor.touch("service.civil-status")
    visitor.waits_for("priority.skip")
    skip = find(visitor.screen.window, "priority.skip")
    tap(visitor.screen.window, skip)
    tap(visitor.screen.window, skip)
    visitor.waits_for("page.ticket")
    visitor.touch("ticket.done")
    wait_until(lambda: core.asked(EndVisit))
    assert len(core.asked(IssueTicket)) == 1


@pytest.mark.parametrize(
    ("house", "words"),
    [
        (state(closed=("land",)), "13:30 hôm nay"),
        (state(full=("land",)), "07:30 ngày mai"),
    ],
)
def test_a_service_that_rests_says_until_when(
    visitor: Visitor, core: StandInCore, house: object, words: str
) -> None:
    core.tell(StateChanged(state=house))
    visitor.goes_to_services()
    visitor.touch("service.land")
    visitor.waits_for("page.closed")
    assert visitor.reads("closed.opens") == words
    visitor.touch("bar.speak")
    wait_until(lambda: core.asked(Say))
    assert core.asked(Say)[0].values == {"opens": words}
    visitor.touch("bar.back")
    visitor.waits_for("page.services")
    assert not core.asked(IssueTicket)


def test_a_closed_house_says_so_at_the_door(open_screen: OpenScreen, core: StandInCore) -> None:
    core.state = state(closed=("all",))
    visitor = open_screen()
    assert visitor.reads("hall.headline") == "Nhận số lại lúc 13:30 hôm nay"
    visitor.touch("door.ticket")
    visitor.waits_for("page.closed")
    assert visitor.reads("closed.opens") == "13:30 hôm nay"
    visitor.touch("advice.home")
    visitor.waits_for("page.welcome")


def test_the_last_number_went_to_somebody_else(visitor: Visitor, core: StandInCore) -> None:
    core.refusal = Failure(id=0, code="full", detail="", opens_at="2026-11-24T07:30:00+07:00")
    visitor.goes_to_services()
    visitor.touch("service.civil-status")
    visitor.touch("priority.skip")
    visitor.waits_for("page.closed")
    assert visitor.reads("page.title") == "Xin lỗi, hôm nay đã hết số"


@pytest.mark.parametrize("code", ["store", "unknown_service", "bug"])
def test_without_a_number_a_person_helps(visitor: Visitor, core: StandInCore, code: str) -> None:
    core.refusal = Failure(id=0, code=code, detail="SQLITE_FULL")
    visitor.goes_to_services()
    visitor.touch("service.civil-status")
    visitor.touch("priority.skip")
    visitor.waits_for("page.trouble")
    assert "SQLITE" not in visitor.all_words()
    assert code not in visitor.all_words()
    wait_until(lambda: core.asked(Say))
    assert core.asked(Say)[0].phrase == "page.trouble"
    visitor.touch("advice.clerk")
    visitor.waits_for("notice")
    assert core.asked(CallClerk) == [CallClerk(page="trouble")]
    assert "Cán bộ đang đến" in visitor.reads("notice")


def test_the_slip_is_followed(visitor: Visitor, core: StandInCore) -> None:
    visitor.takes_a_number()
    assert visitor.sees("slip.printing")
    slip(core, "sending")
    slip(core, "printed")
    visitor.waits_for("slip.printed")
    slip(core, "unknown", job_id=0)  # an older job's news
    core.tell(TicketIssued(card=core.card("land", "D001")))  # somebody else's ticket
    visitor.touch("bar.language")
    wait_until(lambda: "Please take your slip" in visitor.all_words())
    assert visitor.reads("ticket.number") == "A012"


@pytest.mark.parametrize(
    ("button", "answer", "step"),
    [("slip.received", "received", "slip.printed"), ("slip.reprint", "reprint", "slip.printing")],
)
def test_an_unknown_slip_is_asked_about(
    visitor: Visitor, core: StandInCore, button: str, answer: str, step: str
) -> None:
    visitor.takes_a_number()
    slip(core, "unknown")
    visitor.waits_for("slip.question")
    assert not visitor.sees("ticket.done")
    wait_until(lambda: core.asked(Say))
    assert core.asked(Say)[0].phrase == "slip.unknown"
    visitor.touch(button)
    visitor.waits_for(step)
    wait_until(lambda: core.asked(AnswerSlip))
    assert core.asked(AnswerSlip) == [AnswerSlip(ticket_id=1, answer=answer)]


def test_an_answer_that_is_lost_is_asked_for_again(visitor: Visitor, core: StandInCore) -> None:
    visitor.takes_a_number()
    slip(core, "unknown")
    visitor.waits_for("slip.question")
    core.stop()
    wait_until(lambda: not visitor.screen.link.here)
    visitor.screen.ticket.answerSlip("reprint")
    assert visitor.sees("slip.printing")
    visitor.waits_for("slip.question")


def test_without_a_printer_the_number_can_be_photographed(
    visitor: Visitor, core: StandInCore
) -> None:
    visitor.takes_a_number()
    slip(core, "refused")
    visitor.waits_for("ticket.code")
    assert visitor.scans() == "LT1.k7Qm2vX9pL4t"
    slip(core, "printed")  # the paper was filled up meanwhile
    visitor.waits_for("slip.printed")
    assert not visitor.sees("ticket.code")


def test_the_ticket_leaves_by_itself(open_screen: OpenScreen, core: StandInCore) -> None:
    visitor = open_screen(leave_s=1)
    visitor.takes_a_number()
    visitor.waits_for("page.welcome")
    wait_until(lambda: core.asked(EndVisit) == [EndVisit(ticket_id=1)])


def test_the_language_changes_and_the_place_stays(visitor: Visitor, core: StandInCore) -> None:
    visitor.goes_to_services()
    visitor.touch("service.civil-status")
    visitor.waits_for("page.priority")
    visitor.touch("bar.language")
    wait_until(lambda: visitor.reads("page.title") == "Do you belong to a priority group?")
    visitor.touch("priority.skip")
    visitor.waits_for("page.ticket")
    assert "Counter 1 – ground floor" in visitor.all_words()
    assert core.asked(IssueTicket)[0].language == "en"
    visitor.touch("bar.home")
    visitor.waits_for("page.welcome")
    assert visitor.reads("page.title").startswith("Xin chào")


def test_comfort_combines_and_ends_with_the_visit(visitor: Visitor) -> None:
    comfort = visitor.screen.comfort
    visitor.goes_to_services()
    visitor.touch("bar.comfort")
    for mode in ("largeText", "highContrast", "lowReach"):
        visitor.touch(f"comfort.{mode}")
        wait_until(lambda mode=mode: comfort.property(mode))
    visitor.touch("bar.comfort")
    wait_until(lambda: not visitor.sees("comfort.largeText"))
    visitor.touch("bar.home")
    visitor.waits_for("page.welcome")
    assert not any(comfort.property(m) for m in ("largeText", "highContrast", "lowReach"))


def test_the_page_is_read_aloud_and_stopped(visitor: Visitor, core: StandInCore) -> None:
    visitor.goes_to_services()
    visitor.touch("bar.speak")
    wait_until(lambda: visitor.screen.kiosk.property("speaking"))
    assert core.asked(Say) == [Say(phrase="page.services", values={}, language="vi")]
    visitor.touch("bar.speak")
    wait_until(lambda: core.asked(StopSpeech))
    assert not visitor.screen.kiosk.property("speaking")


def test_what_cannot_be_heard_is_shown(visitor: Visitor, core: StandInCore) -> None:
    core.silent = True
    visitor.touch("bar.speak")
    visitor.waits_for("caption")
    assert visitor.reads("caption.words") == "(page.welcome)"


def test_the_face_looks_at_the_finger(visitor: Visitor) -> None:
    visitor.touch("bar.comfort")
    low_left = find(visitor.screen.window, "welcome.face").property("turn")
    assert low_left.x() < 0 < low_left.y()
    visitor.touch("bar.clerk")
    assert find(visitor.screen.window, "welcome.face").property("turn").x() > 0


@pytest.mark.parametrize(
    ("button", "asked"),
    [("slip.reprint", [AnswerSlip(ticket_id=1, answer="reprint")]), ("slip.received", [])],
)
def test_a_slip_that_a_restart_left_unprinted_is_offered(
    visitor: Visitor, core: StandInCore, button: str, asked: list[AnswerSlip]
) -> None:
    visitor.takes_a_number()
    slip(core, "refused", reason="restart")
    visitor.waits_for("slip.offer")
    wait_until(lambda: core.asked(Say))
    assert core.asked(Say)[0].phrase == "slip.offer"
    visitor.touch(button)
    visitor.waits_for("slip.printing" if asked else "page.welcome")
    wait_until(lambda: core.asked(AnswerSlip) == asked)
