"""WAVs for ears: what espeak-ng says, and what nobody says."""

import shutil
import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest

RATE = 16_000


def says(text: str, voice: str, path: Path) -> Path:
    """A sentence by espeak-ng's own command, which is no part of ours."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("no espeak-ng here")
    subprocess.run(["espeak-ng", "-v", voice, "-s", "130", "-w", str(path), text], check=True)
    return path


def writes(path: Path, samples: np.ndarray, rate: int = RATE, channels: int = 1) -> Path:
    """Samples from -1 to 1 as a 16-bit WAV."""
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(channels)
        wav.setsampwidth(2)
        wav.setframerate(rate)
        frames = np.repeat((np.clip(samples, -1, 1) * 32_767).astype("<i2"), channels)
        wav.writeframes(frames.tobytes())
    return path


def silence(path: Path, seconds: float = 2.0) -> Path:
    return writes(path, np.zeros(round(seconds * RATE)))


def hall_noise(seconds: float, seed: int = 1) -> np.ndarray:
    """What a hall sounds like when nobody speaks near: noise that falls off upwards, and a hum."""
    dice = np.random.default_rng(seed)
    brown = np.cumsum(dice.normal(size=round(seconds * RATE)))
    brown -= np.convolve(brown, np.ones(800) / 800, mode="same")
    hum = np.sin(2 * np.pi * 50 * np.arange(len(brown)) / RATE)
    return (0.05 * brown / np.abs(brown).max() * 3 + 0.01 * hum).astype(np.float32)
