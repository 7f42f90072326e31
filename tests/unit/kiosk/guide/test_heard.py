"""A question that was heard, answered: acted on, asked as a follow-up, or asked back."""

from dataclasses import replace
from random import Random

import pytest

from kiosk.catalogue.opening import open_guide
from kiosk.catalogue.shipped import read_shipped
from kiosk.guide.lessons import QuestionsBad
from kiosk.guide.lessons import read_heard as read_pairs
from kiosk.guide.noise import mistyped
from kiosk.guide.sentences import read_heard
from kiosk.paths import ASSETS

BIRTH = "1.001193"


@pytest.fixture(scope="module")
def guide():
    return open_guide(read_shipped(ASSETS / "catalogue"))


def test_what_is_sure_is_answered_and_what_is_not_is_asked_back(guide):
    said = "tôi muốn đăng ký khai sinh cho con"
    understood = guide.hear([(said, -0.1)]).guesses.understood()
    sure = replace(understood, decision="act", found=replace(understood.found, certainty="sure"))
    answer = guide.answer_understood(said, sure, "vi", "")
    assert (answer.kind, answer.procedures[0].code) == ("answer", BIRTH)
    doubtful = guide.answer_understood(said, replace(understood, decision="choose"), "vi", "")
    assert (doubtful.kind, doubtful.procedures[0].code) == ("choices", BIRTH)


def test_an_aspect_that_was_asked_aloud_keeps_the_topic(guide):
    answer = guide.hear([("hết bao nhiêu tiền", -0.1)], topic=BIRTH).answer(())
    assert (answer.kind, answer.aspect) == ("answer", "fee")
    assert answer.procedures[0].code == BIRTH


def test_nothing_heard_is_no_question(guide):
    answer = guide.hear([]).answer(())
    assert answer.kind == "no_match"
    assert "chưa hiểu" in answer.spoken
    assert not answer.procedures


def test_what_a_recogniser_made_of_questions_is_read():
    heard = read_heard(ASSETS / "sentences" / "vi")
    assert len(heard) > 100
    assert all(line.strip() and not line.startswith("#") for line in heard)
    words, letters = read_pairs(ASSETS / "guide")
    assert len(words) > 1000
    assert all(said == said.lower() for said, _ in words)
    assert letters


@pytest.mark.parametrize("line", ["{", '{"heard": []}', "[]", '{"question": "a"}'])
def test_a_line_that_is_no_pair_is_named(tmp_path, line):
    (tmp_path / "heard").mkdir()
    (tmp_path / "heard" / "one.jsonl").write_text(f'{{"question": "a", "heard": ["b"]}}\n{line}\n')
    with pytest.raises(QuestionsBad, match=r"one\.jsonl, line 2"):
        read_pairs(tmp_path)


def test_fingers_slip_on_words_alone():
    assert mistyped([], Random(1)) == []
    assert mistyped(["khai", "sinh"], Random(1)) != ["khai", "sinh"]


def test_what_no_procedure_knows_is_not_understood(guide):
    hearing = guide.hear([("Xyz qwrt!", -2.0)])
    understood = replace(hearing.guesses.understood(), decision="not_understood")
    answer = guide.answer_understood("Xyz qwrt!", understood, "vi", "")
    assert (answer.kind, answer.procedures) == ("no_match", ())
    assert len(hearing.candidates) == len(hearing.guesses.phrases)
