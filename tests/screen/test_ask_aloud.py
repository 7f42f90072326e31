"""Asking aloud as a citizen sees it, in front of a core that tells what it hears."""

from __future__ import annotations

import msgspec
import pytest
import stand_in_guide
from stand_in import StandInCore
from surroundings import state
from visitor import OpenScreen, Visitor

from kiosk.link.frames import Failure
from kiosk.words import (
    Ask,
    CloseMicrophone,
    DeviceState,
    FinishListening,
    LevelHeard,
    Listen,
    ListeningChanged,
    OpenMicrophone,
    QuestionHeard,
)
from tools.demo.touch import wait_until

FACE = "screen"
READY = DeviceState(name="hearing", state="ready")
AWAY = DeviceState(name="hearing", state="unavailable", reason="no_model")


@pytest.fixture
def visitor(core: StandInCore, open_screen: OpenScreen) -> Visitor:
    core.state = msgspec.structs.replace(state(), devices=(READY,))
    return open_screen()


def begins(visitor: Visitor, core: StandInCore) -> None:
    """Through the door, and the microphone pressed."""
    visitor.touch("door.ask")
    visitor.waits_for("page.ask")
    visitor.touch("ask.microphone")
    wait_until(lambda: core.asked(Listen))
    core.tell(ListeningChanged(face=FACE, state="listening"))
    wait_until(lambda: visitor.screen.ask.property("state") == "listening")


def hears(core: StandInCore, text: str, *, deed: str = "") -> None:
    core.tell(ListeningChanged(face=FACE, state="off"))
    answer = None if deed == "stop" else stand_in_guide.reply(text, "vi")
    core.tell(QuestionHeard(face=FACE, text=text, answer=answer, deed=deed))


def test_a_question_goes_from_the_microphone_to_its_answer(
    visitor: Visitor, core: StandInCore
) -> None:
    begins(visitor, core)
    assert core.asked(OpenMicrophone)
    core.tell(LevelHeard(face=FACE, level=0.7, speech=True))
    wait_until(lambda: visitor.screen.ask.property("level") > 0.6)
    assert "Micrô đang bật" in visitor.all_words()
    core.tell(ListeningChanged(face=FACE, state="thinking"))
    wait_until(lambda: "nghĩ" in visitor.reads("ask.headline"))
    hears(core, "khai sinh")
    visitor.waits_for("page.answer")
    assert "Ông bà hỏi: “khai sinh”" in visitor.all_words()
    assert not core.asked(Ask)  # it was answered already


def test_another_face_is_nobody_here(visitor: Visitor, core: StandInCore) -> None:
    begins(visitor, core)
    core.tell(QuestionHeard(face="other", text="x", answer=stand_in_guide.reply("x", "vi")))
    core.tell(ListeningChanged(face="other", state="thinking"))
    core.tell(ListeningChanged(face=FACE, state="thinking"))
    wait_until(lambda: visitor.screen.ask.property("state") == "thinking")
    assert visitor.sees("page.ask")


def test_pressed_again_the_question_is_over(visitor: Visitor, core: StandInCore) -> None:
    begins(visitor, core)
    visitor.touch("ask.microphone")
    wait_until(lambda: core.asked(FinishListening))


def test_what_was_heard_can_be_put_right_by_hand(visitor: Visitor, core: StandInCore) -> None:
    begins(visitor, core)
    hears(core, "tạm trú")
    visitor.touch("answer.correct")
    visitor.waits_for("page.search")
    assert visitor.screen.search.property("text") == "tạm trú"


def test_an_answer_leads_back_to_the_microphone(visitor: Visitor, core: StandInCore) -> None:
    begins(visitor, core)
    hears(core, "khai sinh")
    visitor.touch("answer.ask_again")
    wait_until(lambda: len(core.asked(Listen)) == 2)
    visitor.waits_for("page.ask")


def test_yes_takes_a_number(visitor: Visitor, core: StandInCore) -> None:
    begins(visitor, core)
    hears(core, "khai sinh", deed="take_ticket")
    visitor.waits_for("page.priority")


def test_enough_is_enough(visitor: Visitor, core: StandInCore) -> None:
    begins(visitor, core)
    hears(core, "thôi", deed="stop")
    wait_until(lambda: "Xin vâng" in visitor.all_words())
    assert visitor.sees("page.ask")


def test_nothing_heard_is_said_kindly(visitor: Visitor, core: StandInCore) -> None:
    begins(visitor, core)
    core.tell(ListeningChanged(face=FACE, state="off", reason="nobody_spoke"))
    wait_until(lambda: "chưa nghe thấy gì" in visitor.reads("ask.headline"))


def test_who_leaves_closes_the_microphone(visitor: Visitor, core: StandInCore) -> None:
    begins(visitor, core)
    visitor.touch("bar.home")
    wait_until(lambda: core.asked(CloseMicrophone))
    assert visitor.screen.ask.property("state") == "off"


def test_without_ears_there_is_the_keyboard(core: StandInCore, open_screen: OpenScreen) -> None:
    core.state = msgspec.structs.replace(state(), devices=(AWAY,))
    visitor = open_screen()
    visitor.touch("door.ask")
    visitor.waits_for("page.ask")
    assert "chưa nghe được" in visitor.reads("ask.headline")
    visitor.touch("ask.microphone")
    visitor.touch("ask.write")
    visitor.waits_for("page.search")
    assert not core.asked(Listen)


def test_a_core_that_refuses_is_no_dead_end(visitor: Visitor, core: StandInCore) -> None:
    core.voice_refusal = Failure(id=0, code="hearing", detail="")
    visitor.touch("door.ask")
    visitor.touch("ask.microphone")
    wait_until(lambda: "chưa nghe được" in visitor.reads("ask.headline"))
    assert visitor.screen.ask.property("state") == "off"
