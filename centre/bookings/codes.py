"""Booking codes: opaque, typed without doubt, accepted by every kiosk and scanner of the house."""

from __future__ import annotations

import secrets

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is taken for another: I L O 0 1
LENGTH = 8  # 31^8: a code of a week is met by chance once in a thousand million tries
PREFIX = "LTB1."


def draw_code() -> str:
    """A new code, in the form in which kiosks keep it."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """For eyes: "ABCD-EFGH". A kiosk passes over the dash."""
    return f"{code[:4]}-{code[4:]}"


def scanned(code: str) -> str:
    """What a QR code of it says, so that any scanner knows it for one of ours."""
    return PREFIX + code.lower()
