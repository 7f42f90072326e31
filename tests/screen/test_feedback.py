"""Feedback at the glass: touched, written, spoken, sent once, and forgotten."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from PySide6.QtTest import QTest
from stand_in import StandInCore
from surroundings import state
from visitor import OpenScreen, Visitor

from kiosk.feedback.answer import LONGEST
from kiosk.link.frames import Failure
from kiosk.queueing.ticket import Ticket
from kiosk.screen.app import PORTRAIT
from kiosk.screen.feedback_view import LEAVE_S
from kiosk.words import (
    AskSurvey,
    CallBackWish,
    CloseMicrophone,
    CodeScanned,
    DeviceState,
    GiveFeedback,
    Listen,
    ListeningChanged,
    OpenMicrophone,
    QuestionHeard,
    StateChanged,
)
from tools.demo.touch import centre, find, panel, settle, tap, wait_until

EARS = DeviceState(name="hearing", state="ready")


@pytest.fixture
def visitor(open_screen: OpenScreen, core: StandInCore) -> Visitor:
    """Somebody whose visit is over, in front of a kiosk whose centre calls back."""
    core.calls_back = True
    core.state = msgspec.structs.replace(state(), devices=(EARS,))
    made = open_screen(PORTRAIT)
    wait_until(lambda: made.screen.feedback.property("available"))
    return made


def goes(visitor: Visitor, *names: str) -> None:
    """Touch one thing after another."""
    for name in names:
        visitor.touch(name)


def sent(core: StandInCore) -> GiveFeedback:
    """The one answer."""
    wait_until(lambda: core.asked(GiveFeedback))
    (answer,) = core.asked(GiveFeedback)
    return answer


def done(core: StandInCore) -> Ticket:
    """A ticket whose visit is over."""
    return replace(core.card().ticket, state="done", counter="1")


def refuse(core: StandInCore, code: str) -> None:
    core.feedback_refusal = Failure(id=0, code=code, detail="")


def test_a_face_a_reason_and_thanks_in_four_touches(visitor: Visitor, core: StandInCore) -> None:
    goes(visitor, "door.feedback", "face.4", "reason.attitude", "reasons.send")
    visitor.waits_for("page.thanks")
    answer = sent(core)
    assert (answer.survey, answer.face, answer.reasons) == ("2026-11", 4, ("attitude",))
    assert (answer.words, answer.token, answer.number, answer.call_back) == ("", "", "", None)
    wait_until(lambda: visitor.screen.feedback.property("left") < LEAVE_S)
    visitor.touch("thanks.done")
    visitor.waits_for("page.welcome")


def test_a_reason_touched_twice_does_not_count(visitor: Visitor, core: StandInCore) -> None:
    goes(visitor, "door.feedback", "face.2", "reason.space", "reason.waiting", "reason.space")
    visitor.touch("reasons.send")
    assert sent(core).reasons == ("waiting",)


def test_a_slip_that_was_served_opens_its_page(visitor: Visitor, core: StandInCore) -> None:
    ticket = done(core)
    core.tell(CodeScanned(form="ticket", ticket=ticket))
    visitor.waits_for("page.feedback")
    assert "A012" in visitor.all_words()
    assert not visitor.sees("feedback.number")
    goes(visitor, "face.5", "reasons.send")
    assert (sent(core).token, sent(core).number) == (ticket.token, "")


def test_a_slip_that_waits_still_shows_its_number(visitor: Visitor, core: StandInCore) -> None:
    core.tell(CodeScanned(form="ticket", ticket=core.card(number="A042").ticket))
    wait_until(lambda: "A042" in visitor.screen.kiosk.property("notice"))
    assert visitor.sees("page.welcome")


def test_a_number_is_typed(visitor: Visitor, core: StandInCore) -> None:
    goes(visitor, "door.feedback", "feedback.number")
    visitor.touch("slipnumber.find")
    visitor.waits_for("notice")  # nothing is typed yet
    goes(visitor, "key.B", "key.1", "key.3", "key.erase", "key.2", "slipnumber.find")
    wait_until(lambda: visitor.screen.feedback.property("ofNumber"))
    assert core.asked(AskSurvey)[-1] == AskSurvey(number="B012")
    goes(visitor, "face.3", "reasons.send")
    assert sent(core).number == "B012"
    visitor.waits_for("page.thanks")
    visitor.screen.kiosk.back()
    assert visitor.sees("page.thanks")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("unknown_ticket", "chưa thấy số này"),
        ("ticket_past", "ngày trước"),
        ("not_done", "chưa xong"),
        ("answered", "đã có góp ý"),
        ("store", "thử lại sau"),
    ],
)
def test_a_number_that_has_no_answer_to_give(
    visitor: Visitor, core: StandInCore, code: str, words: str
) -> None:
    refuse(core, code)
    core.tell(CodeScanned(form="ticket", ticket=done(core)))
    wait_until(lambda: words in visitor.screen.kiosk.property("notice"))
    assert visitor.sees("page.welcome")


def test_what_is_not_taken_stays_on_the_page(visitor: Visitor, core: StandInCore) -> None:
    refuse(core, "too_many")
    goes(visitor, "door.feedback", "face.1", "reason.waiting", "reasons.send")
    wait_until(lambda: "chờ ít giây" in visitor.screen.kiosk.property("notice"))
    core.feedback_refusal = None
    visitor.touch("reasons.send")
    visitor.waits_for("page.thanks")
    first, second = core.asked(GiveFeedback)
    assert first == second  # with the same request


def test_words_are_typed_and_spoken_and_put_right(visitor: Visitor, core: StandInCore) -> None:
    goes(visitor, "door.feedback", "face.2", "reasons.write")
    visitor.waits_for("page.remark")
    wait_until(lambda: core.asked(OpenMicrophone))
    visitor.touch("remark.speak")
    wait_until(lambda: core.asked(Listen) == [Listen(dictation=True)])
    core.tell(ListeningChanged(face="screen", state="listening"))
    core.tell(QuestionHeard(face="screen", text="chờ lâu quáa", deed="dictated"))
    core.tell(ListeningChanged(face="screen", state="off"))
    wait_until(lambda: visitor.reads("remark.text") == "chờ lâu quáa")
    goes(visitor, "key.erase", "key.search")
    visitor.waits_for("page.reasons")
    wait_until(lambda: core.asked(CloseMicrophone))
    visitor.touch("reasons.send")
    assert sent(core).words == "chờ lâu quá"


def test_nobody_types_more_than_is_kept(visitor: Visitor) -> None:
    remark = visitor.screen.feedback.property("remark")
    for _ in range(LONGEST + 50):
        remark.press("x")
    assert len(remark.property("words")) == LONGEST


def test_a_call_back_needs_a_number_and_a_yes(visitor: Visitor, core: StandInCore) -> None:
    goes(visitor, "door.feedback", "face.1", "reasons.call")
    visitor.waits_for("callback.consent")
    visitor.touch("callback.agree")
    visitor.waits_for("notice")
    assert visitor.sees("page.callback")
    goes(visitor, *(f"key.{figure}" for figure in "0912345678"), "callback.agree")
    visitor.waits_for("page.reasons")
    visitor.touch("reasons.send")
    assert sent(core).call_back == CallBackWish(phone="0912345678", consent="2026-11")


def test_a_number_without_a_yes_goes_nowhere(visitor: Visitor, core: StandInCore) -> None:
    goes(visitor, "door.feedback", "face.1", "reasons.call")
    goes(visitor, *(f"key.{figure}" for figure in "0912345678"), "bar.back", "reasons.send")
    assert sent(core).call_back is None


def test_another_number_or_language_is_another_agreement(
    visitor: Visitor, core: StandInCore
) -> None:
    goes(visitor, "door.feedback", "face.1", "reasons.call")
    goes(visitor, *(f"key.{figure}" for figure in "0912345678"), "callback.agree", "bar.language")
    visitor.touch("reasons.send")
    assert sent(core).call_back is None


def test_who_is_glad_is_not_asked_for_a_number(visitor: Visitor) -> None:
    goes(visitor, "door.feedback", "face.5")
    visitor.waits_for("page.reasons")
    assert not visitor.sees("reasons.call")


def test_without_the_centres_key_nobody_is_asked_for_a_number(
    core: StandInCore, open_screen: OpenScreen
) -> None:
    visitor = open_screen(PORTRAIT)
    goes(visitor, "door.feedback", "face.1")
    visitor.waits_for("page.reasons")
    assert not visitor.sees("reasons.call")


def test_the_next_citizen_finds_nothing_of_the_last(visitor: Visitor, core: StandInCore) -> None:
    goes(visitor, "door.feedback", "face.1", "reason.waiting", "reasons.call")
    goes(visitor, "key.0", "key.9", "bar.back", "reasons.write")
    visitor.waits_for("page.remark")
    goes(visitor, "key.x", "bar.home")
    goes(visitor, "door.feedback", "face.1", "reasons.send")
    answer = sent(core)
    assert (answer.reasons, answer.words, answer.call_back) == ((), "", None)
    feedback = visitor.screen.feedback
    assert feedback.property("callBack").property("phone") == ""


def test_a_rain_of_touches_sends_one_answer(visitor: Visitor, core: StandInCore) -> None:
    goes(visitor, "door.feedback", "face.3")
    visitor.waits_for("reasons.send")
    settle(visitor.screen.window)
    send = find(visitor.screen.window, "reasons.send")
    for _ in range(20):
        tap(visitor.screen.window, send)
    visitor.waits_for("page.thanks")
    assert len({answer.request_id for answer in core.asked(GiveFeedback)}) == 1
    assert len(core.asked(GiveFeedback)) == 1


def test_a_finger_that_rests_on_a_face_answers_once_and_holds_up_nobody(
    open_screen: OpenScreen, core: StandInCore
) -> None:
    visitor = open_screen(PORTRAIT, timeout_s=1, question_s=1)
    window = visitor.screen.window
    visitor.touch("door.feedback")
    visitor.waits_for("face.2")
    settle(window)
    point = centre(find(window, "face.2"))
    QTest.touchEvent(window, panel()).press(0, point, window).commit()
    wait_until(lambda: visitor.screen.kiosk.property("page") == "welcome")
    QTest.touchEvent(window, panel()).release(0, point, window).commit()
    settle(window)
    assert visitor.screen.kiosk.property("page") == "welcome"
    assert core.asked(GiveFeedback) == []


def test_an_answer_that_the_core_misses_is_sent_again(visitor: Visitor, core: StandInCore) -> None:
    goes(visitor, "door.feedback", "face.4")
    visitor.waits_for("reasons.send")
    settle(visitor.screen.window)
    core.stop()
    wait_until(lambda: not visitor.screen.link.here)
    visitor.screen.feedback.send()
    core.start()
    visitor.waits_for("page.thanks")
    assert sent(core).face == 4


def test_where_nobody_is_asked_there_is_no_way(core: StandInCore, open_screen: OpenScreen) -> None:
    core.survey = False
    visitor = open_screen(PORTRAIT)
    visitor.waits_for("page.welcome")
    wait_until(lambda: core.asked(AskSurvey))
    settle(visitor.screen.window)
    assert not visitor.sees("door.feedback")


def test_the_state_changes_and_the_words_stay(visitor: Visitor, core: StandInCore) -> None:
    goes(visitor, "door.feedback", "face.2", "reason.space", "bar.language")
    core.tell(StateChanged(state=core.state))
    visitor.touch("reasons.send")
    assert (sent(core).reasons, sent(core).language) == (("space",), "en")
