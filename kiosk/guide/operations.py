"""What is to be done with a paper, told apart by few words: issued again, changed, extended, ended.

"Đổi giấy xác nhận khuyết tật" and the first issue of the very same paper share all words but one.
A procedure whose official name tells the operation that a question asks for gains a little. All
words are folded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

NAMED: Final = {
    "again": r"cap lai|cap doi|doi the|dang ky lai",
    "end": r"cham dut|giai the|thu hoi|xoa|dung (?:thuc hien|hoat dong|tro giup|huong)"
    r"|thoi (?!gian|ky)\w+|huy|tam ngung|tra lai",
    "change": r"thay doi|dieu chinh|sua doi|cai chinh|cap nhat|chuyen doi|dinh chinh",
    "extend": r"gia han|keo dai",
}
"""How official names say it."""

ASKED: Final = {
    "again": r"cap lai|lam lai|xin lai|in lai|mat (?:the|giay|so|bang)|(?:bi|danh|lam|roi) mat"
    r"|that lac|rach|(?<!so )hong|nat|nhau|chay (?:mat|het)|gay|(?:phai|bi) mo",
    "end": r"cham [dr]ut|giai the|giai tan|dep|huy|xoa|thoi (?:khong|giam|lam|viec|huong|nuoi)"
    r"|dung han|dong cua|nghi (?:ban|han)|cat|tra lai giay|khong (?:lam|ban|kinh doanh|mo) nua"
    r"|thu hoi",
    "change": r"thay doi|doi (?!tuong|voi|dien|nhan|hoi)\w+|sua|dieu chinh|bo sung|dinh chinh"
    r"|(?:ghi|bi) (?:nham|sai)|cai chinh",
    "extend": r"gia han|(?:het|sap het|qua) han|keo dai|het hieu luc",
}
"""How people say it."""

_NAMED: Final = {one: re.compile(rf"\b(?:{words})\b") for one, words in NAMED.items()}
_ASKED: Final = {one: re.compile(rf"\b(?:{words})\b") for one, words in ASKED.items()}


class Operations:
    """The operations of a catalogue's official names. Built once, then only read."""

    def __init__(self, folded_names: Sequence[str]) -> None:
        self._named = {
            one: np.array([bool(words.search(name)) for name in folded_names], dtype=np.float32)
            for one, words in _NAMED.items()
        }

    def fitting(self, folded: str) -> NDArray[np.float32] | None:
        """For each procedure how many of the asked operations are its own; None if none is."""
        asked = [self._named[one] for one, words in _ASKED.items() if words.search(folded)]
        return np.sum(asked, axis=0, dtype=np.float32) if asked else None
