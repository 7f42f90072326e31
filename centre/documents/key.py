"""The key that signs documents: made at the first start, in the data folder, readable by us alone.

Several machines that share one database share this file: a device believes the one public key that
it was told when it was enrolled, and no other.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from centre.secret import read_secret
from centre.wire.documents import signed_words

FILE = "document.key"


class DocumentKey:
    """Ed25519; the file holds its 32 bytes."""

    def __init__(self, private: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private)
        self.public = self._key.public_key().public_bytes_raw().hex()
        """In hexadecimal, as devices are told it."""

    @classmethod
    def read(cls, folder: Path) -> DocumentKey:
        """From the data folder; drawn where there is none. Raises SecretError."""
        return cls(read_secret(folder / FILE))

    def sign(
        self, name: str, audience: str, version: int, sha256: str, *, removed: bool = False
    ) -> bytes:
        """The signature over `signed_words`."""
        return self._key.sign(signed_words(name, audience, version, sha256, removed=removed))
