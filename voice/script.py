"""What somebody reads aloud so that the kiosk calls numbers in that voice, and how clips join.

A caption ("Số của ông bà là A không không bảy") is cut into the longest clips of which it is made;
one word that was not recorded, and the synthesiser says all of it: half a voice would startle.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_WORD = re.compile(r"\w+")
MOST_CLIPS = 32  # of one caption


@lru_cache(maxsize=8)
def read_script(path: Path) -> Mapping[str, str]:
    """The clips of a script: what is read, by the key of its recording; empty without a file.

    Raises ValueError where the file is no TOML of tables of texts.
    """
    if not path.is_file():
        return {}
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    clips = {key: text for table in tables.values() for key, text in table.items()}
    if not all(isinstance(text, str) and plain(text) for text in clips.values()):
        raise ValueError(f"{path}: a clip has no words")
    return clips


def plain(text: str) -> tuple[str, ...]:
    """The words of a text as clips are compared by: small letters, no punctuation."""
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).lower()))


def clips_of(caption: str, recorded: Mapping[tuple[str, ...], str]) -> tuple[str, ...]:
    """The keys of the clips that make up a caption; none where they do not make all of it.

    `recorded` are the keys by the words that were read.
    """
    words = plain(caption)
    keys: list[str] = []
    longest = max(map(len, recorded), default=0)
    at = 0
    while at < len(words):
        lengths = range(min(longest, len(words) - at), 0, -1)
        fits = next((n for n in lengths if words[at : at + n] in recorded), 0)
        if not fits or len(keys) == MOST_CLIPS:
            return ()
        keys.append(recorded[words[at : at + fits]])
        at += fits
    return tuple(keys)
