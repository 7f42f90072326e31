"""Make chime.wav, the two gentle notes before a number is spoken: `python make_chime.py`.

E5 and then C5, a third down: a call for attention that does not startle.  Each note is a struck
bell: a few overtones that fade faster than the fundamental.  Mono, 16 bits, 22,050 Hz, 0.95 s.
"""

import math
import wave
from array import array
from pathlib import Path

RATE = 22_050
SECONDS = 0.95
NOTES = [(0.0, 659.26), (0.27, 523.25)]  # start in seconds, Hz
OVERTONES = [(1, 1.0), (2, 0.28), (3, 0.09), (4.2, 0.04)]  # multiple of the note, strength
ATTACK = 0.006  # seconds; a softer beginning than a click
FADE = 4.5  # e-folds a second of the fundamental
RELEASE = 0.12  # seconds at the end that lead to silence
PEAK = 10 ** (-3 / 20)  # as all sounds of the kiosk


def level(time: float) -> float:
    """The sum of both notes at a time in seconds, at no particular scale."""
    return sum(bell(time - start, pitch) for start, pitch in NOTES if time >= start)


def bell(age: float, pitch: float) -> float:
    """One note, `age` seconds after it was struck."""
    tones = (
        strength * math.exp(-FADE * multiple * age) * math.sin(math.tau * pitch * multiple * age)
        for multiple, strength in OVERTONES
    )
    return min(1.0, age / ATTACK) * sum(tones)


def main() -> None:
    """Write chime.wav beside this file."""
    times = [index / RATE for index in range(round(SECONDS * RATE))]
    levels = [level(time) * min(1.0, (SECONDS - time) / RELEASE) for time in times]
    scale = 32_767 * PEAK / max(map(abs, levels))
    with wave.open(str(Path(__file__).with_name("chime.wav")), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(RATE)
        wav.writeframes(array("h", [round(value * scale) for value in levels]).tobytes())


if __name__ == "__main__":
    main()
