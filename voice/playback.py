"""The player: sounds one after the other, louder or quieter, and silent at once when told.

A block is 20 ms and is written only when the card has room for it, so the player never waits
inside the card's own code: it waits for the next touch instead, and drops what the card has
waiting.  That keeps the stop under 50 ms, and a card that has died in the middle cannot hang us.
"""

import threading
import time
from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from voice.errors import OutputFailed
from voice.sound import Sound, resampled, scaled

BLOCK = 0.020  # seconds
LOOK = 0.005  # seconds between two looks for room
STALLED = 2.0  # seconds without room: the card has died


class Stream(Protocol):
    """An open way to somebody's ears: 16-bit mono."""

    @property
    def rate(self) -> int:
        """Samples a second."""

    @property
    def latency(self) -> float:
        """Seconds from a written sample to the ear."""

    @property
    def room(self) -> int:
        """How many samples can be written without waiting.  Raises OutputFailed."""

    def write(self, samples: "array[int]") -> None:
        """Hand over a block for which there is room.  Raises OutputFailed."""

    def abort(self) -> None:
        """Drop what is waiting: silence now."""

    def close(self) -> None:
        """Give the card back.  What is waiting may be lost."""


class Output(Protocol):
    """Where sound goes."""

    @property
    def silent(self) -> bool:
        """Whether nobody is meant to hear it."""

    def probe(self) -> None:
        """Look for the card again.  Raises NoSoundCard."""

    def open(self) -> Stream:
        """Take the card for one phrase.  Raises NoSoundCard, OutputFailed."""


class Player:
    """Plays phrases on an output; `level` may change at any time, from any thread."""

    def __init__(self, output: Output, *, level: float = 1.0) -> None:
        """`level` is 0 (silent) to 1 (as made)."""
        self.output = output
        self.level = level

    def play(
        self,
        sounds: Iterable[Sound],
        unwanted: threading.Event,
        on_step: Callable[[], None] = lambda: None,
        *,
        level: float | None = None,
    ) -> bool:
        """Play to the end (True), or until `unwanted` is set (False).

        `level` takes the place of the player's own for this phrase.
        `on_step` is called before everything that may wait, for a watchdog.  Raises NoSoundCard,
        OutputFailed.
        """
        on_step()
        stream = self.output.open()
        try:
            for block in _blocks(sounds, stream.rate):
                on_step()
                if not _room(stream, len(block), unwanted):
                    break
                loud = self.level if level is None else level
                stream.write(scaled(block, loud) if loud < 1.0 else block)
            # The card still has `latency` seconds to play; a touch may come in that time, too.
            if unwanted.wait(stream.latency):
                on_step()
                stream.abort()
                return False
            on_step()
        finally:
            stream.close()
        return True


def _room(stream: Stream, samples: int, unwanted: threading.Event) -> bool:
    """Wait for room; False when the sound is not wanted any more.  Raises OutputFailed."""
    due = time.monotonic() + STALLED
    while not unwanted.is_set():
        if stream.room >= samples:
            return True
        if time.monotonic() > due:
            raise OutputFailed(f"the sound card took nothing for {STALLED:g} s")
        unwanted.wait(LOOK)
    return False


def _blocks(sounds: Iterable[Sound], rate: int) -> Iterator["array[int]"]:
    step = round(BLOCK * rate)
    for sound in sounds:
        samples = resampled(sound, rate).samples
        for start in range(0, len(samples), step):
            yield samples[start : start + step]
