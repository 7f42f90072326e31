"""The sounds made so far: a folder of WAVs, bounded, the longest unused go first.

A file appears whole (written aside, then renamed) and is checked when it is read: a damaged one
counts as missing, and is replaced when the caller has made the sound anew.
"""

import contextlib
import hashlib
import logging
import os
import tempfile
from pathlib import Path

from voice import sound
from voice.errors import BadSound

log = logging.getLogger(__name__)

VERSION = 1  # a change in how sounds are made or prepared: the old files are never found again
MOST_FILES = 500
MOST_BYTES = 64_000_000


class Cache:
    """WAVs by name.  One process writes; several may read."""

    def __init__(
        self, folder: Path, *, most_files: int = MOST_FILES, most_bytes: int = MOST_BYTES
    ) -> None:
        """The folder is made when the first sound is kept."""
        self.folder = folder
        self._most_files = most_files
        self._most_bytes = most_bytes

    def path(self, *identity: object) -> Path:
        """The file for the sound that these facts determine: text, voice, rate ..."""
        facts = repr((VERSION, *identity)).encode()
        return self.folder / f"{hashlib.sha256(facts).hexdigest()[:32]}.wav"

    def find(self, path: Path) -> sound.Sound | None:
        """The sound kept there; None when there is none or it is damaged."""
        try:
            if not path.exists():
                return None
            found = sound.read(path)
        except BadSound as error:
            log.warning("a damaged sound is made anew: %s", error)
            return None
        except OSError:  # the folder cannot be looked into; whoever keeps a sound there will tell
            return None
        with contextlib.suppress(OSError):  # used just now: the last to go
            os.utime(path)
        return found

    def keep(self, path: Path, made: sound.Sound) -> None:
        """Keep a sound, and let the longest unused go if there are too many.  Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".new", delete=False) as aside:
            try:
                sound.write(made, aside)
                aside.close()
                Path(aside.name).replace(path)
            except OSError:
                Path(aside.name).unlink(missing_ok=True)
                raise
        self._prune()

    def _prune(self) -> None:
        """Remove the longest unused, and what a crash left half written."""
        files = [(entry.stat(), Path(entry)) for entry in os.scandir(self.folder)]
        files.sort(key=lambda file: file[0].st_mtime, reverse=True)
        total = 0
        for place, (stat, path) in enumerate(files, start=1):
            total += stat.st_size
            if place > self._most_files or total > self._most_bytes or path.suffix == ".new":
                path.unlink(missing_ok=True)
