"""What is said in a talk and is no question: yes, slower, enough.  And figures said one by one.

Only a whole utterance counts: "thôi" ends, "thôi việc thì làm gì" asks. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, Literal

from kiosk.guide.folding import fold

Remark = Literal["", "yes", "slower", "stop"]

_REMARKS: Final[Mapping[Remark, frozenset[str]]] = {
    "yes": frozenset({
        "co", "co a", "vang", "vang a", "u", "da", "da vang", "da co", "duoc", "duoc a", "dong y",
        "duoc roi", "lay di", "lay so di", "lay giup toi", "lay so giup toi", "vang lay giup toi",
        "co lay so", "ok", "yes", "yes please",
    }),
    "slower": frozenset({
        "cham lai", "noi cham lai", "noi cham thoi", "cham thoi", "cham chut", "noi cham hon",
        "doc cham lai", "noi cham lai di", "slower", "slowly", "more slowly", "slow down",
    }),
    "stop": frozenset({
        "thoi", "thoi di", "dung", "dung lai", "im di", "thoi khong can", "khong can nua",
        "du roi", "thoi du roi", "stop", "enough", "stop it",
    }),
}  # fmt: skip

_FIGURES: Final[Mapping[str, str]] = {
    "không": "0", "một": "1", "mốt": "1", "hai": "2", "ba": "3", "bốn": "4", "tư": "4", "năm": "5",
    "lăm": "5", "sáu": "6", "bảy": "7", "bẩy": "7", "tám": "8", "chín": "9", "chấm": ".",
}  # fmt: skip
_LETTERS: Final[Mapping[str, str]] = {
    "a": "A", "bê": "B", "b": "B", "xê": "C", "c": "C", "dê": "D", "d": "D", "đê": "Đ", "e": "E",
    "giê": "G", "g": "G", "hát": "H", "h": "H",
}  # fmt: skip
_FIGURE: Final = rf"(?:{'|'.join(map(re.escape, _FIGURES))})"
_LETTER: Final = rf"(?:{'|'.join(_LETTERS)})"
# Three figures or more are a number; with the letter of a series before them, two are enough.
_NUMBER: Final = re.compile(
    rf"\b(?:(?P<letter>{_LETTER}) )?(?P<figures>{_FIGURE}(?: {_FIGURE})+)\b", re.IGNORECASE
)


def remark_of(text: str) -> Remark:
    """What kind of remark an utterance is, "" for none."""
    folded = fold(text)
    return next((kind for kind, said in _REMARKS.items() if folded in said), "")


def written(text: str) -> str:
    """Figures said one by one as they are written: "số a không một hai" -> "số A012"."""
    return _NUMBER.sub(_number, unicodedata.normalize("NFC", text))


def _number(match: re.Match[str]) -> str:
    letter = match["letter"] or ""
    figures = "".join(_FIGURES[word] for word in match["figures"].lower().split())
    if len(figures) < (2 if letter else 3) or not figures.strip("."):
        return match[0]
    return _LETTERS.get(letter.lower(), "") + figures
