"""Asking aloud behind the core's door: the microphone and the mouth take turns."""

import asyncio
import functools

import pytest
from house import in_loop
from shelf import ABROAD, RESIDENCE

from kiosk.core import listening
from kiosk.errors import CommandRefused
from kiosk.words import (
    AnswerReady,
    CloseMicrophone,
    FinishListening,
    LevelHeard,
    Listen,
    ListeningChanged,
    OpenMicrophone,
    QuestionHeard,
    SpeechEnded,
    SpeechStarted,
)

FACE = "screen"
SPOKEN = SpeechStarted(text="…", seconds=1.0, silent=False)


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "QUIET_S", 0.02)


@pytest.fixture
def house(start):
    made = start()
    made.engine.hearing_is("ready", reason="", detail="")
    return made


def states(house) -> list[str]:
    """What the face was told, in order."""
    return [event.state for event in house.events if isinstance(event, ListeningChanged)]


def heard(house) -> list[QuestionHeard]:
    return [event for event in house.events if isinstance(event, QuestionHeard)]


async def listens(house, text="") -> int:
    """Press, and say something; the number of the press."""
    house.engine.do(Listen(), FACE)
    await house.until(lambda: house.ears.asked and house.ears.asked[-1].startswith("listen"))
    press = house.ears.press
    house.engine.listening.began(press)
    if text:
        house.engine.listening.thinking(press)
        house.engine.listening.heard(press, [(text, -0.3)])
    return press


def with_guide(test):
    """The test, with the catalogue read."""

    @functools.wraps(test)
    def run(house, **more):
        @in_loop
        async def going() -> None:
            async with house.at_work(house.guiding.run):
                await house.until(lambda: house.device("guide").state == "ready")
                await test(house, **more)

        going()

    return run


@with_guide
async def test_a_question_is_heard_scored_answered_and_spoken(house) -> None:
    press = await listens(house, "khai xin")
    assert house.ears.texts == ("khai sinh", "thường trú")
    house.engine.listening.scored(press, [-3.0, -0.2])
    assert states(house) == ["waiting", "listening", "thinking", "off"]
    (question,) = heard(house)
    assert question.text == "khai xin"
    assert question.answer.procedure == RESIDENCE.code
    assert house.speech.said[-1][0] == ["thường trú vi  Tôi lấy số giúp ông bà nhé?"]
    assert not any(isinstance(event, AnswerReady) for event in house.events)


@with_guide
async def test_without_scores_the_reading_has_to_do(house) -> None:
    house.ears.can_score = False
    await listens(house, "khai sinh")
    assert heard(house)[0].answer.procedure == ABROAD.code


@with_guide
async def test_scores_that_never_come_are_not_waited_for(house) -> None:
    await listens(house, "khai sinh")
    await house.until(lambda: heard(house))
    assert heard(house)[0].answer.procedure == ABROAD.code


@with_guide
async def test_the_kiosk_does_not_hear_itself(house) -> None:
    house.engine.do(OpenMicrophone(), FACE)
    assert house.ears.asked == ["open"]
    house.engine.speech(SPOKEN)
    assert house.ears.asked[-1] == "close"
    house.engine.do(Listen(), FACE)
    assert (states(house), house.speech.stops) == (["waiting"], 1)
    assert house.ears.asked[-1] == "close"  # not before it has fallen silent
    house.engine.speech(SpeechEnded(interrupted=True))
    await listens_at_last(house)


async def listens_at_last(house) -> None:
    while house.ears.asked[-1] != "listen vi":
        await asyncio.sleep(0.01)


@with_guide
async def test_speech_ends_a_listening(house) -> None:
    press = await listens(house)
    house.engine.speech(SPOKEN)
    assert states(house)[-1] == "off"
    house.engine.listening.heard(press, [("khai sinh", 0.0)])
    assert heard(house) == []


@with_guide
async def test_what_nobody_hears_disturbs_nobody(house) -> None:
    await listens(house)
    house.engine.speech(SpeechStarted(text="…", seconds=1.0, silent=True))
    house.engine.speech(SpeechEnded(interrupted=False))
    assert states(house)[-1] == "listening"


