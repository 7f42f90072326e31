"""The picture of a sound that Whisper reads: the logarithm of 80 mel bands, 100 columns a second.

Published with the model: openai/whisper, whisper/audio.py (MIT).  Windows of 25 ms every 10 ms,
Hann; the power in 80 triangular bands, evenly spaced on Slaney's mel scale (a straight line up to
1 kHz, logarithmic above) and of equal area; log10, no lower than 8 below the loudest, then
(x + 4) / 4.
"""

import functools

import numpy as np
import numpy.typing as npt

from voice.recognizers.hearable import RATE, Samples

BANDS = 80
WINDOW = 400  # samples
HOP = 160  # samples
COLUMNS_PER_SECOND = RATE // HOP

KNEE = 1_000.0  # Hz, where Slaney's scale turns from straight to logarithmic
KNEE_MEL = 15.0
HZ_PER_MEL = KNEE / KNEE_MEL
LOG_STEP = np.log(6.4) / 27.0

Picture = npt.NDArray[np.float32]


def log_mel(samples: Samples, seconds: float) -> Picture:
    """The picture, BANDS high, of the sound filled up with silence (or cut) to `seconds`."""
    length = round(seconds * RATE)
    sound = np.zeros(length, np.float32)
    sound[: min(length, len(samples))] = samples[:length]
    padded = np.pad(sound, WINDOW // 2, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    windows = windows[: length // HOP]  # the published definition leaves the last one out
    power = np.abs(np.fft.rfft(windows * _hann())) ** 2
    bands = np.log10(np.maximum(_triangles() @ power.T.astype(np.float32), 1e-10))
    bands = np.maximum(bands, bands.max() - 8.0)
    return np.ascontiguousarray((bands + 4.0) / 4.0, np.float32)


@functools.cache
def _hann() -> Samples:
    return (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)).astype(np.float32)


@functools.cache
def _triangles() -> Picture:
    """One row a band: how much of each frequency belongs to it."""
    frequencies = np.fft.rfftfreq(WINDOW, 1 / RATE)
    highest = KNEE_MEL + np.log(RATE / 2 / KNEE) / LOG_STEP
    edges = _hertz(np.linspace(0.0, highest, BANDS + 2))
    lower, centre, upper = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    rising = (frequencies - lower) / (centre - lower)
    falling = (upper - frequencies) / (upper - centre)
    area = 2.0 / (upper - lower)
    return (np.maximum(0.0, np.minimum(rising, falling)) * area).astype(np.float32)


def _hertz(mels: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    above = KNEE * np.exp(LOG_STEP * (mels - KNEE_MEL))
    return np.where(mels < KNEE_MEL, HZ_PER_MEL * mels, above)
