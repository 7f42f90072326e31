"""The picture of a sound, against what its published definition gives."""

import numpy as np
import pytest

from voice.recognizers.hearable import RATE
from voice.recognizers.log_mel import BANDS, COLUMNS_PER_SECOND, _triangles, log_mel


def test_a_hundred_columns_a_second_of_eighty_bands() -> None:
    assert log_mel(np.zeros(100, np.float32), 7.0).shape == (BANDS, 7 * COLUMNS_PER_SECOND)


def test_silence_is_dark_and_even() -> None:
    picture = log_mel(np.zeros(RATE, np.float32), 1.0)
    assert picture.min() == picture.max() == pytest.approx((-10 + 4) / 4)


@pytest.mark.parametrize(("hertz", "band"), [(200, 4), (1_000, 25), (4_000, 62)])
def test_a_tone_lights_its_band(hertz: float, band: int) -> None:
    tone = np.sin(2 * np.pi * hertz * np.arange(RATE) / RATE).astype(np.float32)
    picture = log_mel(tone, 1.0)
    assert abs(int(picture[:, 50].argmax()) - band) <= 1
    assert picture.max() - picture.min() <= 2.0 + 1e-6  # eight decades of ten, divided by four


def test_the_triangles_are_those_of_the_published_filters() -> None:
    """Figures of openai/whisper's mel_filters.npz, 80 bands: its first rows and their weight."""
    triangles = _triangles()
    assert triangles.shape == (80, 201)
    assert triangles[0, 1] == pytest.approx(0.02486259, abs=1e-5)
    assert triangles[1, 1] == pytest.approx(0.00199082, abs=1e-5)
    assert triangles[1, 2] == pytest.approx(0.02287177, abs=1e-5)
