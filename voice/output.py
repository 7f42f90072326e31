"""Outputs: a real sound card through PortAudio, or none at all."""

from array import array
from types import ModuleType
from typing import Any

from voice.errors import NoSoundCard, OutputFailed
from voice.playback import Output, Stream
from voice.sound import RATE
from voice.sound_card import Card

LATENCY = 0.1  # seconds that the card has waiting; a busy machine stays without gaps
# What a card may want: ours first, then what bare hardware takes.
FORMATS = [(rate, channels) for channels in (1, 2) for rate in (RATE, 44_100, 48_000)]


def output_named(name: str) -> Output:
    """The output for a setting: "auto" (the machine's own choice), "none", or a card's name."""
    return Silence() if name == "none" else SoundCard(None if name == "auto" else name)


class Silence:
    """No output is wanted: phrases are made, nobody hears them."""

    silent = True

    def probe(self) -> None:
        """There is nothing to look for."""

    def open(self) -> Stream:
        """Never called: what is silent is not played.  Raises NoSoundCard."""
        raise NoSoundCard("no output is wanted")


class SoundCard:
    """A sound card by name, or the machine's default (None)."""

    silent = False

    def __init__(self, name: str | None = None) -> None:
        """`name` as voice.sound_card has it."""
        self._card = Card("output", name, FORMATS, NoSoundCard)

    def probe(self) -> None:
        """Look for the card again.  Raises NoSoundCard."""
        self._card.probe()

    def open(self) -> Stream:
        """Take the card for one phrase.  Raises NoSoundCard, OutputFailed."""
        portaudio = self._card.found()
        try:
            return CardStream(portaudio, self._card.name, *self._card.format)
        except OutputFailed:
            self._card.failed = True
            raise


class CardStream:
    """One phrase on a sound card."""

    def __init__(self, portaudio: ModuleType, name: str | None, rate: int, channels: int) -> None:
        """Open and start the stream.  Raises OutputFailed."""
        self.rate = rate
        self._channels = channels
        self._error: type[Exception] = portaudio.PortAudioError
        try:
            self._stream: Any = portaudio.RawOutputStream(
                device=name, samplerate=rate, channels=channels, dtype="int16", latency=LATENCY
            )
            self._stream.start()
        except (self._error, ValueError) as error:
            raise OutputFailed(str(error)) from error

    @property
    def latency(self) -> float:
        """Seconds from a written sample to the ear, as the card tells it."""
        return float(self._stream.latency)

    @property
    def room(self) -> int:
        """How many samples can be written without waiting.  Raises OutputFailed."""
        try:
            return int(self._stream.write_available)
        except self._error as error:
            raise OutputFailed(str(error)) from error

    def write(self, samples: "array[int]") -> None:
        """Hand over a block for which there is room.  Raises OutputFailed."""
        if self._channels == 2:
            samples = array("h", [sample for sample in samples for _ in range(2)])
        try:
            self._stream.write(samples.tobytes())
        except self._error as error:
            raise OutputFailed(str(error)) from error

    def abort(self) -> None:
        """Silence now; errors of a card that has gone do not matter any more."""
        self._stream.abort(ignore_errors=True)

    def close(self) -> None:
        """Give the card back."""
        self._stream.close(ignore_errors=True)
