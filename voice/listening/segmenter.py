"""Where an utterance begins and where it ends.  Pure: probabilities of speech in, an end out.

waiting ──FEWEST frames of speech──▶ speaking ──SILENCE──▶ "silence"
   └── PATIENCE ──▶ "nobody_spoke"      └── LONGEST ──▶ "longest"
"""

from typing import Literal

FRAME = 0.032  # seconds
SURE = 0.5  # a frame begins speech from this probability on
UNSURE = 0.35  # and ends it below this one: a soft syllable is no pause
FEWEST = 3  # frames that make speech; a click is none

SILENCE = 0.7  # seconds after the last word
LONGEST = 10.0  # seconds of one utterance
PATIENCE = 6.0  # seconds in which somebody must begin

End = Literal["silence", "longest", "nobody_spoke"]


class Segmenter:
    """Hears one utterance, frame by frame."""

    def __init__(self) -> None:
        """Nobody has spoken yet."""
        self.speech = False  # whether the last frame was speech
        self.began: int | None = None  # the frame with which speech began
        self.last = 0  # the last frame of speech
        self._frames = 0
        self._run = 0

    def hear(self, probability: float) -> End | None:
        """Take the next frame; tells when, and why, the utterance is over."""
        self._frames += 1
        self.speech = probability >= (UNSURE if self.speech else SURE)
        self._run = self._run + 1 if self.speech else 0
        if self.began is None and self._run == FEWEST:
            self.began = self._frames - FEWEST
        if self.speech and self.began is not None:
            self.last = self._frames - 1
        return self._end()

    def _end(self) -> End | None:
        if self.began is None:
            return "nobody_spoke" if self._frames * FRAME >= PATIENCE else None
        if (self._frames - self.began) * FRAME >= LONGEST:
            return "longest"
        if (self._frames - 1 - self.last) * FRAME >= SILENCE:
            return "silence"
        return None
