"""Recording, cache or synthesiser: where a sound comes from."""

import wave
from array import array
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from voice.cache import Cache
from voice.errors import NoSynthesiser
from voice.recorded import Recordings
from voice.studio import Studio
from voice.synthesiser import Synthesiser
from voice.wire import Part

WELCOME = Part("Xin chào! Quý ông bà cần giúp việc gì?", "welcome")


@pytest.fixture
def studio(tmp_path: Path, synthesiser: Synthesiser) -> Studio:
    return Studio(Cache(tmp_path / "cache"), Recordings(tmp_path / "sounds/recorded"), synthesiser)


@pytest.fixture
def mute(tmp_path: Path) -> Iterator[Studio]:
    """Without a synthesiser: the same folders."""
    with closing(Synthesiser(rate=140, command=["/nowhere/synthesiser"])) as none:
        recordings = Recordings(tmp_path / "sounds/recorded")
        yield Studio(Cache(tmp_path / "cache"), recordings, none)


def record(path: Path, *, seconds: float = 0.5, rate: int = 44_100) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, rate, 0, "NONE", ""))
        file.writeframes(array("h", [8_000, -8_000] * 2 * int(seconds * rate / 2)).tobytes())
        file.writeframes(array("h", [8_000, 8_000, -8_000, -8_000] * 400).tobytes())


def test_a_phrase_is_levelled_trimmed_and_kept(studio: Studio) -> None:
    clip = studio.clip(Part("Số của ông bà là A007"), "vi")
    assert clip is not None
    assert clip.path is not None
    assert clip.path.is_file()
    assert clip.sound.peak == pytest.approx(-3.0, abs=0.05)
    floor = 32_768 * 10 ** (-50 / 20)
    start = next(i for i, sample in enumerate(clip.sound.samples) if abs(sample) > floor)
    end = next(i for i, sample in enumerate(reversed(clip.sound.samples)) if abs(sample) > floor)
    assert max(start, end) / clip.sound.rate <= 0.075  # two parts: a gap of 150 ms at most


def test_a_part_may_have_a_language_of_its_own(studio: Studio) -> None:
    english = studio.clip(Part("A007", language="en"), "vi")
    assert english == studio.clip(Part("A007"), "en")
    assert english != studio.clip(Part("A007"), "vi")


def test_a_phrase_made_before_needs_no_synthesiser(studio: Studio, mute: Studio) -> None:
    made = studio.clip(Part("Còn 15 phút"), "vi")
    assert mute.clip(Part("Còn mười lăm phút"), "vi") == made
    with pytest.raises(NoSynthesiser):
        mute.clip(Part("Còn 16 phút"), "vi")


def test_a_damaged_sound_is_made_anew(studio: Studio) -> None:
    made = studio.clip(WELCOME, "vi")
    assert made is not None
    assert made.path is not None
    made.path.write_bytes(made.path.read_bytes()[:1_000])
    again = studio.clip(WELCOME, "vi")
    assert again is not None
    assert again.sound.seconds == pytest.approx(made.sound.seconds, rel=0.02)
    assert studio.clip(WELCOME, "vi") == again


def test_a_recording_wins(mute: Studio, tmp_path: Path) -> None:
    record(tmp_path / "sounds/recorded/vi/welcome.wav")
    clip = mute.clip(WELCOME, "vi")
    assert clip is not None
    assert clip.sound.rate == 22_050
    with pytest.raises(NoSynthesiser):
        mute.clip(WELCOME, "en")


def test_a_new_recording_is_used_at_once(mute: Studio, tmp_path: Path) -> None:
    record(tmp_path / "sounds/recorded/vi/welcome.wav")
    first = mute.clip(WELCOME, "vi")
    record(tmp_path / "sounds/recorded/vi/welcome.wav", seconds=1.0)
    second = mute.clip(WELCOME, "vi")
    assert first is not None
    assert second is not None
    assert first.path != second.path


def test_a_sound_without_language_lies_beside(mute: Studio, tmp_path: Path) -> None:
    record(tmp_path / "sounds/chime.wav")
    chime = Part("", "chime")
    assert mute.clip(chime, "vi") == mute.clip(chime, "en")


def test_the_chime_of_the_house_can_be_played(tmp_path: Path, mute: Studio) -> None:
    house = Path(__file__).parents[2] / "assets/sounds"
    (tmp_path / "sounds").mkdir()
    (tmp_path / "sounds/chime.wav").write_bytes((house / "chime.wav").read_bytes())
    clip = mute.clip(Part("", "chime"), "vi")
    assert clip is not None
    assert 0.5 < clip.sound.seconds < 1.0


def test_a_recording_that_cannot_be_read_is_named_once(
    studio: Studio, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spoken = studio.clip(Part(WELCOME.text), "vi")
    bad = tmp_path / "sounds/recorded/vi/welcome.wav"
    bad.parent.mkdir(parents=True)
    bad.write_bytes(b"ID3 this is an MP3")
    assert [studio.clip(WELCOME, "vi") for _ in range(3)] == [spoken] * 3
    assert caplog.text.count("welcome.wav") == 1


def test_nothing_to_say_is_no_sound(mute: Studio) -> None:
    assert mute.clip(Part(" … "), "vi") is None


def test_a_full_disk_costs_no_phrase(
    tmp_path: Path, synthesiser: Synthesiser, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache").write_text("no folder can be made here")
    studio = Studio(Cache(tmp_path / "cache"), Recordings(tmp_path), synthesiser)
    for _ in range(2):
        clip = studio.clip(WELCOME, "vi")
        assert clip is not None
        assert clip.path is None
    assert caplog.text.count("sounds cannot be kept") == 1
    (tmp_path / "cache").unlink()
    clip = studio.clip(WELCOME, "vi")
    assert clip is not None
    assert clip.path is not None
