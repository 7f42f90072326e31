"""What the devices' handlers find in the application's state."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from centre.documents.feed import FeedReader
from centre.documents.key import DocumentKey
from centre.documents.shelf import DocumentShelf
from centre.identity.enrolment import Enrolling
from centre.identity.gate import Gate
from centre.secret import FILE, SecretError, read_secret
from centre.settings import Settings
from centre.store import Database

SEALING = "sealing.pub"
"""The public half of the pair to which telephone numbers are sealed: 64 hexadecimal figures."""


def identity_state(
    database: Database, settings: Settings, now: Callable[[], datetime]
) -> dict[str, object]:
    """`gate`, `enrolling`, `document_key`, `sealing_key`, `feed`, `documents`. Keys that are not
    there yet are made.

    Raises SecretError where a file is no key.
    """
    secret = read_secret(settings.folder / FILE)
    document_key = DocumentKey.read(settings.folder)
    return {
        "gate": Gate(database, now, public_url=settings.public_url),
        "enrolling": Enrolling(database, secret, document_key.public),
        "document_key": document_key,
        "sealing_key": read_sealing_key(settings.folder),
        "feed": FeedReader(database),
        "documents": DocumentShelf(database),
    }


def read_sealing_key(folder: Path) -> str:
    """What enrolled devices seal telephone numbers to; "": nobody calls back."""
    path = folder / SEALING
    if not path.exists():
        return ""
    key = path.read_text(encoding="ascii", errors="replace").strip().lower()
    if not re.fullmatch(r"[0-9a-f]{64}", key):
        raise SecretError(f"{path}: not 64 hexadecimal figures")
    return key
