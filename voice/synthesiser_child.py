"""The program around pyttsx3 and espeak-ng, alone in its process; nothing else imports pyttsx3.

Why alone: libespeak-ng is GPL and may crash or hang.  How it is used: one engine, one thread;
`save_to_file`, then one `runAndWait`, each time; never `say`, which cannot be interrupted.

    first line out   {"ready": true}  or  {"error": "..."} and the end
    line in          {"text": "xin chào", "voice": "vi", "rate": 140, "path": "/.../a.wav"}
    line out         {}  the WAV is at the path   or  {"error": "..."}

The program ends when its standard input closes.
"""

import json
import os
import queue
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from voice.pipes import take_stdout

# A hang inside the library cannot notice that the pipe has closed: the alarm ends the process.
LIMIT = 20  # seconds for the start, and for one text
ATTEMPTS = 4
WAV_HEADER = 44  # bytes; a file no longer than this holds no sound
TAKE_OVER = 0.02  # seconds the library's thread needs to see new settings, which it cannot tell


def main() -> None:
    """Serve one line after the other."""
    replies = take_stdout(others=Path(os.devnull))  # pyttsx3 prints a line for each WAV

    def reply(**fields: Any) -> None:
        replies.write(json.dumps(fields).encode() + b"\n")

    signal.alarm(LIMIT)
    try:
        import pyttsx3  # noqa: PLC0415 - a missing library is an answer, not a crash

        engine = pyttsx3.init("espeak")
        from pyttsx3.drivers import _espeak  # noqa: PLC0415 - loads the library
    except (ImportError, OSError, RuntimeError) as error:
        reply(error=f"{type(error).__name__}: {error}")
        return
    voice = Voice(engine, is_playing=_espeak.IsPlaying)
    reply(ready=True)
    signal.alarm(0)
    for line in sys.stdin.buffer:
        signal.alarm(LIMIT)
        try:
            voice.make(**json.loads(line))
        except (ValueError, TypeError, OSError, RuntimeError) as error:
            reply(error=f"{type(error).__name__}: {error}")
        else:
            reply()
        signal.alarm(0)


class Voice:
    """The engine with its present voice and rate.

    `runAndWait` may return before the WAV is written, and a command given while the library's own
    thread is still at work is lost: on a loaded machine one text in fifty was missing or spoken
    at the rate before.  So every step waits until the library has finished and is at rest.
    """

    def __init__(self, engine: Any, *, is_playing: Callable[[], int]) -> None:
        """`engine` is pyttsx3's; `is_playing` tells whether the library's thread is at work."""
        self._engine = engine
        self._is_playing = is_playing
        self._settings = ("", 0)
        self._outcomes: queue.Queue[bool] = queue.Queue()
        engine.connect("finished-utterance", self._finished)
        self._write("a", os.devnull)  # only after a first text are settings taken over at once

    def make(self, *, text: str, voice: str, rate: int, path: str) -> None:
        """Write the WAV.  Raises ValueError for a voice that is missing, RuntimeError."""
        for _ in range(ATTEMPTS):
            if self._settings != (voice, rate):
                self._choose(voice, rate)
            if self._write(text, path) and Path(path).stat().st_size > WAV_HEADER:
                return
            self._settings = ("", 0)  # they may have been lost with the text
            time.sleep(TAKE_OVER)
        raise RuntimeError("the library gave up")

    def _choose(self, voice: str, rate: int) -> None:
        self._settings = ("", 0)
        self._engine.setProperty("voice", voice)
        self._engine.setProperty("rate", rate)
        time.sleep(TAKE_OVER)
        self._rest()
        used = self._engine.getProperty("voice") or ""  # "aav/vi": a wrong name changes nothing
        if used.rpartition("/")[2] != voice.lower():
            raise ValueError(f"there is no voice {voice!r}")
        self._settings = (voice, rate)

    def _write(self, text: str, path: str) -> bool:
        """Whether the text was spoken to its end and not cancelled by a late command."""
        while not self._outcomes.empty():
            self._outcomes.get()
        self._engine.save_to_file(text, path)
        self._engine.runAndWait()
        completed = self._outcomes.get()  # bounded by the alarm
        self._rest()
        return completed

    def _finished(self, name: str | None, completed: bool) -> None:
        del name
        self._outcomes.put(completed)

    def _rest(self) -> None:
        while self._is_playing():  # it has no event for this; a millisecond or two
            time.sleep(0.001)


if __name__ == "__main__":
    main()
