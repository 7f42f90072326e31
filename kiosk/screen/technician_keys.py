"""What a key of the technician's keyboard does to the text before it. Pure.

It has capitals and signs, for names and ports, beside what keystrokes.press knows. Telex works on
capitals too: its marks keep each letter in its place.
"""

from __future__ import annotations

from kiosk.screen import keystrokes

SIGNS = frozenset(".,:;-_/@[]{}\"'=()+&?!#%*")
LONGEST = 400


def press(text: str, key: str, *, shift: bool = False, telex: bool = False) -> str:
    """The text after a key; one that the keyboard does not know changes nothing."""
    if key in SIGNS or (len(key) == 1 and key.isdecimal()):
        return (text + key)[:LONGEST]
    letter = key.lower() if len(key) == 1 else key
    after = keystrokes.press(text.lower(), letter, telex=telex, longest=LONGEST)
    return _with_case(after, text, shift=shift)


def _with_case(after: str, before: str, *, shift: bool) -> str:
    """Capitals stay where they were; a new letter is one with shift."""
    letters = [
        letter.upper() if (before[at].isupper() if at < len(before) else shift) else letter
        for at, letter in enumerate(after)
    ]
    return "".join(letters)
