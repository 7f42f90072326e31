"""Recordings of people that replace the synthesiser, phrase by phrase.

recorded/vi/welcome.wav    said for Part(key="welcome") in Vietnamese
recorded/../chime.wav      a sound that belongs to no language lies beside the folder
recorded/../script.vi.toml what a person reads so that numbers can be joined from clips
"""

import logging
from pathlib import Path

from voice import sound
from voice.errors import BadSound
from voice.script import clips_of, plain, read_script

log = logging.getLogger(__name__)


class Recordings:
    """The folder of recordings; it may be missing, and files may come and go at any time."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds one folder a language."""
        self._folder = folder
        self._refused: set[Path] = set()

    def path(self, language: str, key: str) -> Path | None:
        """The recording for a key, or None."""
        if not key:
            return None
        places = (self._folder / language, self._folder.parent)
        return next((file for at in places if (file := at / f"{key}.wav").is_file()), None)

    def joined(self, language: str, caption: str) -> sound.Sound | None:
        """A caption made of recorded clips; None where one of them is missing or damaged."""
        try:
            script = read_script(self._folder.parent / f"script.{language}.toml")
        except (OSError, ValueError) as error:
            log.warning("the script of the recordings cannot be read: %s", error)
            return None
        there = self._folder / language
        recorded = {
            plain(text): key for key, text in script.items() if (there / f"{key}.wav").is_file()
        }
        clips = [self.read(there / f"{key}.wav") for key in clips_of(caption, recorded)]
        if not clips or None in clips:
            return None
        return sound.joined(sound.prepared(clip) for clip in clips if clip)

    def read(self, path: Path) -> sound.Sound | None:
        """The recording; None when it cannot be used, with one line in the log for each file."""
        try:
            found = sound.read(path)
        except BadSound as error:
            if path not in self._refused:
                self._refused.add(path)
                log.warning("a recording cannot be used, the synthesiser speaks instead: %s", error)
            return None
        self._refused.discard(path)
        return found
