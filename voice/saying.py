"""A text as a sound, once and by hand; the kiosk itself speaks through the voice process."""

import tempfile
from array import array
from pathlib import Path

from voice import sound
from voice.cache import Cache
from voice.recorded import Recordings
from voice.studio import Studio
from voice.synthesiser import Synthesiser
from voice.wire import Part


def made(
    text: str, language: str, *, rate: int, recorded: Path | None = None
) -> sound.Sound | None:
    """The sound of a text as the kiosk would say it; None when there is nothing to say.

    Raises NoSynthesiser, SynthesiserFailed.
    """
    synthesiser = Synthesiser(rate=rate)
    with tempfile.TemporaryDirectory() as folder:
        recordings = Recordings(recorded or Path(folder))
        try:
            clip = Studio(Cache(Path(folder)), recordings, synthesiser).clip(Part(text), language)
        finally:
            synthesiser.close()
    return clip.sound if clip else None


def save(text: str, language: str, out: Path, *, rate: int) -> None:
    """Write that sound to a WAV; silence for nothing to say.  Raises as `made`, OSError."""
    spoken = made(text, language, rate=rate)
    with out.open("wb") as file:
        sound.write(spoken or sound.Sound(array("h")), file)
