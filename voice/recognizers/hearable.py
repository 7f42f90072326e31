"""Any WAV becomes what recognisers hear: 16 kHz, one channel, samples from -1 to 1."""

import io
import math
import wave
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from voice.errors import BadSound

RATE = 16_000  # samples a second
LOWEST_RATE, HIGHEST_RATE = 4_000, 192_000
LONGEST = 900.0  # seconds of a file; nobody asks for longer
PCM, EXTENSIBLE = b"\x01\x00", b"\xfe\xff"  # format tags of a WAV
HALF_WIDTH = 16  # periods of the lower rate that the resampling filter sees on each side

Samples = npt.NDArray[np.float32]


def read(source: Path | bytes) -> Samples:
    """Read a PCM WAV of 8, 16, 24 or 32 bits, any rate and number of channels.

    Raises BadSound when it is missing, empty, damaged or of another kind.  A file that was cut
    short is read as far as it goes, a long one for LONGEST seconds.
    """
    name = source if isinstance(source, Path) else "the sound"
    try:
        opened = source.open("rb") if isinstance(source, Path) else io.BytesIO(source)
        with opened, wave.open(_plainly_tagged(opened), "rb") as wav:
            width, channels, rate = wav.getsampwidth(), wav.getnchannels(), wav.getframerate()
            data = wav.readframes(min(wav.getnframes(), round(LONGEST * rate)))
    except (OSError, EOFError, wave.Error) as error:
        raise BadSound(f"{name}: {str(error) or 'cut short'}") from error
    frame = width * channels
    if len(data) < frame or not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise BadSound(f"{name}: {len(data)} bytes of sound at {rate} Hz")
    samples = _plain(data[: len(data) // frame * frame], width)
    return resampled(samples.reshape(-1, channels).mean(axis=1, dtype=np.float32), rate)


def _plainly_tagged(file: IO[bytes]) -> IO[bytes]:
    """The same WAV; where PCM is tagged "extensible", which Python 3.11 does not read, as PCM."""
    head = file.read(46)
    file.seek(0)
    if head[12:16] == b"fmt " and head[20:22] == EXTENSIBLE and head[44:46] == PCM:
        return io.BytesIO(head[:20] + PCM + file.read()[22:])
    return file


def from_pcm(data: bytes) -> Samples:
    """16-bit samples of one channel at RATE, as a microphone gives them."""
    return _scaled(np.frombuffer(data, "<i2"), 32_768)


def to_pcm(samples: Samples) -> bytes:
    """The other way round; what is louder than full scale is clipped."""
    return (np.clip(samples, -1, 32_767 / 32_768) * 32_768).astype("<i2").tobytes()


def _plain(data: bytes, width: int) -> Samples:
    match width:
        case 1:
            return _scaled(np.frombuffer(data, np.uint8).astype(np.int16) - 128, 128)
        case 2:
            return from_pcm(data)
        case 3:
            triples = np.frombuffer(data, np.uint8).reshape(-1, 3)
            padded = np.pad(triples, ((0, 0), (1, 0)))  # the three bytes above an empty one
            return _scaled(padded.reshape(-1).view("<i4"), 2**31)
        case _:
            return _scaled(np.frombuffer(data, "<i4"), 2**31)


def _scaled(whole: npt.NDArray[Any], full: int) -> Samples:
    return np.asarray(whole, np.float32) * np.float32(1 / full)


def resampled(samples: Samples, rate: int) -> Samples:
    """From `rate` to RATE with a windowed-sinc filter, so that nothing above 8 kHz folds down."""
    if rate == RATE:
        return samples.astype(np.float32)
    common = math.gcd(rate, RATE)
    up, down = RATE // common, rate // common
    count = len(samples) * up // down
    cutoff = min(1.0, RATE / rate)
    reach = math.ceil(HALF_WIDTH / cutoff)
    around = np.arange(-reach, reach + 1)
    padded = np.pad(samples, (reach, reach + 1))
    out = np.empty(count, np.float32)
    for phase in range(min(up, count)):  # outputs of one phase share their filter
        at = np.arange(phase, count, up) * down
        centre, part = at // up, (at[0] % up) / up
        distance = around - part
        window = 0.5 + 0.5 * np.cos(np.pi * np.clip(distance / (reach + 1), -1, 1))
        taps = (cutoff * np.sinc(cutoff * distance) * window).astype(np.float32)
        seen = np.lib.stride_tricks.sliding_window_view(padded, len(taps))
        out[phase::up] = seen[centre] @ taps
    return out
