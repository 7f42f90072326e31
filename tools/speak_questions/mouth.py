"""espeak-ng says a text: the hardest speaker there is for a recogniser, and always at hand."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from random import Random
from typing import Final

from voice.recognizers import hearable
from voice.recognizers.hearable import Samples

VOICES: Final = ("vi", "vi-vn-x-central", "vi-vn-x-south")
SPEEDS: Final = (120, 170)  # words a minute
PITCHES: Final = (25, 75)  # of 0 to 99
WITHIN: Final = 30.0  # seconds
HEAD: Final = 44  # bytes before the samples; in a pipe their number in it is wrong
RATE: Final = 22_050  # samples a second that espeak-ng makes


@dataclass(frozen=True, slots=True)
class Manner:
    """How something is said."""

    voice: str = "vi"
    speed: int = 140
    pitch: int = 50

    def __str__(self) -> str:
        return f"{self.voice} {self.speed} {self.pitch}"


def drawn(chance: Random) -> Manner:
    """One of the three voices at a speed and a pitch of its own."""
    return Manner(chance.choice(VOICES), chance.randint(*SPEEDS), chance.randint(*PITCHES))


def spoken(text: str, manner: Manner) -> Samples:
    """The sound at 16 kHz. Raises OSError without espeak-ng, CalledProcessError,
    TimeoutExpired."""
    command = ["espeak-ng", "-v", manner.voice, "-s", str(manner.speed), "-p", str(manner.pitch)]
    done = subprocess.run(
        [*command, "--stdin", "--stdout"],
        input=text.encode(), capture_output=True, check=True, timeout=WITHIN,
    )  # fmt: skip
    return hearable.resampled(hearable.from_pcm(done.stdout[HEAD:]), RATE)
