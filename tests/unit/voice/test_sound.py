"""What is done to a sound before it is kept."""

import io
import math
import wave
from array import array

import pytest

from voice import sound
from voice.errors import BadSound


def tone(seconds: float = 0.5, *, rate: int = sound.RATE, level: float = 0.25, pitch: float = 400):
    times = (index / rate for index in range(round(seconds * rate)))
    values = (round(32_767 * level * math.sin(math.tau * pitch * time)) for time in times)
    return sound.Sound(array("h", values), rate)


def wav(samples: bytes, *, channels: int = 1, width: int = 2, rate: int = sound.RATE) -> io.BytesIO:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(width)
        writer.setframerate(rate)
        writer.writeframes(samples)
    file.seek(0)
    return file


def crossings(made: sound.Sound) -> int:
    pairs = zip(made.samples, made.samples[1:], strict=False)
    return sum(before < 0 <= after for before, after in pairs)


def test_a_sound_is_read_as_it_was_written() -> None:
    file = io.BytesIO()
    sound.write(tone(), file)
    file.seek(0)
    assert sound.read(file) == tone()


def test_levels() -> None:
    assert tone(level=0.5).peak == pytest.approx(-6.02, abs=0.01)
    assert tone(level=0.5).loudness == pytest.approx(-9.03, abs=0.01)
    assert sound.Sound(array("h", [0] * 10)).peak == -math.inf


def test_two_channels_become_one() -> None:
    left, right = [100, 200, 300], [300, 0, -300]
    pairs = array("h", [value for pair in zip(left, right, strict=True) for value in pair])
    assert sound.read(wav(pairs.tobytes(), channels=2)).samples.tolist() == [200, 100, 0]


@pytest.mark.parametrize(
    "file",
    [
        io.BytesIO(b""),
        io.BytesIO(b"RIFF and nothing"),
        wav(b""),
        wav(b"\x80" * 100, width=1),
        wav(bytes(2 * 8_000 * 121), rate=8_000),
        io.BytesIO(wav(bytes(1_000)).getvalue()[:-100]),
    ],
    ids=["empty", "no WAV", "no samples", "8 bits", "too long", "cut short"],
)
def test_what_cannot_be_played_is_refused(file: io.BytesIO) -> None:
    with pytest.raises(BadSound):
        sound.read(file)


def test_a_missing_file_is_a_bad_sound(tmp_path) -> None:
    with pytest.raises(BadSound, match=r"none\.wav"):
        sound.read(tmp_path / "none.wav")


@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000])
def test_another_rate_keeps_length_pitch_and_level(rate: int) -> None:
    made = sound.resampled(tone(rate=rate), sound.RATE)
    assert made.rate == sound.RATE
    assert made.seconds == pytest.approx(0.5, abs=0.001)
    assert crossings(made) == pytest.approx(200, abs=1)
    assert made.peak == pytest.approx(tone().peak, abs=0.3)


def test_silence_at_the_ends_is_cut_to_60_ms() -> None:
    silence = array("h", [3] * sound.RATE)
    made = sound.trimmed(sound.Sound(silence + tone().samples + silence))
    assert made.seconds == pytest.approx(0.5 + 2 * 0.06, abs=0.003)
    assert sound.trimmed(sound.Sound(silence)).seconds <= 0.06


@pytest.mark.parametrize("level", [0.1, 0.3, 1.0])
def test_the_loudest_sample_comes_to_minus_3_decibels(level: float) -> None:
    assert sound.levelled(tone(level=level)).peak == pytest.approx(-3.0, abs=0.05)


def test_what_is_hardly_there_is_not_blown_up() -> None:
    whisper = tone(level=0.001)
    assert sound.levelled(whisper).peak < whisper.peak + 20.5
    nothing = sound.Sound(array("h", [0] * 100))
    assert sound.prepared(nothing).peak == -math.inf


def test_joined_sounds_follow_each_other() -> None:
    made = sound.joined([tone(), tone(rate=44_100)])
    assert made.seconds == pytest.approx(1.0, abs=0.001)
