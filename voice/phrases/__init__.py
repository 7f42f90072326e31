"""How people read aloud what a kiosk writes.  Pure: standard library only.

`speakable` makes the caption: "A007, 15 phút" -> "A không không bảy, mười lăm phút".
`pronounceable` is the last step before a synthesiser, which needs letters spelled as syllables:
"B không không bảy" -> "bê không không bảy".  Citizens never see its result.
"""

from voice.phrases.letters import pronounceable
from voice.phrases.reading import (
    LANGUAGES,
    cardinal,
    clock,
    counter,
    date,
    digits,
    minutes,
    money,
    ticket,
)
from voice.phrases.sentence import speakable

__all__ = [
    "LANGUAGES",
    "cardinal",
    "clock",
    "counter",
    "date",
    "digits",
    "minutes",
    "money",
    "pronounceable",
    "speakable",
    "ticket",
]
