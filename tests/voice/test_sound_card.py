"""The real way through PortAudio and ALSA, whose `file` plugin writes down what is played."""

import subprocess
import sys
from array import array
from pathlib import Path

import pytest

from voice.errors import NoSoundCard
from voice.output import Silence, SoundCard, output_named

PLAY = """
import sys, threading
from array import array
from voice.output import SoundCard
from voice.playback import Player
from voice.sound import Sound

card = SoundCard()
card.probe()
unwanted = threading.Event()
if sys.argv[1] == "cut off":
    threading.Timer(0.2, unwanted.set).start()
sounds = [Sound(array("h", [level] * 11_025)) for level in (1_000, 2_000)]
print(Player(card, level=0.5).play(sounds, unwanted))
"""


def run(code: str, *arguments: str) -> str:
    """Run in a child: PortAudio reads ALSA's configuration once in a process."""
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_portaudio_plays_all_in_order(written_down: Path) -> None:
    assert run(PLAY, "whole") == "True\n"
    played = array("h", written_down.read_bytes())
    heard = [sample for sample in played if sample]
    assert heard == [500] * 11_025 + [1_000] * 11_025


def test_without_a_card_that_is_known_within_2_s(no_sound_card: None) -> None:
    code = """
import time
from voice.errors import NoSoundCard
from voice.output import SoundCard
card = SoundCard()
for attempt in range(3):
    started = time.monotonic()
    try:
        card.probe()
    except NoSoundCard as error:
        print(error.code, time.monotonic() - started < 2.0)
"""
    assert run(code) == "speech.no_sound_card True\n" * 3


def test_a_card_plugged_in_later_is_found(no_sound_card: None, tmp_path: Path) -> None:
    plugged = tmp_path / "plugged.conf"
    plugged.write_text("pcm.!default { type null }\n")
    code = """
import os, sys
from voice.errors import NoSoundCard
from voice.output import SoundCard
card = SoundCard()
try:
    card.probe()
except NoSoundCard:
    os.environ["ALSA_CONFIG_PATH"] = sys.argv[1]
    card.probe()
    print("found")
"""
    assert run(code, str(plugged)) == "found\n"


def test_a_card_by_a_name_that_is_not_there(written_down: Path) -> None:
    del written_down
    code = "from voice.output import SoundCard; SoundCard('Klarinette').probe()"
    with pytest.raises(AssertionError, match=r"NoSoundCard.*Klarinette"):
        run(code)


def test_a_machine_without_portaudio_has_no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(NoSoundCard):
        SoundCard().open()


def test_settings_name_the_outputs() -> None:
    assert isinstance(output_named("auto"), SoundCard)
    assert isinstance(output_named("USB Audio"), SoundCard)
    assert output_named("none").silent
    with pytest.raises(NoSoundCard):
        Silence().open()
