"""A Piper voice where its file is configured; espeak-ng for all else, and where Piper fails.

Piper (https://github.com/OHF-Voice/piper1-gpl) is GPL: it is a program of the site's own, started
for each new phrase, its text on standard input. Phrases are cached, so each is made once.
"""

import logging
import subprocess
import tempfile
from pathlib import Path

from voice import sound
from voice.errors import BadSound, SynthesiserFailed
from voice.phrases import pronounceable
from voice.synthesiser import Synthesiser

log = logging.getLogger(__name__)

MAKE_WITHIN = 20.0  # seconds for one text, its model read anew
USUAL_RATE = 140  # words a minute that its voices speak by themselves, about


class PiperSynthesiser(Synthesiser):
    """Vietnamese by Piper, all else by espeak-ng; one that fails costs quality, not words."""

    def __init__(self, *, rate: int, model: Path, program: str = "piper") -> None:
        """`model` is the voice's .onnx file; its .json lies beside it."""
        super().__init__(rate=rate)
        self._model = model
        self._program = program
        self._failed = False

    def voice(self, language: str) -> str:
        """See Synthesiser."""
        return f"piper:{self._model.name}" if language == "vi" else super().voice(language)

    def make(self, text: str, language: str, rate: int | None = None) -> sound.Sound:
        """See Synthesiser."""
        if language == "vi":
            try:
                made = self._spoken(pronounceable(text, language), rate or self.rate)
            except SynthesiserFailed as error:
                if not self._failed:
                    log.warning("piper cannot speak, espeak-ng does instead: %s", error)
                self._failed = True
            else:
                self._failed = False
                return made
        return super().make(text, language, rate)

    def _spoken(self, text: str, rate: int) -> sound.Sound:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "made.wav")
            command = [self._program, "--model", str(self._model), "--output_file", str(path)]
            command += ["--length_scale", f"{USUAL_RATE / rate:.2f}"]
            try:
                subprocess.run(
                    command,
                    input=f"{' '.join(text.split())}\n".encode(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    timeout=MAKE_WITHIN,
                    check=True,
                )
                return sound.read(path)
            except (OSError, subprocess.SubprocessError, BadSound) as error:
                raise SynthesiserFailed(str(error)) from error
