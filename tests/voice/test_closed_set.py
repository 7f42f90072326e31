"""Which of some sentences was said: whisper-base asked, where it is installed."""

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest
from speakers import hall_noise, says

from kiosk.paths import DEFAULT_DATA
from voice.errors import NoScoring
from voice.gates import gated
from voice.recognizers import hearable
from voice.recognizers.whisper import WhisperRecognizer

MODEL = DEFAULT_DATA / "models" / "whisper-base"
RECORDED = Path(__file__).parents[3] / "shared" / "speech"
SENTENCES = (
    "đăng ký khai sinh", "xin giấy xác nhận tình trạng hôn nhân", "làm căn cước cho cháu",
    "chứng thực bản sao bằng đại học", "đăng ký tạm trú cho sinh viên", "xóa đăng ký thường trú",
    "hỗ trợ chi phí mai táng", "cấp giấy phép xây dựng nhà ở",
)  # fmt: skip


@pytest.fixture(scope="module")
def whisper() -> Iterator[WhisperRecognizer]:
    if not (MODEL / "model.bin").is_file():
        pytest.skip("whisper-base is not installed: kiosk voice install whisper-base")
    recognizer = WhisperRecognizer(MODEL)
    yield recognizer
    recognizer.close()


def test_nothing_heard_cannot_be_scored(whisper: WhisperRecognizer) -> None:
    fresh = WhisperRecognizer(MODEL)
    with pytest.raises(NoScoring):
        fresh.score(SENTENCES)
    fresh.close()


@pytest.mark.parametrize("said", [1, 6])
def test_what_was_said_fits_best(whisper: WhisperRecognizer, said: int, tmp_path: Path) -> None:
    whisper.hear(hearable.read(says(SENTENCES[said], "vi", tmp_path / "said.wav")))
    scores = whisper.score(SENTENCES)
    assert len(scores) == len(SENTENCES)
    assert scores.index(max(scores)) == said
    assert max(scores) <= 0


def test_an_empty_candidate_fits_nothing(whisper: WhisperRecognizer, tmp_path: Path) -> None:
    whisper.hear(hearable.read(says(SENTENCES[0], "vi", tmp_path / "said.wav")))
    empty, said = whisper.score((" ", SENTENCES[0]))
    assert empty < said
    assert whisper.score(()) == ()


def test_words_come_first_and_bare_letters_last(whisper: WhisperRecognizer, tmp_path: Path) -> None:
    sound = hearable.read(says(SENTENCES[1], "vi", tmp_path / "said.wav"))
    readings = gated(whisper.hear(sound)).hypotheses
    assert [one.bare for one in readings] == [False] * (len(readings) - 1) + [True]
    # which letters exactly depends on the processor's int8 arithmetic: what counts is the likeness
    likeness = SequenceMatcher(None, "xin giay xac nhan tinh trang hon nhan", readings[-1].text)
    assert likeness.ratio() > 0.7
    assert not any(one.bare for one in whisper.hear(sound, "en").hypotheses)


@pytest.mark.slow
def test_recorded_sentences_are_found_among_thirty(whisper: WhisperRecognizer) -> None:
    if not RECORDED.is_dir():
        pytest.skip("the recorded sentences are not beside this checkout")
    lines = (RECORDED / "transcripts.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    candidates = (*(row["text"] for row in rows), *SENTENCES)
    for row in rows:
        sound = hearable.read(RECORDED / row["file"])
        noisy = sound + 0.3 * np.std(sound) * hall_noise(len(sound) / hearable.RATE)[: len(sound)]
        for heard in (sound, noisy):
            whisper.encode(heard.astype(np.float32))
            scores = whisper.score(candidates)
            assert candidates[scores.index(max(scores))] == row["text"]
