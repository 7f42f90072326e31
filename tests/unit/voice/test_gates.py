"""What the gates let through, and what they stop."""

import pytest

from voice.gates import Gate, gated, is_loop, stopped_by
from voice.recognizers.recognizer import Hypothesis, Transcript


def heard(*texts: str, score: float = -0.3, seconds: float = 3.0, no_speech: float = 0.0):
    readings = tuple(Hypothesis(text, score) for text in texts)
    return Transcript(readings, seconds, no_speech)


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        ("Hãy subscribe cho kênh Ghiền Mì Gõ để không bỏ lỡ những video hấp dẫn", "block_list"),
        ("Hẹn gặp lại các bạn trong những video tiếp theo", "block_list"),
        ("hẳn hẳn hẳn hẳn hẳn", "loop"),
        ("xin giấy xin giấy xin giấy xin giấy", "loop"),
        ("… ! ?", "empty"),
        ("", "empty"),
    ],
)
def test_nobody_said_this(text: str, gate: Gate) -> None:
    transcript = heard(text)
    assert stopped_by(transcript.hypotheses[0], transcript) == gate
    assert gated(transcript).hypotheses == ()
    assert gated(transcript).text == ""


@pytest.mark.parametrize(
    "text",
    [
        "Tôi muốn đăng ký khai sinh cho cháu",
        "thôi thôi",
        "xin xin hỏi đăng ký tạm trú",
        "số không không bảy",
        "làm lại giấy khai sinh cho con, giấy khai sinh của con bị mất",
    ],
)
def test_this_somebody_may_say(text: str) -> None:
    transcript = heard(text)
    assert gated(transcript) == transcript


def test_decomposed_letters_do_not_pass_the_block_list() -> None:
    transcript = heard("đăng ký kênh")
    assert stopped_by(transcript.hypotheses[0], transcript) == "block_list"


def test_more_words_than_a_mouth_can_say() -> None:
    long = "tôi muốn hỏi thủ tục đăng ký khai sinh cho cháu nội mới sinh ở quê"
    assert stopped_by(heard(long).hypotheses[0], heard(long, seconds=1.0)) == "pace"
    assert stopped_by(heard(long).hypotheses[0], heard(long, seconds=4.0)) is None


def test_silence_is_believed_only_where_the_words_are_unsure() -> None:
    sure = heard("khai sinh", no_speech=0.9)
    unsure = heard("khai sinh", no_speech=0.9, score=-1.2)
    assert gated(sure).text == "khai sinh"
    assert gated(unsure).text == ""


@pytest.mark.parametrize(
    ("letters", "score", "text"),
    [
        ("toi muon dang ky khai sinh", -0.05, "Tôi muốn tăng ký khai xí"),
        ("ga ia au taiia asoiohao", -0.1, ""),  # babble
        ("a", -0.01, ""),
    ],
)
def test_sure_letters_tell_that_somebody_spoke(letters: str, score: float, text: str) -> None:
    words = Hypothesis("Tôi muốn tăng ký khai xí", -0.8)
    sound = Transcript((words, Hypothesis(letters, score, bare=True)), 3.0, no_speech=0.77)
    assert gated(sound).text == text


def test_good_readings_stay_when_others_go() -> None:
    transcript = heard("hẳn hẳn hẳn hẳn", "hẳn là khai sinh")
    assert gated(transcript).text == "hẳn là khai sinh"


def test_few_words_over_and_over_are_a_loop() -> None:
    assert is_loop(["a", "b", "a", "c", "b", "a", "b", "c", "a", "c", "a", "b"])
    assert not is_loop(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"])
