"""Any WAV becomes 16 kHz mono; what is none is told so."""

import struct
import wave
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from voice.errors import BadSound
from voice.listening.microphone import Converted
from voice.recognizers import hearable
from voice.recognizers.hearable import RATE, from_pcm, resampled, to_pcm


def tone(hertz: float, rate: int, seconds: float = 0.5) -> np.ndarray:
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype("f4")


def wav(samples: np.ndarray, rate: int, *, width: int = 2, channels: int = 1) -> bytes:
    whole = np.repeat(np.round(samples * (2 ** (8 * width - 1) - 1)).astype("<i4"), channels)
    if width == 1:
        data = (whole + 128).astype("u1").tobytes()
    else:
        data = b"".join(struct.pack("<i", one)[:width] for one in whole)
    target = BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(data)
    return target.getvalue()


def strength(samples: np.ndarray, hertz: float) -> float:
    """How much of a tone there is; 0.5 for `tone`."""
    inner = samples[800:-800]
    wave_of = np.exp(-2j * np.pi * hertz * np.arange(len(inner)) / RATE)
    return float(2 * abs((inner * wave_of).mean()))


@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (16_000, 2), (44_100, 2), (48_000, 2)])
def test_any_kind_of_wav_sounds_the_same(width: int, rate: int, channels: int) -> None:
    samples = hearable.read(wav(tone(440, rate), rate, width=width, channels=channels))
    assert samples.dtype == np.float32
    assert len(samples) == pytest.approx(RATE / 2, abs=1)
    assert strength(samples, 440) == pytest.approx(0.5, abs=0.02)


def test_what_is_too_high_does_not_fold_down() -> None:
    assert abs(resampled(tone(11_000, 48_000), 48_000)[800:-800]).max() < 0.01


def test_blocks_of_a_card_join_without_a_seam() -> None:
    converted = Converted(48_000)
    whole = tone(440, 48_000)
    blocks = [converted(part) for part in np.split(whole[: 16 * converted.block], 16)]
    assert strength(np.concatenate(blocks), 440) == pytest.approx(0.5, abs=0.01)


def test_a_tag_of_extensible_pcm_is_read() -> None:
    plain = wav(tone(440, RATE), RATE)
    body = plain[plain.index(b"data") :]
    tag = struct.pack("<HHIIHHHHI", 0xFFFE, 1, RATE, 2 * RATE, 2, 16, 22, 16, 4)
    guid = b"\x01\x00\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71"
    head = b"WAVEfmt " + struct.pack("<I", 40) + tag + guid
    riff = b"RIFF" + struct.pack("<I", len(head) + len(body)) + head + body
    assert np.array_equal(hearable.read(riff), hearable.read(plain))


@pytest.mark.parametrize(
    "data", [b"", b"RIFF", b"no wave at all" * 10, wav(np.zeros(0, "f4"), RATE), b"\0" * 5_000]
)
def test_what_is_no_sound_is_told_so(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.wav"
    path.write_bytes(data)
    with pytest.raises(BadSound, match=r"bad\.wav"):
        hearable.read(path)
    with pytest.raises(BadSound):
        hearable.read(tmp_path / "missing.wav")


def test_a_file_cut_short_is_read_as_far_as_it_goes() -> None:
    assert 0 < len(hearable.read(wav(tone(440, RATE), RATE)[:5_001])) < RATE / 2


def test_samples_travel_as_bytes_and_clip() -> None:
    samples = np.array([0, 0.5, -0.5, 2, -2], np.float32)
    assert from_pcm(to_pcm(samples)) == pytest.approx([0, 0.5, -0.5, 1, -1], abs=1e-4)
