"""What a hall does to a voice: other people, noise, an echo, a distance. NumPy alone.

All chance comes from the `random.Random` that is handed in: the same seed, the same sound.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

import numpy as np

from voice.recognizers.hearable import RATE, Samples

QUIETEST_SNR: Final = 10.0  # dB that the voice stands above what is around it
LOUDEST_SNR: Final = 25.0
BEFORE, AFTER = 0.3, 0.2  # seconds of the hall around the words
ECHO: Final = (0.15, 0.5)  # seconds until it has fallen by 60 dB
LEVEL: Final = (0.2, 0.95)  # of full scale: near and far from the microphone


def framed(voice: Samples) -> Samples:
    """With silence around it, as a microphone opened in time hears it."""
    return np.pad(voice, (round(BEFORE * RATE), round(AFTER * RATE)))


def distorted(voice: Samples, others: Sequence[Samples], chance: Random) -> tuple[Samples, str]:
    """One drawn hall, and what it is called; nearly half of them are quiet."""
    names, drawn = [], chance.random()
    if 0.45 <= drawn < 0.6 or drawn > 0.9:
        voice = echoing(voice, chance)
        names.append("room")
    if drawn >= 0.6:
        snr = chance.uniform(QUIETEST_SNR, LOUDEST_SNR)
        crowded = drawn < 0.8 and len(others) > 0
        noise = babble(others, len(voice), chance) if crowded else hall(len(voice), chance)
        voice = mixed(voice, noise, snr)
        names.append(f"{'babble' if crowded else 'hall'} {snr:.0f} dB")
    loudest = max(float(np.abs(voice).max(initial=0.0)), 1e-3)
    return (voice / loudest * chance.uniform(*LEVEL)).astype(np.float32), ", ".join(names)


def mixed(voice: Samples, noise: Samples, snr: float) -> Samples:
    """The voice, `snr` dB above the noise."""
    power = float((voice**2).mean()) / max(float((noise**2).mean()), 1e-12)
    return (voice + noise * (power / 10 ** (snr / 10)) ** 0.5).astype(np.float32)


def babble(others: Sequence[Samples], length: int, chance: Random) -> Samples:
    """Three to six people talking at once, somewhere in their sentences."""
    sound = np.zeros(length, np.float32)
    for _ in range(chance.randint(3, 6)):
        one = chance.choice(others)
        sound += np.resize(np.roll(one, chance.randrange(len(one))), length) * chance.uniform(
            0.5, 1
        )
    return sound


def hall(length: int, chance: Random) -> Samples:
    """Noise of fans, shoes and doors: loud below, quiet above."""
    source = np.random.default_rng(chance.randrange(1 << 30))
    spectrum = np.fft.rfft(source.standard_normal(length))
    bend = chance.uniform(200, 2_000)  # Hz above which it falls
    spectrum /= 1 + np.fft.rfftfreq(length, 1 / RATE) / bend
    return np.fft.irfft(spectrum, length).astype(np.float32)


def echoing(voice: Samples, chance: Random) -> Samples:
    """In a room with bare walls."""
    source = np.random.default_rng(chance.randrange(1 << 30))
    count = round(chance.uniform(*ECHO) * RATE)
    walls = source.standard_normal(count) * 10 ** (-3 * np.arange(count) / count)
    walls *= chance.uniform(0.02, 0.08)
    walls[0] = 1.0
    size = len(voice) + count
    both = np.fft.rfft(voice, size) * np.fft.rfft(walls, size)
    return np.fft.irfft(both, size)[: len(voice)].astype(np.float32)