@with_guide
async def test_follow_ups_keep_the_topic_and_repeat_the_answer(house) -> None:
    house.ears.can_score = False
    await listens(house, "khai sinh")
    await listens(house, "thế phí bao nhiêu")
    assert heard(house)[-1].answer.procedure == ABROAD.code
    await listens(house, "nói lại")
    assert heard(house)[-1].answer.intent == "repeat"
    assert heard(house)[-1].answer.spoken.startswith("thế phí")


@with_guide
async def test_slower_says_it_again_slowly(house) -> None:
    house.ears.can_score = False
    await listens(house, "khai sinh")
    await listens(house, "Nói chậm lại.")
    assert house.speech.slow == house.speech.said[0][0]
    assert heard(house)[-1].answer == heard(house)[0].answer


@with_guide
async def test_yes_takes_the_number_that_was_offered(house) -> None:
    house.ears.can_score = False
    await listens(house, "khai sinh")
    await listens(house, "Vâng ạ")
    assert heard(house)[-1].deed == "take_ticket"
    await listens(house, "vâng")  # nothing is offered any more: it is a question
    assert heard(house)[-1].deed == ""


@with_guide
async def test_enough_is_no_question(house) -> None:
    await listens(house, "Thôi.")
    assert (heard(house)[0].deed, heard(house)[0].answer) == ("stop", None)
    assert house.speech.said == []


@pytest.mark.parametrize("reason", ["nobody_spoke", "microphone", "recognizer"])
@with_guide
async def test_nothing_heard_is_said_kindly(house, reason) -> None:
    press = await listens(house)
    house.engine.listening.not_heard(press, reason)
    assert house.events[-1] == ListeningChanged(face=FACE, state="off", reason=reason)
    assert house.speech.said[-1][0][0].startswith("Xin lỗi")


@with_guide
async def test_ears_that_go_away_end_the_listening(house) -> None:
    await listens(house)
    house.engine.hearing_is("unavailable", reason="ended", detail="")
    assert house.events[-1] == ListeningChanged(face=FACE, state="off", reason="recognizer")
    with pytest.raises(CommandRefused) as refused:
        house.engine.do(Listen(), FACE)
    assert refused.value.code == "hearing"


@with_guide
async def test_who_leaves_is_forgotten(house) -> None:
    press = await listens(house)
    house.engine.listening.level(press, 0.5, speech=True)
    assert house.events[-1] == LevelHeard(face=FACE, level=0.5, speech=True)
    house.engine.do(FinishListening(), FACE)
    assert house.ears.asked[-1] == "finish"
    house.engine.do(CloseMicrophone(), "other")
    assert house.ears.asked[-1] == "finish"
    house.engine.do(CloseMicrophone(), FACE)
    assert house.ears.asked[-1] == "close"
    house.engine.listening.heard(press, [("khai sinh", 0.0)])
    assert heard(house) == []


@with_guide
async def test_a_guide_that_fails_costs_the_question_alone(house, caplog) -> None:
    house.ears.can_score = False
    await listens(house, "khai sinh!")
    assert house.events[-1] == ListeningChanged(face=FACE, state="off", reason="recognizer")
    assert "khai sinh!" not in caplog.text


@with_guide
async def test_what_is_dictated_is_written_down_and_not_answered(house) -> None:
    house.ears.can_score = False
    house.engine.do(Listen(dictation=True), FACE)
    await house.until(lambda: house.ears.asked and house.ears.asked[-1].startswith("listen"))
    house.engine.listening.began(house.ears.press)
    house.engine.listening.heard(house.ears.press, [("thôi", -0.3)])
    assert heard(house) == [QuestionHeard(face=FACE, text="thôi", deed="dictated")]
    assert (states(house)[-1], house.speech.said) == ("off", [])
    await listens(house, "khai sinh")
    assert not heard(house)[-1].deed
