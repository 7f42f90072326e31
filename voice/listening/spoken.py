"""The part of a recording in which somebody speaks.

Silence around a sentence costs Whisper words: ten recorded sentences were read with 33 of 105
words wrong as they were, and with 29 wrong after this.
"""

from voice.listening.detector import FRAME, FRAME_BYTES, SpeechDetector
from voice.recognizers.hearable import RATE, Samples, to_pcm

SURE = 0.5  # probability from which a frame is speech
MARGIN = round(0.2 * RATE)  # samples kept on each side
FEWEST = 3  # frames: a tenth of a second; a click is no word


def spoken(samples: Samples, detector: SpeechDetector) -> Samples:
    """Cut what comes before the first word and after the last; empty where nobody speaks."""
    pcm = to_pcm(samples)
    detector.reset()
    starts = range(0, len(pcm) - FRAME_BYTES + 1, FRAME_BYTES)
    speech = [at // 2 for at in starts if detector.probability(pcm[at : at + FRAME_BYTES]) >= SURE]
    if len(speech) < FEWEST:
        return samples[:0]
    return samples[max(0, speech[0] - MARGIN) : speech[-1] + FRAME + MARGIN]
