"""The sound of one utterance: an open microphone, the 2 s before, and the frames since."""

import math
from collections import deque

import numpy as np

from voice.listening.detector import FRAME_SECONDS, SpeechDetector
from voice.listening.microphone import Stream
from voice.listening.segmenter import End, Segmenter
from voice.recognizers.hearable import Samples, from_pcm
from voice.wire import Language

BEFORE = 2.0  # seconds remembered before somebody presses
IDLE = 120.0  # seconds that a microphone stays open without a press
LEVEL_EVERY = 3  # frames
QUIETEST = -60.0  # dBFS that shows as 0; full scale shows as 1


class Utterance:
    """From the opening of the microphone to its closing; at most LONGEST of sound in memory."""

    def __init__(self, stream: Stream, detector: SpeechDetector) -> None:
        """The microphone is open; nobody has pressed yet."""
        self.press = 0  # of the press; 0 before one
        self.language: Language = "vi"
        self._stream = stream
        self._detector = detector
        self._before: deque[bytes] = deque(maxlen=round(BEFORE / FRAME_SECONDS))
        self._frames: list[bytes] = []
        self._segmenter = Segmenter()
        self._idle = 0

    @property
    def speech(self) -> bool:
        """Whether somebody speaks now."""
        return self._segmenter.speech

    @property
    def level_is_due(self) -> bool:
        """Every LEVEL_EVERY frames."""
        return len(self._frames) % LEVEL_EVERY == 0

    @property
    def level(self) -> float:
        """How loud the last frames were, 0 to 1 on a scale of decibels."""
        samples = from_pcm(b"".join(self._frames[-LEVEL_EVERY:]))
        loudness = float(np.sqrt((samples**2).mean())) if len(samples) else 0.0
        decibels = 20 * math.log10(loudness) if loudness else -math.inf
        return round(min(1.0, max(0.0, 1 - decibels / QUIETEST)), 3)

    def begin(self, press: int, language: Language) -> None:
        """Somebody has pressed: what was begun before the press belongs to it."""
        self.press, self.language = press, language
        self._stream.pressed()
        self._begin_anew()
        for frame in self._before:
            if self._take(frame):  # what ended before the press was not meant for us
                self._begin_anew()
        self._before.clear()

    def rest(self) -> None:
        """This press came to nothing; the microphone stays open for the next one."""
        self.press = 0
        self._idle = 0
        self._begin_anew()

    def hear(self) -> End | None:
        """Wait for the next frame; tells why the utterance is over.  Raises MicrophoneFailed."""
        frame = self._stream.read()
        if self.press:
            return self._take(frame)
        self._before.append(frame)
        self._idle += 1
        return "nobody_spoke" if self._idle * FRAME_SECONDS > IDLE else None

    def sound(self) -> Samples:
        """All that was heard since the press, and the words begun before it."""
        return from_pcm(b"".join(self._frames))

    def close(self) -> None:
        """Let go of the microphone."""
        self._stream.close()

    def _take(self, frame: bytes) -> End | None:
        self._frames.append(frame)
        return self._segmenter.hear(self._detector.probability(frame))

    def _begin_anew(self) -> None:
        self._frames.clear()
        self._segmenter = Segmenter()
        self._detector.reset()
