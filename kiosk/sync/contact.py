"""When the centre was last heard, and how wrong this computer's clock was: for who looks later.

<data>/centre/contact.json    written about once a minute; losing it harms nobody
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec

FILE = "contact.json"


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """`heard_at` by the centre's clock, ISO 8601; the wall clock here was `ahead_s` ahead of it,
    None where nobody knows."""

    heard_at: str
    ahead_s: float | None = None


def note_contact(folder: Path, contact: Contact) -> None:
    """Write it down; a disk that refuses is no reason to stop."""
    fresh = folder / f".{FILE}.growing"
    with contextlib.suppress(OSError):
        fresh.write_bytes(msgspec.json.encode(contact) + b"\n")
        fresh.replace(folder / FILE)


def last_contact(folder: Path) -> Contact | None:
    """None where there was none, or nobody can tell."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Contact)
    except (OSError, msgspec.MsgspecError):
        return None
