"""How a device becomes known, and changes its key."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from centre.wire.root import Shape, StrictShape

Key = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another: I O 0 1
CODE_LENGTH = 8


class EnrolmentRequest(StrictShape, frozen=True, kw_only=True):
    """A technician's code and the key that the device made, Ed25519 raw in hexadecimal."""

    code: Annotated[str, Meta(pattern=r"^[A-Z0-9]{8}$")]
    public_key: Key
    name: Annotated[str, Meta(min_length=1, max_length=60)]
    version: Annotated[str, Meta(max_length=40)]


class Enrolment(Shape, frozen=True, kw_only=True):
    """The device's name at the centre, its site, the key that signs documents, and the key to
    which telephone numbers are sealed ("" where nobody calls back)."""

    device: str
    site: str
    document_key: str
    sealing_key: str = ""


class KeyChange(StrictShape, frozen=True, kw_only=True):
    """The device's next key, and that key's signature over `change_words` (hexadecimal)."""

    public_key: Key
    proof: Annotated[str, Meta(pattern=r"^[0-9a-f]{128}$")]


def change_words(device: str, public_key: str) -> bytes:
    """What the new key signs, so that nobody enrols a key that is not theirs."""
    return f"letan-key-1\n{device}\n{public_key}".encode()
