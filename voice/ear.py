"""An ear: a recording goes in, what was said comes out.  Used live and for files alike."""

from voice.gates import gated
from voice.listening.detector import SpeechDetector
from voice.listening.spoken import spoken
from voice.recognizers.hearable import RATE, Samples
from voice.recognizers.recognizer import Recognizer, Transcript, seconds_of
from voice.wire import Language

LONGEST_PIECE = 25 * RATE  # samples that are read in one go
MOMENT = RATE // 5  # samples: a pause between two words


class Ear:
    """A detector of speech before a recogniser, so that silence and noise are never read."""

    def __init__(self, detector: SpeechDetector, recognizer: Recognizer) -> None:
        """Both are used by the calling thread alone."""
        self.detector = detector
        self.recognizer = recognizer

    def hear(self, samples: Samples, language: Language = "vi") -> Transcript:
        """Up to 30 s of speech as text; no reading where nobody speaks, and none that nobody said.

        Raises RecognizerFailed.
        """
        speech = spoken(samples, self.detector)
        if not len(speech):
            return Transcript((), seconds_of(samples), no_speech=1.0)
        return gated(self.recognizer.hear(speech, language))

    def text(self, samples: Samples, language: Language = "vi") -> str:
        """All that is said in a recording of any length, piece by piece.

        Raises RecognizerFailed.
        """
        pieces = (self.hear(piece, language).text for piece in pieces_of(samples))
        return " ".join(filter(None, pieces))


def pieces_of(samples: Samples) -> list[Samples]:
    """A long recording cut at the quietest spots, into pieces that a recogniser can take whole."""
    pieces = []
    while len(samples) > LONGEST_PIECE:
        cut = _quietest(samples)
        pieces.append(samples[:cut])
        samples = samples[cut:]
    return [*pieces, samples]


def _quietest(samples: Samples) -> int:
    """Where to cut in the second half of the longest piece: the middle of its quietest moment."""
    window = samples[LONGEST_PIECE // 2 : LONGEST_PIECE]
    moments = window[: len(window) // MOMENT * MOMENT].reshape(-1, MOMENT)
    quietest = int((moments**2).mean(axis=1).argmin())
    return LONGEST_PIECE // 2 + quietest * MOMENT + MOMENT // 2
