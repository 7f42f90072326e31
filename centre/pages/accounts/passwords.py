"""Passwords: long, not guessed at once, kept as argon2 hashes alone (kiosk.pins makes them)."""

from __future__ import annotations

import secrets
import unicodedata

SHORTEST = 12
LONGEST = 128
FEW_LETTERS = 5
_COMMON = ("password", "matkhau", "letan", "qwerty", "hanoi", "123456", "abcdef", "admin")
_WORDS = (
    "ban", "cay", "den", "gio", "hoa", "kem", "lua", "may", "nui", "ong", "pho", "que", "rong",
    "sen", "tre", "voi", "xuan", "yen",
)  # fmt: skip


def tidied(password: str) -> str:
    """One text for what is typed with different keyboards; never cut."""
    return unicodedata.normalize("NFC", password)


def weakness(password: str, name: str) -> str:
    """Why it may not be chosen, as the end of a text's key: short, long, plain, name; "" for none.

    No rule asks for signs or figures: length keeps a password, and people remember words.
    """
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    folded = password.casefold()
    rest = folded
    for common in _COMMON:
        rest = rest.replace(common, "")
    if len(set(folded)) < FEW_LETTERS or len(rest) < SHORTEST // 2:
        return "plain"
    if name.casefold() in folded:
        return "name"
    return ""


def first_password() -> str:
    """One to be shown once and changed by its owner: five words and four figures, 34 bits."""
    words = [secrets.choice(_WORDS) for _ in range(5)]
    return "-".join([*words, f"{secrets.randbelow(10_000):04}"])
