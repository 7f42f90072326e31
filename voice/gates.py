"""Lets only readings through that somebody may have said. Pure.

Whisper writes something for any sound: "Hãy subscribe cho kênh …" over noise, "hẳn hẳn hẳn" over a
hum. Before any of it is understood it passes these gates:

    unspoken    the engine itself thinks that nobody spoke, and is sure neither of its words nor of
                the letters that it read off the sounds
    pace        more letters than a mouth can say in that time
    loop        the same words over and over
    block list  what such models say over noise, from the subtitles that they were trained on
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Final, Literal

from voice.recognizers.recognizer import Hypothesis, Transcript

Gate = Literal["unspoken", "pace", "loop", "block_list", "empty"]

UNSPOKEN: Final = 0.6  # probability of silence from which the words must be sure
SURE: Final = -0.7  # mean log probability of a token
CLEAR: Final = -0.085  # the same of bare letters: babble reached -0.09 in 30 pieces, while of 90
# spoken questions nineteen in twenty were above
CLEAR_FROM: Final = 8  # letters
MOST_LETTERS_PER_SECOND: Final = 32.0  # fast speech has 20
PACE_FROM: Final = 12  # letters: a short word in a short sound tells nothing
LOOP_TIMES: Final = 3  # times that a run may follow itself
LOOP_LONGEST: Final = 6  # words of such a run
LEAST_VARIETY: Final = 0.34  # different words among all, in a text of MANY words
MANY: Final = 9

BLOCKED: Final = (
    "subscribe", "đăng ký kênh", "đăng kí kênh", "theo dõi kênh", "cho kênh", "kênh của chúng tôi",
    "kênh của mình", "không bỏ lỡ những video", "video hấp dẫn", "ghiền mì gõ", "la la school",
    "cảm ơn các bạn đã theo dõi", "cảm ơn các bạn đã xem", "hẹn gặp lại các bạn", "phụ đề",
    "các bạn nhớ like", "like và share", "chúc các bạn xem", "amara.org", "thanks for watching",
    "thank you for watching", "hãy like", "xin chào các bạn đến với",
)  # fmt: skip
"""Phrases that nobody asks a ward with; lower case, NFC."""

_WORD = re.compile(r"[^\W_]+")


def stopped_by(reading: Hypothesis, transcript: Transcript) -> Gate | None:
    """The gate that a reading of this transcript does not pass; None lets it through."""
    text = unicodedata.normalize("NFC", reading.text).casefold()
    words = _WORD.findall(text)
    letters = sum(map(len, words))
    if not words:
        return "empty"
    if any(phrase in text for phrase in BLOCKED):
        return "block_list"
    if is_loop(words):
        return "loop"
    if letters > max(PACE_FROM, MOST_LETTERS_PER_SECOND * transcript.seconds):
        return "pace"
    if transcript.no_speech > UNSPOKEN and reading.score < SURE and not _is_clear(transcript):
        return "unspoken"
    return None


def _is_clear(transcript: Transcript) -> bool:
    """Whether the letters that were read off the sounds are sure ones."""
    return any(
        one.bare and one.score >= CLEAR and len(one.text) >= CLEAR_FROM
        for one in transcript.hypotheses
    )


def gated(transcript: Transcript) -> Transcript:
    """The transcript with the readings alone that pass; none may be left.

    Bare letters say something of any noise: they do not pass alone.
    """
    passing = tuple(
        one for one in transcript.hypotheses if one.bare or stopped_by(one, transcript) is None
    )
    said = any(not one.bare for one in passing)
    return replace(transcript, hypotheses=passing if said else ())


def is_loop(words: list[str]) -> bool:
    """Whether a run of words follows itself over and over, or few words make up a long text."""
    for length in range(1, LOOP_LONGEST + 1):
        echoes = 0  # words in a row that are those of `length` words before
        for word, before in zip(words[length:], words, strict=False):
            echoes = echoes + 1 if word == before else 0
            if echoes >= length * LOOP_TIMES:
                return True
    return len(words) >= MANY and len(set(words)) < LEAST_VARIETY * len(words)
