"""What people say to the kiosk, as data: assets/sentences/<language>/<intent>.toml.

    intent = "facility"                    one of kiosk.guide.intents.INTENTS
    [[ask]]
    slots = { place = "toilet" }           what the sentences below also say
    say = ["(nhà vệ sinh|toilet) ở (đâu|chỗ nào) [ạ]"]

Round brackets hold alternatives, square brackets what may be left out. In place of `say` there may
be `about`: topics, each put into some of the frames "around" of openings.toml. The intents learn
from the sentences (kiosk.guide.intent_training), and each of them is a test.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

NO_SENTENCES = frozenset({"aspects.toml", "openings.toml"})  # words, not whole sentences
TOPIC_FRAMES = 4  # sentences made of each topic, besides the topic alone

_GROUP = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")
_BLANKS = re.compile(r"\s+")


class SentencesBad(ValueError):
    """A file of sentences is not as drawn above; the words name it. `code` is stable."""

    code = "sentences"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One way to say an intent. `template` is the line of the file that it comes from."""

    text: str
    intent: str
    slots: Mapping[str, str] = field(default_factory=dict)
    template: str = ""


def expanded(template: str) -> tuple[str, ...]:
    """Every sentence that a template stands for, in order. Raises SentencesBad."""
    found = _GROUP.search(template)
    if found is None:
        if set("()[]") & set(template):
            raise SentencesBad(f"brackets do not match: {template!r}")
        return (_BLANKS.sub(" ", template).strip(),)
    choices = found[1].split("|") if found[1] is not None else [*found[2].split("|"), ""]
    whole = [
        sentence
        for choice in choices
        for sentence in expanded(template[: found.start()] + choice + template[found.end() :])
    ]
    return tuple(dict.fromkeys(whole))


def read_sentences(folder: Path) -> tuple[Sentence, ...]:
    """All sentences below `folder`, in NFC. Raises SentencesBad, OSError."""
    return tuple(
        sentence
        for path in sorted(folder.glob("**/*.toml"))
        if path.name not in NO_SENTENCES
        for sentence in _of_file(path)
    )


def _of_file(path: Path) -> Iterator[Sentence]:
    try:
        table = tomllib.loads(unicodedata.normalize("NFC", path.read_text(encoding="utf-8")))
        frames = read_openings(path.parent).around
        for ask in table["ask"]:
            slots = ask.get("slots", {})
            for template in ask.get("say", ()):
                for text in expanded(template):
                    yield Sentence(text, table["intent"], slots, template)
            for topic in ask.get("about", ()):
                for text in framed(topic, frames, TOPIC_FRAMES):
                    yield Sentence(text, table["intent"], slots, topic)
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        raise SentencesBad(f"{path.name}: {error}") from error


def framed(name: str, frames: Sequence[str], count: int) -> list[str]:
    """A name alone and in `count` of the frames, chosen by hash: always the same."""
    start = zlib.crc32(name.encode())
    chosen = [frames[(start + step) % len(frames)] for step in range(count)]
    return list(dict.fromkeys([name, *(frame.format(name) for frame in chosen)]))


@dataclass(frozen=True, slots=True)
class Openings:
    """Polite words that may come before any question, and frames {} around a procedure's name."""

    before: tuple[str, ...]
    around: tuple[str, ...]


def read_openings(folder: Path) -> Openings:
    """Those of one language's folder. Raises OSError, TOMLDecodeError, KeyError."""
    table = tomllib.loads((folder / "openings.toml").read_text(encoding="utf-8"))
    return Openings(tuple(table["before"]), tuple(table["around"]))


def read_heard(folder: Path) -> tuple[str, ...]:
    """What a recogniser made of questions about procedures (heard.txt). Raises OSError."""
    lines = (folder / "heard.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
