"""The code of a dossier that was handed in, as its receipt says it. Pure.

H26.123-260901-0012          office, day (YYMMDD), number of that day
000.00.12.H26-260901-0012    the older form, the office written from the smallest part
"""

from __future__ import annotations

import re

OFFICE = r"(?:[A-Z]\d{2}(?:\.\d{1,3}){0,4}|(?:\d{2,3}\.){1,4}[A-Z]\d{2})"
PATTERN = rf"{OFFICE}-\d{{6}}-\d{{3,6}}"
MAX_LENGTH = 40
_WHOLE = re.compile(PATTERN, re.ASCII)
_WITHIN = re.compile(rf"(?<![\w.]){PATTERN}(?!\w)", re.ASCII | re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[-\u2010-\u2015_]\s*|\s+")


def dossier_code(text: str) -> str:
    """A code as typed or scanned, in the one form in which it is looked up; "" if it is none.

    Small letters do not matter, nor whether blanks or dashes stand between its parts.
    """
    if len(text) > 2 * MAX_LENGTH:
        return ""
    plain = _BETWEEN.sub("-", re.sub(r"\s*\.\s*", ".", text.strip())).upper()
    return plain if _WHOLE.fullmatch(plain) else ""


def dossier_code_in(text: str) -> str:
    """The first code within a sentence, or ""."""
    found = _WITHIN.search(text)
    return found[0].upper() if found else ""
