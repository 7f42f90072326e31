"""One mono 16-bit sound in memory, and what is done to it before it is kept.  Pure.

Everything the kiosk plays passes `prepared`: one rate, silence at the ends cut to 60 ms, the
loudest sample at -3 dBFS.  Recordings and synthesised phrases then follow each other evenly, with
120 ms between two parts of a phrase.
"""

import math
import wave
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from voice.errors import BadSound

RATE = 22_050  # samples a second: what espeak-ng makes
FULL_SCALE = 32_768
PEAK = -3.0  # dBFS of the loudest sample
MOST_GAIN = 20.0  # dB; what is quieter than that is noise and stays so
SILENCE = -50.0  # dBFS below which an end is silence
MARGIN = 0.060  # seconds of silence kept at each end
LONGEST = 120.0  # seconds; no phrase of a kiosk is longer


@dataclass(frozen=True, slots=True)
class Sound:
    """Samples -32768 to 32767 of one channel, and how many of them make a second."""

    samples: "array[int]"
    rate: int = RATE

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.samples) / self.rate

    @property
    def peak(self) -> float:
        """Its loudest sample in dBFS; minus infinity for silence."""
        return _decibels(_largest(self.samples))

    @property
    def loudness(self) -> float:
        """Its mean level (RMS) in dBFS."""
        squares = sum(sample * sample for sample in self.samples)
        return _decibels(math.sqrt(squares / max(1, len(self.samples))))


def read(source: Path | IO[bytes]) -> Sound:
    """Read a 16-bit PCM WAV of any rate; several channels are mixed into one.

    Raises BadSound when it is missing, damaged, empty, too long or of another kind.
    """
    opened = str(source) if isinstance(source, Path) else source
    try:
        with wave.open(opened, "rb") as wav:
            width, channels, rate = wav.getsampwidth(), wav.getnchannels(), wav.getframerate()
            promised = wav.getnframes()
            if width != 2 or not 0 < promised <= LONGEST * rate:
                raise BadSound(f"{source}: not 16-bit PCM of up to {LONGEST:g} s")
            data = wav.readframes(promised)
    except (OSError, EOFError, wave.Error) as error:
        raise BadSound(f"{source}: {str(error) or 'cut short'}") from error
    if len(data) != promised * channels * width:
        raise BadSound(f"{source}: cut short")
    samples = array("h", data)
    if channels > 1:
        tracks = (samples[track::channels] for track in range(channels))
        samples = array("h", (sum(frame) // channels for frame in zip(*tracks, strict=True)))
    return Sound(samples, rate)


def write(sound: Sound, target: IO[bytes]) -> None:
    """Write a 16-bit mono WAV."""
    with wave.open(target, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(sound.rate)
        wav.writeframes(sound.samples.tobytes())


def prepared(sound: Sound) -> Sound:
    """The same sound at RATE, without silence around it, as loud as all others."""
    return levelled(trimmed(resampled(sound, RATE)))


def levelled(sound: Sound) -> Sound:
    """Bring the loudest sample to PEAK, by MOST_GAIN at most."""
    if not _largest(sound.samples):
        return sound
    gain = 10 ** (min(PEAK - sound.peak, MOST_GAIN) / 20)
    return Sound(scaled(sound.samples, gain), sound.rate)


def trimmed(sound: Sound) -> Sound:
    """Cut the silence at both ends, but for MARGIN."""
    floor = FULL_SCALE * 10 ** (SILENCE / 20)
    samples = sound.samples
    first = next((i for i, sample in enumerate(samples) if abs(sample) > floor), len(samples))
    last = next((i for i in reversed(range(len(samples))) if abs(samples[i]) > floor), first)
    margin = round(MARGIN * sound.rate)
    body = samples[max(0, first - margin) : last + 1 + margin]
    return Sound(body, sound.rate)


def resampled(sound: Sound, rate: int) -> Sound:
    """Change the rate: straight lines upwards; downwards the mean of the samples that merge."""
    if rate == sound.rate:
        return sound
    samples, step = sound.samples, sound.rate / rate
    count = int(len(samples) / step)
    if step < 1:
        padded = samples + samples[-1:]
        spots = ((int(i * step), i * step % 1) for i in range(count))
        lines = (round(padded[at] * (1 - part) + padded[at + 1] * part) for at, part in spots)
        return Sound(array("h", lines), rate)
    spans = (
        samples[int(i * step) : max(int(i * step) + 1, int(i * step + step))] for i in range(count)
    )
    return Sound(array("h", (sum(span) // len(span) for span in spans)), rate)


def joined(sounds: Iterable[Sound]) -> Sound:
    """All one after the other, at the rate RATE."""
    samples = array("h")
    for sound in sounds:
        samples.extend(resampled(sound, RATE).samples)
    return Sound(samples)


def silence(seconds: float) -> Sound:
    """Nothing to hear."""
    return Sound(array("h", bytes(2 * round(seconds * RATE))))


def scaled(samples: "array[int]", gain: float) -> "array[int]":
    """Louder or quieter; `gain` times the samples must stay within 16 bits."""
    return array("h", [int(sample * gain) for sample in samples])


def _largest(samples: "array[int]") -> int:
    return max(max(samples, default=0), -min(samples, default=0))


def _decibels(level: float) -> float:
    return 20 * math.log10(level / FULL_SCALE) if level else -math.inf
