"""`python -m voice` by hand."""

import subprocess
import sys
from array import array
from pathlib import Path

import pytest

from voice import sound
from voice.synthesiser import Synthesiser

TEXT = "Số của ông bà là A007."
CAPTION = "Số của ông bà là A không không bảy.\n"


def voice(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "voice", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


@pytest.fixture(autouse=True)
def speech(synthesiser: Synthesiser) -> None:
    """Skipped where there is no synthesiser."""


def test_a_text_is_kept_in_a_file(tmp_path: Path) -> None:
    done = voice("say", TEXT, "--to", tmp_path / "number.wav")
    assert (done.returncode, done.stdout) == (0, CAPTION), done.stderr
    made = sound.read(tmp_path / "number.wav")
    assert 1.5 < made.seconds < 5
    assert made.peak == pytest.approx(-3.0, abs=0.05)


def test_a_text_is_heard(written_down: Path) -> None:
    done = voice("say", TEXT, "--volume", "0.5")
    assert (done.returncode, done.stdout) == (0, CAPTION), done.stderr
    played = array("h", written_down.read_bytes())
    assert max(played) <= 0.5 * 32_768 * 10 ** (-3 / 20)
    assert sum(map(abs, played)) > 0


def test_no_sound_card_is_said_in_one_line(no_sound_card: None) -> None:
    done = voice("say", TEXT)
    assert (done.returncode, done.stdout) == (1, CAPTION)
    assert done.stderr.startswith("speech.no_sound_card: ")
    assert done.stderr.count("\n") == 1


def test_a_volume_out_of_range_is_refused() -> None:
    done = voice("say", TEXT, "--volume", "1.5")
    assert done.returncode == 2
    assert "1.5 is not between 0 and 1" in done.stderr
