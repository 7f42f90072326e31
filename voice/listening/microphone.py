"""Microphones: a sound card through PortAudio, or a WAV file in its place.

A frame is FRAME_BYTES of 16-bit samples, 16 kHz, one channel, every 32 ms.
"""

import queue
import time
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import numpy as np

from voice.errors import BadSound, MicrophoneFailed, NoMicrophone
from voice.listening.detector import FRAME_BYTES, FRAME_SECONDS
from voice.recognizers import hearable
from voice.recognizers.hearable import RATE, Samples, from_pcm, resampled, to_pcm
from voice.sound_card import Card

FILE = "file:"
FORMATS = [(rate, channels) for rate in (RATE, 48_000, 44_100) for channels in (1, 2)]
STALLED = 1.0  # seconds without a frame: the microphone has gone
MOST_WAITING = 64  # blocks, two seconds: a reader that sleeps loses the oldest


class Stream(Protocol):
    """An open microphone."""

    def read(self) -> bytes:
        """The next frame; waits for it, at most STALLED.  Raises MicrophoneFailed."""

    def pressed(self) -> None:
        """Somebody has pressed and speaks now: a file begins here, a card need not know."""

    def close(self) -> None:
        """Let go of the microphone."""


class Microphone(Protocol):
    """What is heard with."""

    def probe(self) -> None:
        """Look for it again.  Raises NoMicrophone."""

    def open(self) -> Stream:
        """Begin to hear.  Raises NoMicrophone, MicrophoneFailed."""


def microphone_named(name: str) -> Microphone:
    """The microphone for a setting: "auto", "none", "file:PATH.wav", or a card's name."""
    if name == "none":
        return NoneWanted()
    if name.startswith(FILE):
        return WavMicrophone(Path(name.removeprefix(FILE)))
    return CardMicrophone(None if name == "auto" else name)


class NoneWanted:
    """No microphone is wanted here."""

    def probe(self) -> None:
        """There is none.  Raises NoMicrophone."""
        raise NoMicrophone("no microphone is wanted")

    def open(self) -> Stream:
        """There is none.  Raises NoMicrophone."""
        raise NoMicrophone("no microphone is wanted")


class WavMicrophone:
    """A file that is heard as if somebody spoke it at each press; silence before and after."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def probe(self) -> None:
        """See Microphone."""
        self._frames()

    def open(self) -> Stream:
        """See Microphone."""
        return WavStream(self._frames())

    def _frames(self) -> list[bytes]:
        try:
            pcm = to_pcm(hearable.read(self._path))
        except BadSound as error:
            raise NoMicrophone(str(error)) from error
        pcm += bytes(-len(pcm) % FRAME_BYTES)
        return [pcm[at : at + FRAME_BYTES] for at in range(0, len(pcm), FRAME_BYTES)]


class WavStream:
    """Frames of a file, in the time they would take."""

    def __init__(self, frames: list[bytes]) -> None:
        self._frames = frames
        self._next = len(frames)
        self._due = time.monotonic()

    def read(self) -> bytes:
        """See Stream."""
        now = time.monotonic()
        self._due = max(self._due + FRAME_SECONDS, now)
        time.sleep(self._due - now)
        self._next += 1
        return (
            self._frames[self._next - 1] if self._next <= len(self._frames) else bytes(FRAME_BYTES)
        )

    def pressed(self) -> None:
        """See Stream."""
        self._next = 0

    def close(self) -> None:
        """See Stream."""


class CardMicrophone:
    """The microphone of a sound card by name, or the machine's own choice (None)."""

    def __init__(self, name: str | None = None) -> None:
        """`name` as voice.sound_card has it."""
        self._card = Card("input", name, FORMATS, NoMicrophone)

    def probe(self) -> None:
        """See Microphone."""
        self._card.probe()

    def open(self) -> Stream:
        """See Microphone."""
        portaudio = self._card.found()
        try:
            return CardStream(portaudio, self._card.name, *self._card.format)
        except MicrophoneFailed:
            self._card.failed = True
            raise


class CardStream:
    """An open microphone: PortAudio's own thread hands over blocks, `read` takes frames."""

    def __init__(self, portaudio: ModuleType, name: str | None, rate: int, channels: int) -> None:
        """Open and start the stream.  Raises MicrophoneFailed."""
        self._blocks: queue.Queue[bytes] = queue.Queue(MOST_WAITING)
        self._channels = channels
        self._converted = Converted(rate)
        self._waiting = b""
        try:
            self._stream: Any = portaudio.RawInputStream(
                device=name,
                samplerate=rate,
                channels=channels,
                dtype="int16",
                blocksize=self._converted.block,
                callback=self._take,
            )
            self._stream.start()
        except (portaudio.PortAudioError, ValueError) as error:
            raise MicrophoneFailed(str(error)) from error

    def _take(self, data: Any, frames: int, times: Any, status: Any) -> None:
        del frames, times, status
        if self._blocks.full():
            self._blocks.get_nowait()
        self._blocks.put_nowait(bytes(data))

    def read(self) -> bytes:
        """See Stream."""
        while len(self._waiting) < FRAME_BYTES:
            try:
                block = self._blocks.get(timeout=STALLED)
            except queue.Empty:
                raise MicrophoneFailed(f"no sound for {STALLED:g} s") from None
            mono = from_pcm(block).reshape(-1, self._channels).mean(axis=1, dtype=np.float32)
            self._waiting += to_pcm(self._converted(mono))
        frame, self._waiting = self._waiting[:FRAME_BYTES], self._waiting[FRAME_BYTES:]
        return frame

    def pressed(self) -> None:
        """See Stream."""

    def close(self) -> None:
        """See Stream."""
        self._stream.close(ignore_errors=True)


class Converted:
    """Sound of a card's rate, block after block, at RATE; 10 ms late, so that no joint is heard."""

    EDGE = 0.010  # seconds on each side that only steady the filter

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._edge = round(rate * self.EDGE)
        self._tail: Samples = np.zeros(2 * self._edge, np.float32)
        self.block = 3 * self._edge  # samples of the card in one block: 30 ms

    def __call__(self, block: Samples) -> Samples:
        """The next block of `block` samples."""
        if self._rate == RATE:
            return block
        sound = np.concatenate((self._tail, block))
        self._tail = sound[-2 * self._edge :]
        edge = round(RATE * self.EDGE)
        return resampled(sound, self._rate)[edge:-edge]
