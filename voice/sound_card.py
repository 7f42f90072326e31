"""Sound cards as PortAudio lists them, for hearing and for speaking.

PortAudio lists the cards once, when it starts; a look after a failure starts it anew, so that a
card plugged in later is found.  It is imported late: a machine without PortAudio is a machine
without a sound card.
"""

from collections.abc import Sequence
from types import ModuleType
from typing import Literal

from voice.errors import NoMicrophone, NoSoundCard


class Card:
    """One side of a card by name, or of the machine's own choice (None)."""

    def __init__(
        self,
        side: Literal["input", "output"],
        name: str | None,
        formats: Sequence[tuple[int, int]],
        missing: type[NoMicrophone | NoSoundCard],
    ) -> None:
        """`formats` are (rate, channels), the best first; a card that takes none is `missing`.

        A name is a part of what PortAudio calls the card, such as "USB Audio".
        """
        self.name = name
        self.failed = False  # set it when the card fails: the next look starts PortAudio anew
        self.format = formats[0]
        self._side = side
        self._formats = formats
        self._missing = missing
        self._portaudio: ModuleType | None = None

    def probe(self) -> ModuleType:
        """Look for the card again and learn what it takes.  Raises `missing`."""
        portaudio = self._restarted()
        check = getattr(portaudio, f"check_{self._side}_settings")
        problem = f"no card has 16-bit {self._side}"
        for rate, channels in self._formats:
            try:
                check(device=self.name, channels=channels, dtype="int16", samplerate=rate)
            except (portaudio.PortAudioError, ValueError) as error:
                problem = str(error)
            else:
                self.format = rate, channels
                self._portaudio = portaudio
                return portaudio
        self.failed = True
        raise self._missing(problem)

    def found(self) -> ModuleType:
        """PortAudio, with the card in it; looked for again after a failure.  Raises `missing`."""
        return self.probe() if self._portaudio is None or self.failed else self._portaudio

    def _restarted(self) -> ModuleType:
        try:
            import sounddevice  # noqa: PLC0415 - see the top
        except (ImportError, OSError) as error:
            raise self._missing(str(error)) from error
        if self.failed:
            # The library has no public way to make PortAudio list the cards again.
            sounddevice._terminate()  # noqa: SLF001
            sounddevice._initialize()  # noqa: SLF001
            self.failed = False
        module: ModuleType = sounddevice
        return module
