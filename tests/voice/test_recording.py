"""Somebody reads the script; the kiosk calls numbers in that voice, by joining the clips."""

import stat
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from speakers import RATE, hall_noise, says, silence, writes

from kiosk.cli.voice_studio import studio as command
from kiosk.paths import ASSETS
from voice.cache import Cache
from voice.errors import BadSound
from voice.listening.detector import SileroDetector
from voice.piper import PiperSynthesiser
from voice.recognizers import hearable
from voice.recorded import Recordings
from voice.recording import lines, prepared
from voice.script import clips_of, plain, read_script
from voice.sound import PEAK
from voice.studio import Studio
from voice.synthesiser import Synthesiser
from voice.wire import Part

CALL = "Số của ông bà là A007."


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """A folder of recordings with the shipped script beside it, and nothing read yet."""
    script = ASSETS / "sounds" / "script.vi.toml"
    (tmp_path / "sounds").mkdir()
    (tmp_path / "sounds" / "script.vi.toml").write_bytes(script.read_bytes())
    return tmp_path / "sounds" / "recorded"


def read_aloud(recorded: Path, tmp_path: Path, keys: list[str]) -> str:
    """Somebody (espeak-ng) reads these lines; what the command tells."""
    takes = tmp_path / "takes"
    takes.mkdir(exist_ok=True)
    script = read_script(recorded.parent / "script.vi.toml")
    for key in keys:
        says(f"{script[key]}, {script[key]}", "vi", takes / f"{key}.wav")
    told = CliRunner().invoke(command, ["--from", str(takes), "--recorded", str(recorded)])
    assert told.exit_code == 0, told.output
    return told.output


def test_the_script_is_short_and_calls_every_number() -> None:
    script = read_script(ASSETS / "sounds" / "script.vi.toml")
    assert 30 < len(script) <= 120
    by_words = {plain(text): key for key, text in script.items()}
    assert len(by_words) == len(script)
    for caption in (
        "Số của ông bà là B chín tám không.",
        "Mời số A không không bảy, đến quầy số mười hai.",
        "Xin mời ông bà chờ tại quầy số ba.",
    ):
        assert clips_of(caption, by_words), caption


def test_half_a_voice_is_none() -> None:
    recorded = {("xin", "mời", "số"): "invite", ("một",): "one"}
    assert clips_of("Xin mời số một", recorded) == ("invite", "one")
    assert clips_of("Xin mời số hai", recorded) == ()
    assert clips_of("", recorded) == ()


def test_recorded_clips_are_joined_into_a_call(
    recorded: Path, tmp_path: Path, synthesiser: Synthesiser
) -> None:
    keys = ["ticket-number", "letter-a", "digit-0"]
    studio = Studio(Cache(tmp_path / "cache"), Recordings(recorded), synthesiser)
    read_aloud(recorded, tmp_path, keys)
    made = studio.clip(Part(CALL), "vi")  # seven is missing: the synthesiser says all of it
    assert "4 of" not in read_aloud(recorded, tmp_path, [])
    assert "4 of" in read_aloud(recorded, tmp_path, ["digit-7"])
    joined = studio.clip(Part(CALL), "vi")
    assert made is not None
    assert joined is not None
    assert joined.sound.seconds > made.sound.seconds  # every clip was read twice
    assert joined.sound.peak == pytest.approx(PEAK, abs=1)
    slow = studio.clip(Part(CALL), "vi", slowly=True)
    assert slow is not None
    assert slow.sound.seconds > made.sound.seconds


def test_a_clip_is_cut_and_levelled_or_refused(tmp_path: Path) -> None:
    detector = SileroDetector()
    spoken = hearable.read(says("không, một, hai", "vi", tmp_path / "a.wav"))
    padded = np.concatenate((np.zeros(RATE, "f4"), spoken * 0.2, np.zeros(RATE, "f4")))
    clip = prepared(padded, detector)
    assert clip.seconds < len(padded) / RATE - 1
    assert clip.peak == pytest.approx(PEAK, abs=0.5)
    for bad, reason in ((spoken * 40, "distorted"), (spoken * 0.004, "quiet|nobody")):
        with pytest.raises(BadSound, match=reason):
            prepared(np.clip(bad, -1, 1), detector)
    noise = hearable.read(writes(tmp_path / "n.wav", hall_noise(2)))
    for nothing in (hearable.read(silence(tmp_path / "s.wav")), noise):
        with pytest.raises(BadSound, match="nobody"):
            prepared(nothing, detector)


def test_the_command_lists_what_is_missing(recorded: Path) -> None:
    told = CliRunner().invoke(command, ["--recorded", str(recorded)])
    assert told.exit_code == 0
    assert f"0 of {len(lines(recorded, 'vi'))} clips are there" in told.output
    assert "Số của ông bà là" in told.output


@pytest.mark.parametrize(("body", "rate"), [("exec espeak-ng -v vi -s 80 -w $4", 1), ("exit 3", 0)])
def test_a_piper_voice_speaks_or_espeak_does(
    tmp_path: Path, synthesiser: Synthesiser, body: str, rate: int
) -> None:
    says("a", "vi", tmp_path / "probe.wav")  # espeak-ng stands in for Piper's program
    program = tmp_path / "piper"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    piper = PiperSynthesiser(rate=140, model=tmp_path / "vi.onnx", program=str(program))
    try:
        made = piper.make("xin chào ông bà", "vi").seconds
        usual = synthesiser.make("xin chào ông bà", "vi").seconds
        assert made > usual * 1.2 if rate else made == pytest.approx(usual, abs=0.1)
        assert piper.make("hello", "en").seconds > 0.2
    finally:
        piper.close()
