"""A part of a phrase becomes a sound: a recording, or made before, or made now."""

import logging
import zlib
from pathlib import Path
from typing import NamedTuple

from voice import sound
from voice.cache import Cache
from voice.phrases import speakable
from voice.recorded import Recordings
from voice.synthesiser import Synthesiser
from voice.wire import Part

log = logging.getLogger(__name__)

SLOWLY = 0.75  # of the usual rate


class Clip(NamedTuple):
    """A sound that is ready to play, and its file (None where the disk refused it)."""

    sound: sound.Sound
    path: Path | None


class Studio:
    """Knows the three sources of a sound and their order."""

    def __init__(self, cache: Cache, recordings: Recordings, synthesiser: Synthesiser) -> None:
        """The synthesiser is used by the calling thread only."""
        self._cache = cache
        self._recordings = recordings
        self._synthesiser = synthesiser
        self._disk_refused = False

    def check(self) -> None:
        """Have the synthesiser ready.  Raises NoSynthesiser, SynthesiserFailed."""
        self._synthesiser.start()

    def clip(self, part: Part, language: str, *, slowly: bool = False) -> Clip | None:
        """The sound of a part; None when there is nothing to say.

        What is to be said slowly is made: a recording has its own pace.  Raises NoSynthesiser,
        SynthesiserFailed.
        """
        language = part.language or language
        if part.pause:
            return Clip(sound.silence(part.pause), None)
        recorded = None if slowly else self._recorded(part.key, language)
        rate = round(self._synthesiser.rate * (SLOWLY if slowly else 1))
        return recorded or self._spoken(part.text, language, rate)

    def _recorded(self, key: str, language: str) -> Clip | None:
        try:
            recording = self._recordings.path(language, key)
            if recording is None:
                return None
            stat = recording.stat()
        except OSError:  # it has just gone, or may not be seen
            return None
        kept = self._cache.path("recorded", str(recording), stat.st_mtime_ns, stat.st_size)
        if found := self._cache.find(kept):
            return Clip(found, kept)
        raw = self._recordings.read(recording)
        return self._keep(kept, raw) if raw else None

    def _spoken(self, text: str, language: str, rate: int) -> Clip | None:
        words = speakable(text, language)
        if not any(map(str.isalnum, words)):
            return None
        if rate == self._synthesiser.rate and (clip := self._joined(words, language)):
            return clip
        kept = self._cache.path("made", words, self._synthesiser.voice(language), rate)
        if found := self._cache.find(kept):
            return Clip(found, kept)
        return self._keep(kept, self._synthesiser.make(words, language, rate))

    def _joined(self, words: str, language: str) -> Clip | None:
        """A caption out of a person's clips: quickly joined, and newly read at any time."""
        joined = self._recordings.joined(language, words)
        if joined is None:
            return None
        kept = self._cache.path("joined", words, language, zlib.crc32(joined.samples))
        return self._keep(kept, joined)

    def _keep(self, path: Path, raw: sound.Sound) -> Clip:
        """Prepare a sound and keep it; a full disk costs the next time, not this one."""
        made = sound.prepared(raw)
        try:
            self._cache.keep(path, made)
        except OSError as error:
            if not self._disk_refused:
                log.warning("sounds cannot be kept: %s", error)
            self._disk_refused = True
            return Clip(made, None)
        if self._disk_refused:
            log.info("sounds can be kept again")
        self._disk_refused = False
        return Clip(made, path)
