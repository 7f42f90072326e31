"""Sealing for the centre: libsodium's sealed box (X25519, XSalsa20-Poly1305) over PyNaCl.

The centre keeps the private key; here is its public one, as 64 hexadecimal figures in a file of
its own. Each seal uses a key of the moment that is thrown away, so not even this computer can open
what it sealed. https://doc.libsodium.org/public-key_cryptography/sealed_boxes
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from nacl.public import PublicKey, SealedBox

from kiosk.errors import ConfigError

PADDED = 32
"""Bytes before sealing: the length tells nothing of the number."""


class CentreSealer:
    """Seals with the centre's public key; a kiosk.ports.Sealer."""

    def __init__(self, key: bytes) -> None:
        self._box = SealedBox(PublicKey(key))
        self.fingerprint = hashlib.sha256(key).hexdigest()[:16]

    def seal(self, text: str) -> str:
        """The text, padded with zeros and sealed, as base64. At most PADDED bytes of UTF-8."""
        plain = text.encode()
        if len(plain) > PADDED:
            raise ValueError(f"{len(plain)} bytes are more than {PADDED}")
        return base64.b64encode(self._box.encrypt(plain.ljust(PADDED, b"\0"))).decode()


def read_sealer(path: Path) -> CentreSealer:
    """The sealer for the public key in a file. Raises ConfigError where there is none in it."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise ConfigError(f"feedback.centre_key: {path}: {error}") from error
    if len(key) != PublicKey.SIZE or not any(key):
        raise ConfigError(f"feedback.centre_key: {path}: not {2 * PublicKey.SIZE} figures of a key")
    return CentreSealer(key)
