"""Telephone numbers of Viet Nam, as citizens write them.

Mobile: 0 and nine digits, the first of them 3, 5, 7, 8 or 9 (Circular 22/2014/TT-BTTTT and the
change-over of 2018). Fixed: 02 and nine digits, area code and subscriber together.
"""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"[\s.\-()]")
_ABROAD = re.compile(r"^(?:\+|00)84(?=[1-9])")
_NUMBER = re.compile(r"^0(?:[35789]\d{8}|2\d{9})$", re.ASCII)
_SAME = re.compile(r"^(\d)\1*$")
LONGEST = 20
"""Characters of a number with its blanks."""


def phone_number(text: str) -> str:
    """The number as it is dialled within the country ("0912345678"), or "" where it is none."""
    if len(text) > LONGEST:
        return ""
    digits = _ABROAD.sub("0", _PUNCTUATION.sub("", text))
    if _NUMBER.match(digits) is None or _SAME.match(digits[2:]):
        return ""
    return digits


def grouped(digits: str) -> str:
    """Digits as they are read aloud and checked: "0912 345 678"; also while they are typed."""
    return " ".join(part for part in (digits[:4], digits[4:7], digits[7:]) if part)
