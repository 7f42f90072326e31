"""A recording studio for one's own voice: what is still to be read, and a clip made ready to keep.

A staff member reads the script line by line; each clip is cut to its words and brought to the
level of all others (voice.sound), so that joined clips sound like one sentence.
"""

from array import array
from dataclasses import dataclass
from pathlib import Path

from voice import sound
from voice.errors import BadSound
from voice.listening.detector import SpeechDetector
from voice.listening.spoken import spoken
from voice.recognizers.hearable import RATE, Samples, to_pcm
from voice.script import read_script

QUIETEST = -40.0  # dBFS of the loudest sample; a clip below was read too far away
FULL = 0.999  # of full scale
MOST_CLIPPED = 0.001  # of the samples that may be at full scale


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the script: the key of its recording, the words, and where the clip lies."""

    key: str
    text: str
    path: Path

    @property
    def recorded(self) -> bool:
        """Whether its clip is there."""
        return self.path.is_file()


def lines(recorded: Path, language: str) -> tuple[Line, ...]:
    """The script beside the folder of recordings, line by line.  Raises ValueError, OSError."""
    script = read_script(recorded.parent / f"script.{language}.toml")
    folder = recorded / language
    return tuple(Line(key, text, folder / f"{key}.wav") for key, text in script.items())


def prepared(samples: Samples, detector: SpeechDetector) -> sound.Sound:
    """A clip cut to its words and levelled.

    Raises BadSound where nobody speaks, it was too quiet, or so loud that it is distorted.
    """
    words = spoken(samples, detector)
    if not len(words):
        raise BadSound("nobody speaks in it")
    if (abs(words) >= FULL).mean() > MOST_CLIPPED:
        raise BadSound("it is distorted: please speak less loudly, or farther away")
    clip = sound.Sound(array("h", to_pcm(words)), RATE)
    if clip.peak < QUIETEST:
        raise BadSound("it is too quiet: please come nearer")
    return sound.prepared(clip)


def keep(line: Line, clip: sound.Sound) -> None:
    """Put a clip in its place, whole or not at all.  Raises OSError."""
    line.path.parent.mkdir(parents=True, exist_ok=True)
    aside = line.path.with_suffix(".new")
    with aside.open("wb") as file:
        sound.write(clip, file)
    aside.replace(line.path)
