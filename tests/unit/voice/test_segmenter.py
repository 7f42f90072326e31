"""Where an utterance begins and ends: 32 ms a frame, probabilities in, an end out."""

import pytest

from voice.listening.segmenter import FRAME, LONGEST, PATIENCE, SILENCE, Segmenter


def ends(probabilities: list[float]) -> tuple[str | None, int]:
    """Why it is over, and after how many frames."""
    segmenter = Segmenter()
    for count, probability in enumerate(probabilities, start=1):
        if end := segmenter.hear(probability):
            return end, count
    return None, len(probabilities)


def frames(seconds: float) -> int:
    return round(seconds / FRAME)


def test_silence_after_speech_ends_it() -> None:
    end, count = ends([0.0] * 20 + [0.9] * 40 + [0.1] * 60)
    assert end == "silence"
    assert (count - 60) * FRAME == pytest.approx(SILENCE, abs=2 * FRAME)


def test_a_pause_between_words_does_not() -> None:
    assert ends([0.9] * 20 + [0.0] * 15 + [0.9] * 20) == (None, 55)


def test_a_soft_syllable_is_no_pause() -> None:
    assert ends([0.9] * 10 + [0.4] * 100) == (None, 110)


def test_a_click_is_no_speech() -> None:
    end, count = ends(([0.9] * 2 + [0.0] * 30) * 20)
    assert (end, count) == ("nobody_spoke", frames(PATIENCE))


def test_nobody_speaks() -> None:
    assert ends([0.0] * 1_000)[0] == "nobody_spoke"


def test_who_talks_on_is_cut_off() -> None:
    end, count = ends([0.9] * 1_000)
    assert end == "longest"
    assert count * FRAME == pytest.approx(LONGEST, abs=FRAME)
