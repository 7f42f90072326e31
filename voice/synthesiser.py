"""Text -> sound, through the child program `synthesiser_child`."""

import contextlib
import json
import logging
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from voice import sound
from voice.errors import BadSound, NoSynthesiser, SynthesiserFailed
from voice.phrases import pronounceable

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "voice.synthesiser_child")
VOICES = {"vi": "vi", "en": "en"}  # language -> voice of espeak-ng; vi is the northern one
START_WITHIN = 8.0  # seconds; Python and the library from a cold disk
MAKE_WITHIN = 2.0  # a sentence takes 12 ms
END_WITHIN = 0.5


class Synthesiser:
    """Makes sounds of texts; a child that died or hangs is replaced.  For one thread only."""

    def __init__(self, *, rate: int, command: Sequence[str] = COMMAND) -> None:
        """`rate` is in words a minute; `command` replaces the child program, for tests."""
        self.rate = rate
        self._command = list(command)
        self._child: subprocess.Popen[bytes] | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="voice-")

    @property
    def child_id(self) -> int | None:
        """The child's process id while there is one."""
        return self._child.pid if self._child else None

    def start(self) -> None:
        """Start the child if it is not alive.  Raises NoSynthesiser, SynthesiserFailed."""
        if self._child and self._child.poll() is None:
            return
        self._drop()
        try:
            self._child = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
            )
        except OSError as error:
            raise NoSynthesiser(str(error)) from error
        greeting = self._answer(START_WITHIN)
        if "error" in greeting:
            self._drop()
            raise NoSynthesiser(str(greeting["error"]))

    def voice(self, language: str) -> str:
        """The name of the voice that speaks a language: another voice, another sound."""
        return VOICES[language]

    def make(self, text: str, language: str, rate: int | None = None) -> sound.Sound:
        """The sound of a speakable text, as the library made it, at `rate` or the usual one.

        One failure is mended with a new child.  Raises NoSynthesiser, SynthesiserFailed.
        """
        try:
            return self._make(text, language, rate or self.rate)
        except SynthesiserFailed as error:
            log.warning("the synthesiser is started again: %s", error)
            self._drop()
            return self._make(text, language, rate or self.rate)

    def close(self) -> None:
        """End the child and remove the scratch folder."""
        self._drop()
        self._folder.cleanup()

    def _make(self, text: str, language: str, rate: int) -> sound.Sound:
        self.start()
        path = Path(self._folder.name, "made.wav")
        path.unlink(missing_ok=True)
        request = {
            "text": pronounceable(text, language),
            "voice": VOICES[language],
            "rate": rate,
            "path": str(path),
        }
        reply = self._ask(request)
        if "error" in reply:
            raise SynthesiserFailed(str(reply["error"]))
        try:
            return sound.read(path)
        except BadSound as error:
            raise SynthesiserFailed(f"no sound was made: {error}") from error

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._child is not None
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(json.dumps(request).encode() + b"\n")
        except OSError as error:
            raise SynthesiserFailed(f"it has ended: {error}") from error
        return self._answer(MAKE_WITHIN)

    def _answer(self, within: float) -> dict[str, Any]:
        assert self._child is not None
        assert self._child.stdout is not None
        pipe, line = self._child.stdout.fileno(), b""
        due = time.monotonic() + within
        while not line.endswith(b"\n"):
            readable, _, _ = select.select([pipe], [], [], max(0.0, due - time.monotonic()))
            if not readable:
                raise SynthesiserFailed(f"no answer within {within:g} s")
            more = os.read(pipe, 4096)
            if not more:
                raise SynthesiserFailed("it has ended")
            line += more
        try:
            reply = json.loads(line)
        except ValueError as error:
            raise SynthesiserFailed(f"no answer but {line[:80]!r}") from error
        if not isinstance(reply, dict):
            raise SynthesiserFailed(f"no answer but {line[:80]!r}")
        return reply

    def _drop(self) -> None:
        """End the child, politely and then not, and reap it."""
        child, self._child = self._child, None
        if child is None:
            return
        with child, contextlib.suppress(BrokenPipeError):
            assert child.stdin is not None
            child.stdin.close()
            try:
                child.wait(END_WITHIN)
            except subprocess.TimeoutExpired:
                child.kill()
