"""Real espeak-ng in a real child; sound cards are plugins of ALSA, chosen by its configuration."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from voice.errors import NoSynthesiser
from voice.synthesiser import Synthesiser


@pytest.fixture
def synthesiser() -> Iterator[Synthesiser]:
    made = Synthesiser(rate=140)
    try:
        made.start()
    except NoSynthesiser as error:
        pytest.skip(f"no speech here: {error}")
    yield made
    made.close()


@pytest.fixture
def no_sound_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process and its children see a machine without a sound card."""
    configuration = tmp_path / "no_card.conf"
    configuration.write_text("pcm.absent { type hw card 31 }\n")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(configuration))


@pytest.fixture
def written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A card that takes everything at once, and the file of what it played."""
    played = tmp_path / "played.raw"
    configuration = tmp_path / "card.conf"
    configuration.write_text(
        f'pcm.!default {{ type file format raw slave.pcm {{ type null }} file "{played}" }}\n'
    )
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(configuration))
    question = "import sounddevice; sounddevice.check_output_settings(channels=1, dtype='int16')"
    answer = subprocess.run([sys.executable, "-c", question], capture_output=True, check=False)
    if answer.returncode:
        pytest.skip(f"PortAudio or ALSA's plugins are missing: {answer.stderr.decode()[-200:]}")
    return played
